"""Deciding in the review of a write-up: what may be said of what was found, and what may be marked."""

from collections.abc import Iterable

from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.folding import composed
from kapjournal.domain.folding import folded as letters
from kapjournal.domain.members import folded
from kapjournal.domain.review import Decision, Item, Question, Review, Section, Word
from kapjournal.domain.write_up_work import Choice, Decided
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_LINE, shown_line, storable_line

REASON_NEEDED = "What stays in the text stays with a reason. Say why."
THE_SAME = "That is what stands there. Keep it with a reason, or say other words."
ONLY_A_LINE = "Say in words what stands in its place."
NEVER = (
    "That stays in no write-up: names of them and of theirs, towns, clinics, employers, initials and real "
    "dates are replaced on every basis. Accept it, change it, or word the text differently."
)
NOT_THERE = "That does not stand in the text, so there is nothing to mark."
ANSWER_NEEDED = "Answer in a few words, or with “yes, changed”."


def decided_with(review: Review, decisions: Iterable[Decision]) -> dict[str, Decided]:
    """What these decisions say, by the keys of what they are about (`Refused`, `UsageError`, `NotFound`)."""
    made: dict[str, Decided] = {}
    for one in decisions:
        words = storable_line(one.words.strip(), "line", MAX_LINE)
        match one.choice:
            case Choice.NOBODY:
                made[_word(review, one.about).id] = Decided(Choice.NOBODY)
            case Choice.STORY:
                question = _question(review, one.about)
                if not words:
                    raise UsageError(ANSWER_NEEDED)
                made[question.key] = Decided(Choice.STORY, words)
            case Choice.ACCEPT | Choice.CHANGE | Choice.KEEP:
                item = one_by_id(review.items, one.about, "finding", lambda it: [it.id])
                made[item.id] = _checked(item, one.choice, words)
            case Choice.ASK:
                raise UsageError("That is decided by nobody.")
    return made


def _checked(item: Item, choice: Choice, words: str) -> Decided:
    if choice is Choice.KEEP and not item.may_stay:
        raise Refused(f"“{shown_line(item.text)}”: {NEVER}")
    if choice is Choice.KEEP and not words:
        raise UsageError(f"“{shown_line(item.text)}”: {REASON_NEEDED}")
    if choice is Choice.CHANGE and not words:
        raise UsageError(f"“{shown_line(item.text)}”: {ONLY_A_LINE}")
    if choice is Choice.CHANGE and _same(words, item.text):
        raise Refused(f"“{shown_line(item.text)}”: {THE_SAME if item.may_stay else NEVER}")
    return Decided(choice, "" if choice is Choice.ACCEPT else words)


def _word(review: Review, named: str) -> Word:
    """The word itself, in any case, or that of an id."""
    exact = [one for one in review.words if folded(one.word) == folded(named.strip())]
    return exact[0] if exact else one_by_id(review.words, named, "word", lambda it: [it.id])


def _same(one: str, other: str) -> bool:
    """Whether two say the same, in whatever letters and whatever stands between its words."""
    mine, theirs = (composed(letters(said)).replace(" ", "") for said in (one, other))
    return mine == theirs


def _question(review: Review, named: str) -> Question:
    for one in review.questions:
        if one.id == named.strip().lower():
            return one
    known = ", ".join(one.id for one in review.questions)
    raise UsageError(f"“{shown_line(named)}” is no question of the story check; they are {known}.")


def checked_mark(text: str, sections: Iterable[Section]) -> str:
    """What a therapist marks, as it is stored, if it stands in the text (`Refused`, `UsageError`)."""
    mark = " ".join(storable_line(text.strip(), "mark", MAX_LINE).split())
    if len(mark) < 2 or all(folded(mark) not in " ".join(folded(one.text).split()) for one in sections):
        raise Refused(f"“{shown_line(text)}”: {NOT_THERE}")
    return mark
