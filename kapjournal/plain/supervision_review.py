"""The review of a write-up line by line: what was found, the words to look at, the story check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from kapjournal.domain.deciding import NEVER
from kapjournal.domain.pulling import places_from
from kapjournal.domain.review import Decision, Item, Review, Word
from kapjournal.domain.write_up_work import Choice
from kapjournal.plain import phrasing
from kapjournal.plain.menus import pick
from kapjournal.plain.of_couple import their_journal
from kapjournal.plain.supervision_write_up import WriteUp, ask_recipient
from kapjournal.presentation import write_up_heard as heard
from kapjournal.presentation import write_up_review as saying
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_HOW = (
    "Each finding is said in its line, between « and »; after it, what would stand in its place. Each "
    "decision is kept at once. Back leaves the rest open for another time."
)


class _Way(StrEnum):
    """What can be answered to a finding."""

    ACCEPT = "accept"
    ALL = "all like it"
    CHANGE = "change"
    KEEP = "keep"
    MARK = "mark"
    BEFORE = "before"
    LATER = "later"


_ABOUT: Mapping[str, str] = {
    _Way.ACCEPT: "what was said stands in its place.",
    _Way.ALL: "the same, wherever these words stand and nothing is decided on them.",
    _Way.CHANGE: "other words stand in its place.",
    _Way.KEEP: "it stays, for a reason.",
    _Way.MARK: "other words of the text tell somebody too.",
    _Way.BEFORE: "hear the one before again, and decide anew.",
    _Way.LATER: "leave it open; Enter does the same.",
}
_WORDS = "Words that are in no dictionary, or have a capital letter inside a sentence:"
_WHICH_WORDS = (
    "Which of them mean nobody? Their numbers, such as 1 3-6; mark and a number for one that tells who it "
    "is. Enter leaves the others open:"
)


@dataclass(slots=True)
class _Reviewed:
    """A review while it goes on: `left` are the ids of what is left open this time, `heard` of what was
    said."""

    one: WriteUp
    recipient: str
    theirs: "Journal | None"
    now: Review
    left: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)

    def decide(self, decisions: Sequence[Decision] = (), marks: Sequence[str] = ()) -> None:
        """Keep what was decided or marked."""
        self.now = self.one.of.write_ups.decide(
            self.one.record_id, self.recipient, decisions, marks, self.theirs
        )

    def decide_in_words(self, choice: Choice, about: str, words: str) -> None:
        """Keep a decision that is made in words."""
        self.decide([Decision(choice, about, words)])

    def mark(self, *words: str) -> None:
        """Mark words of the text, and say of each whether it is a finding now."""
        self.decide(marks=words)
        for mark in words:
            self.one.of.console.say(f"Marked: {shown_line(mark)}.")

    def ask(self, question: str, keep: Callable[[str], None]) -> None:
        """Ask until `keep` takes the answer; Enter leaves it."""
        self.one.of.console.ask_for(
            f"{question} Enter leaves it:", lambda answer: keep(answer) if answer else None
        )


def review(one: WriteUp) -> None:
    """Ask for whom, and for a decision on everything that is open."""
    console = one.of.console
    recipient = ask_recipient(one, "Who is to read it?")
    with their_journal(one.of) as theirs:
        now = one.of.write_ups.review(one.record_id, recipient, theirs)
        console.say(saying.UNREAD.format(why=now.unread) if now.unread else "", saying.state(now))
        reviewed = _Reviewed(one, recipient, theirs, now)
        if reviewed.now.open:
            console.say(_HOW)
        _findings(reviewed)
        while _words(reviewed):
            _findings(reviewed)
        _story(reviewed)
        console.say(saying.state(reviewed.now))
        if console.yes("Hear the text as it would leave?"):
            _say_text(reviewed)


# what was found


def _findings(reviewed: _Reviewed) -> None:
    """Say one finding after the other, and take a decision on each."""
    while (item := _next(reviewed)) is not None:
        if reviewed.heard[-1:] != [item.id]:
            reviewed.heard.append(item.id)
        _one_finding(reviewed, item)


def _next(reviewed: _Reviewed) -> Item | None:
    is_to_say = (one for one in reviewed.now.items if one.decided is None and one.id not in reviewed.left)
    return next(is_to_say, None)


def _one_finding(reviewed: _Reviewed, item: Item) -> None:
    """Say a finding, and do what is answered; one that stays undecided is said again, but for `LATER`."""
    console, items = reviewed.one.of.console, reviewed.now.items
    place, same = [one.id for one in items].index(item.id) + 1, heard.alike(reviewed.now, item)
    line, *more = heard.spoken(item)
    console.say(f"{place} of {len(items)}. {line}", *more)
    fits = {
        _Way.ALL: len(same) > 1,
        _Way.KEEP: item.may_stay,
        _Way.BEFORE: len(reviewed.heard) > 1,
    }
    ways = [way for way in _Way if fits.get(way, True)]
    question = f"{', '.join(ways[:-1]).capitalize()} or {ways[-1]}:"
    known: dict[str, _Way] = {way: way for way in (*ways, _Way.KEEP)}  # of what never stays, it is said why
    match pick(console, question, {**known, "": _Way.LATER}, _ABOUT, aloud=False):
        case _Way.ACCEPT:
            reviewed.decide([Decision(Choice.ACCEPT, item.id)])
        case _Way.ALL:
            reviewed.decide([Decision(Choice.ACCEPT, one.id) for one in same])
            console.say(f"Accepted: {len(same)}.")
        case _Way.CHANGE:
            reviewed.ask(
                "What stands in its place?", partial(reviewed.decide_in_words, Choice.CHANGE, item.id)
            )
        case _Way.KEEP if not item.may_stay:
            console.say(NEVER)
        case _Way.KEEP:
            reviewed.ask("Why does it stay?", partial(reviewed.decide_in_words, Choice.KEEP, item.id))
        case _Way.MARK:
            reviewed.ask("Which words, as they stand in the text?", reviewed.mark)
        case _Way.BEFORE:
            _before(reviewed)
        case _Way.LATER:
            reviewed.left.add(item.id)


def _before(reviewed: _Reviewed) -> None:
    """Say the finding again that was said before this one, if it still is one."""
    reviewed.heard.pop()
    item = next((one for one in reviewed.now.items if one.id == reviewed.heard[-1]), None)
    if item is not None:
        reviewed.left.discard(item.id)
        _one_finding(reviewed, item)


# the words to look at


def _words(reviewed: _Reviewed) -> bool:
    """Say the words that are open, and take which of them mean nobody; whether one was marked, so that there
    is a finding more."""
    console, marked = reviewed.one.of.console, len(reviewed.now.items)
    while words := [word for word in reviewed.now.words if word.decided is None]:
        console.say(_WORDS, *(f"{at}. {_word(word)}" for at, word in enumerate(words, 1)))
        if not console.ask_for(_WHICH_WORDS, partial(_take_words, reviewed, words)):
            break
        if len(reviewed.now.items) != marked:
            return True
    return False


def _word(word: Word) -> str:
    place = saying.word_in_its_line(word, begin="", end="")
    return f"{shown_line(word.word)}. In: {place}"


def _take_words(reviewed: _Reviewed, words: Sequence[Word], answer: str) -> bool:
    """Keep what is answered; False for Enter alone."""
    begin, _, rest = answer.partition(" ")
    if begin.casefold() == _Way.MARK:
        reviewed.mark(*(words[at - 1].word for at in places_from(rest, len(words))))
    elif answer:
        places = places_from(answer, len(words))
        reviewed.decide([Decision(Choice.NOBODY, words[at - 1].id) for at in places])
    return bool(answer)


# the story check


def _story(reviewed: _Reviewed) -> None:
    """Ask what is open of the story check, and the last question again if they would be known."""
    for asked in reviewed.now.questions:
        if asked.decided is None or asked.would_know_them:
            words = f"In the text: {shown_line(', '.join(asked.words))}." if asked.words else ""
            reviewed.one.of.console.say(asked.question, words)
            reviewed.ask(
                "Your answer, in a few words?",
                partial(reviewed.decide_in_words, Choice.STORY, asked.id),
            )


def _say_text(reviewed: _Reviewed) -> None:
    console = reviewed.one.of.console
    for section in reviewed.now.replaced():
        if section.text.strip():
            console.say(f"{section.heading}:")
            console.text(phrasing.aloud(section.text))
    console.say("End of the text.")
