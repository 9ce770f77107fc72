"""A review gone through at the screen: one thing after the other, and what stands around it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kapjournal.domain.deciding import NEVER
from kapjournal.domain.members import folded
from kapjournal.domain.review import Decision, Found, Item, Question, Review, Word
from kapjournal.domain.write_up_work import Choice, Decided
from kapjournal.presentation.write_up_review import decided_in_words
from kapjournal.text import shown, shown_line

BEFORE, AFTER, BEFORE_IF_LOW = (5, 400), (12, 1600), (1, 50)
"""So many lines, and so many characters, stand before and after what was found, and before it on a low
screen."""

READING = "Looking through the write-up…"
SEALING = "Sealing it…"
CHANGED = "Something changed since it was decided: what changed is asked again."
WORDS_HEADING = "Words in no dictionary, or with a capital inside a sentence"
WORDS_WHAT = "Tick those that mean nobody, and Enter goes on. {mark} marks the one you are on as a name."
STILL_OPEN = "Not ticked yet: {many}. They are still open."
STORY = "Story check, {number} of {all}"
ANSWER_HERE = "a few words, such as “no”, or “yes, changed”"
NO_WORDS = "No word of the text points to it. Only you can answer it."
IN_ITS_PLACE = "In its place"
PLACES = "{many} places, decided together"
WOULD_BE_KNOWN = "not complete: a colleague would know them"
MAY_NOT_STAY = "It may not stay: it is a name that is known, or a day."
KEYS = (
    "{accept} accept · {change} change · {keep-finding} keep · {mark} mark more · "
    "{accept-alike} all like this · {review-before} {review-after}"
)
KEYS_OF_STORY = "Enter answers · Page Up and Page Down go back and on"
MARKED_NOT_FOUND = "“{text}” is marked, but nothing stands in its place: word the text differently."
NOT_HERE = "That is for what was found."

CHANGE_WHAT = "Which words stand in its place? They may say no name themselves."
KEEP_WHAT = "Why does it stay in the text? The reason stays with you."
MARK_WHAT = (
    "Which words of the text tell somebody too? They are taken for a name wherever they stand, for every "
    "recipient."
)


class Part(Enum):
    """What is gone through, in this order."""

    FOUND = "found"
    WORDS = "words"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at: the item or question of an id, or all words."""

    part: Part
    id: str = ""


_REVIEW = "review"


def place(record_id: str, recipient: str) -> str:
    """How a review is come back to after a lock. Of the name of the recipient nothing can be read in it."""
    key = hashlib.sha256(f"{record_id} {recipient}".encode()).hexdigest()
    return f"{_REVIEW} {record_id} {key}"


def record_at(place_of_one: str) -> str | None:
    """The id of the write-up that is reviewed there; None of any other place."""
    kind, _, rest = place_of_one.partition(" ")
    return rest.partition(" ")[0] if kind == _REVIEW else None


def steps(review: Review) -> tuple[Step, ...]:
    """Everything that is gone through."""
    words = (Step(Part.WORDS),) if review.words else ()
    found = (Step(Part.FOUND, one.id) for one in review.items)
    return (*found, *words, *(Step(Part.STORY, one.id) for one in review.questions))


def about(review: Review, step: Step) -> Item | Question | None:
    """The item or question of a step."""
    of: Sequence[Item | Question] = review.items if step.part is Part.FOUND else review.questions
    return next((one for one in of if one.id == step.id), None)


def decided(one: Item | Word | Question, said: Mapping[str, Decision]) -> Decided | None:
    """What was decided of it, with what was `said` since and is not sealed yet."""
    now = said.get(one.id)
    return Decided(now.choice, now.words) if now is not None else one.decided


def is_open(review: Review, step: Step, said: Mapping[str, Decision]) -> bool:
    """Whether a step is still to be decided."""
    if step.part is Part.WORDS:
        return any(decided(one, said) is None for one in review.words)
    one = about(review, step)
    return one is not None and decided(one, said) is None


def how_much_is_open(review: Review, said: Mapping[str, Decision]) -> str:
    """“6 findings, 2 words, 5 questions”: how much is still to be decided; empty if nothing is."""
    parts: Mapping[str, Sequence[Item | Word | Question]] = {
        "finding": review.items,
        "word": review.words,
        "question": review.questions,
    }
    many = {name: sum(decided(one, said) is None for one in every) for name, every in parts.items()}
    return ", ".join(f"{left} {name}{'s' * (left != 1)}" for name, left in many.items() if left)


def where(review: Review, step: Step | None, said: Mapping[str, Decision]) -> str:
    """“For Dr Kern · finding 17 of 23 · open: 4 findings, 5 questions”."""
    parts = [f"For {shown_line(review.recipient)}"]
    if step is not None and step.part is Part.FOUND:
        number = next(at for at, one in enumerate(review.items, 1) if one.id == step.id)
        parts.append(f"finding {number} of {len(review.items)}")
    now = (replace(one, decided=decided(one, said)) for one in review.questions)
    if left := how_much_is_open(review, said):
        parts.append(f"open: {left}")
    else:
        parts.append(WOULD_BE_KNOWN if any(one.would_know_them for one in now) else "nothing open")
    return " · ".join(parts)


def places_of(review: Review, item: Item) -> list[Found]:
    """Every place that is decided with an item, in the order of the text."""
    return sorted((one for one in review.found if one.item == item.id), key=lambda one: one.start)


def around(review: Review, item: Item, *, is_low: bool = False) -> list[tuple[str, bool]]:
    """The lines before and after what was found, as far as they help, in pieces: those that are decided with
    the item are told from the rest."""
    places = places_of(review, item)
    section = next(one.text for one in review.sections if one.id == places[0].section)
    start, end = places[0].start, places[0].end
    lines, most = BEFORE_IF_LOW if is_low else BEFORE
    before = section[max(0, start - most) : start]
    kept = "\n".join(before.split("\n")[-lines:])
    begins = "…" if start > most and kept == before else ""
    lines, most = AFTER
    after = section[end : end + most]
    ends = "…" if len(section) > end + most and after.count("\n") < lines else ""
    until = end + len("\n".join(after.split("\n")[:lines]))
    pieces, at = [(begins, False)], start - len(kept)
    for one in places:
        if one.end <= until:
            pieces += [(shown(section[at : one.start]), False), (shown(section[one.start : one.end]), True)]
            at = one.end
    return [*pieces, (shown(section[at:until]) + ends, False)]


def what_stands_there(review: Review, item: Item, said: Mapping[str, Decision]) -> list[str]:
    """What stands in the place of what was found, what was decided, in how many places, and whether it may
    stay."""
    now = decided(item, said)
    there = item.replacement
    if now is not None and now.choice is Choice.CHANGE:
        there = now.words
    if now is not None and now.choice is Choice.KEEP:
        there = item.text
    kind, many = item.kind.capitalize(), len(places_of(review, item))
    alike = f" · {PLACES.format(many=many)}" if many > 1 else ""
    lines = [f"{IN_ITS_PLACE}: {shown_line(there)}", f"{kind} · {decided_in_words(now)}{alike}"]
    return lines if item.may_stay else [*lines, MAY_NOT_STAY]


def why_not_kept(item: Item) -> str:
    """Why something never stays; empty if it may."""
    return "" if item.may_stay else f"“{shown_line(item.text)}”: {NEVER}"


def alike(review: Review, item: Item, said: Mapping[str, Decision]) -> list[Item]:
    """What is open and says the same as an item, that one among them."""
    return [
        one
        for one in review.items
        if folded(one.text) == folded(item.text)
        and one.replacement == item.replacement
        and (one.id == item.id or decided(one, said) is None)
    ]


def lines_about(review: Review, question: Question) -> Iterator[tuple[str, str]]:
    """The lines in which words stand that bear on a question, each with the first of these words."""
    for section in review.sections:
        for line in section.text.split("\n"):
            there = folded(line)
            word = next((one for one in question.words if folded(one) in there), "")
            if word:
                yield shown_line(word), shown_line(line.strip())


def not_found(review: Review, mark: str) -> str:
    """A sentence if nothing stands in the place of what was marked; else nothing."""
    wanted = " ".join(folded(mark).split())
    if any(wanted in " ".join(folded(one.text).split()) for one in review.found):
        return ""
    return MARKED_NOT_FOUND.format(text=shown_line(mark.strip()))


def still_there(review: Review, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions about what is there still."""
    known = {one.id for each in (review.items, review.words, review.questions) for one in each}
    return [one for one in decisions if one.about in known]


def after_all(review: Review, asked: Sequence[str]) -> bool:
    """Whether something that was just decided is open again or gone: it changed in between."""
    there = {one.id: one for each in (review.items, review.words, review.questions) for one in each}
    return any(one not in there or there[one].decided is None for one in asked)


def accepted_alike(many: int, text: str) -> str:
    """That what was found is accepted wherever it was."""
    times = "once" if many == 1 else f"{many} times"
    return f"Accepted {times}: “{shown_line(text)}”."
