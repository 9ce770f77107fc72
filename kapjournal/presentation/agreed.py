"""What was agreed, for a therapist in a practice: on the dose pad in two lines, in the brief, and in full.

It is what holds in the couple's journal, with the less that was asked for since. Where nothing holds there,
or it says nothing of the stop signal or of touch, the preparation note does, and is named.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kapjournal.content.joint import form_of
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import JointKind, Narrowing
from kapjournal.domain.records import Record
from kapjournal.presentation import joint as saying
from kapjournal.presentation.couple_journal import looked_into, state_of
from kapjournal.presentation.joint_deeds import awaiting
from kapjournal.text import excerpt, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

A_LINE = 124
"""Characters of each line on the pad: two rows of 80 columns, with the key that shows all of it."""
A_LINE_OF_TWO = 54
"""Characters of what less one of the two asks for, where the other's stands beside it."""
OF_A_NOTE = "preparation note"
NOTHING_AGREED = "Nothing is agreed that is known here."
NOT_SEEN = "{why} What they agreed there is not shown here."
LESS_IS_THEIRS = (
    "Stamped as a line alone: {name} narrows the agreement at their own door. You may always ask for less. "
    "More waits until tomorrow."
)
LESS_BEGINS = "Less: "
"""What a line begins with that stamps what less somebody asks for."""

_FIELDS = (("stop", "Stop signal", "stop-signal"), ("touch", "Touch", "touch-agreement"))
"""What is needed most: its field in an agreement, what it is called, its field in a preparation note."""
_CLOSED = "closed-topics"
_SENTENCE_ENDS = re.compile(r"[.;](?= )|(?<= )·(?= )")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds in a couple's journal: its `fields` by name, all of it in `whole`, and the `less` that was
    asked for since, the latest of each partner first; and what `awaits` the therapist's yes, a line each.
    `why_not` says why the journal could not be read."""

    fields: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    why_not: str = ""


def read_agreed(journal: "Journal") -> Agreed:
    """What holds in the journal of a couple, and what waits for the yes of the member who opened it."""
    holds = journal.joints.holding(JointKind.AGREEMENT)
    waits = (one for one in awaiting(journal) if one.text.kind is JointKind.AGREEMENT)
    awaits = tuple(f"{journal.members.label_of(one.author)}: {saying.first_words(one)}" for one in waits)
    if holds is None:
        return Agreed(awaits=awaits)
    whole = tuple(
        f"{label}: {shown_line(' '.join(words.split()))}" for label, words in saying.lines_of(journal, holds)
    )
    less = [
        f"{saying.name_of(journal, one.author)}: {shown_line(one.line)}" for one in _in_turn(holds.narrowings)
    ]
    return Agreed(dict(holds.text.fields), whole, tuple(less), awaits)


def _in_turn(narrowings: Iterable[Narrowing]) -> list[Narrowing]:
    """The latest of each partner, then the one before, and so on: by however many lines, of whatever day, one
    of the two puts none of the other's out of sight."""
    latest = list(narrowings)[::-1]
    of_author = Counter[MemberId]()
    places = list[int]()
    for one in latest:
        places.append(of_author[one.author])
        of_author[one.author] += 1
    return [latest[at] for at in sorted(range(len(latest)), key=lambda at: places[at])]


def agreed_of(practice: "Journal", couple: Couple, theirs: "Journal | None" = None) -> Agreed:
    """The same, from a practice; their journal is opened and closed again, unless it is open as `theirs`
    (`JournalLocked` if the practice was locked meanwhile)."""

    def read(journal: "Journal") -> Agreed:
        journal.refresh()
        return read_agreed(journal)

    return looked_into(practice, couple, read, lambda why: Agreed(why_not=why), theirs)


def most_needed(agreed: Agreed, records: Iterable[Record]) -> tuple[list[str], list[str]]:
    """The stop signal and what touch is welcome, a line each: as the agreement has them, and as the newest
    preparation note has what that does not say."""
    found = [one for one in records if one.kind is RecordKind.PREPARATION]
    prepared = max(found, key=lambda one: one.order).text.fields if found else {}
    holds, noted = list[str](), list[str]()
    for name, called, in_note in _FIELDS:
        if words := agreed.fields.get(name, ""):
            holds.append(f"{called}: {_in_a_line(words)}")
        elif words := prepared.get(in_note, ""):
            noted.append(f"{called} ({OF_A_NOTE}): {_in_a_line(words)}")
    return holds, noted


def pad_lines(agreed: Agreed, records: Iterable[Record]) -> tuple[str, ...]:
    """Two lines for the pad, cut to `A_LINE`: what is most needed, then the less that was asked for or, where
    none was, the closed topics. What the preparation note alone says has a line of its own."""
    holds, noted = most_needed(agreed, records)
    lines = [
        " · ".join([*(line.rstrip(".") for line in holds[:-1]), *holds[-1:]]),
        *noted,
        less_or_closed(agreed, A_LINE if len(agreed.less) == 1 else A_LINE_OF_TWO),
    ]
    return tuple(_cut(line) for line in lines if line)


def _cut(line: str) -> str:
    """A line cut to `A_LINE` where a sentence in it ends, so that no half of one stands there."""
    whole = excerpt(line, len(line))
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(whole, 0, A_LINE - 1)]
    return whole if len(whole) <= A_LINE else f"{whole[: ends[-1]]} …" if ends else excerpt(line, A_LINE)


def less_or_closed(agreed: Agreed, length: int) -> str:
    """The less that was asked for, the latest of each partner first, each cut to `length`; where none was,
    the closed topics."""
    if agreed.less:
        count = f" ({len(agreed.less)})" if len(agreed.less) > 1 else ""
        return f"Less{count}: {' · '.join(excerpt(line, length) for line in agreed.less)}"
    topics = agreed.fields.get(_CLOSED, "")
    return f"{label_of_topics()}: {_in_a_line(topics)}" if topics else ""


def label_of_topics() -> str:
    """What the closed topics are called in the form of an agreement."""
    found = form_of(JointKind.AGREEMENT).field(_CLOSED)
    return shown_line(found.label) if found else _CLOSED


def _in_a_line(words: str) -> str:
    return shown_line(" ".join(words.split()))


class AgreedOnThePad:
    """What stands on an open dose pad of what was agreed, and stays true while the pad is open: what less a
    partner asks for at their own door, in the same file, comes with the next look."""

    def __init__(self, practice: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        """`theirs` is the couple's journal where it is open."""
        self._practice = practice
        self._couple = couple
        self._theirs = theirs
        self._state: object = None
        self._is_forgotten = False
        self.lines: tuple[str, ...] = ()
        self.whole: tuple[str, ...] = ()
        """All that holds, and all the less that was asked for, a line each."""

    def forget(self) -> None:
        """Drop every word, also of a look that is under way."""
        self._is_forgotten = True
        self.lines = self.whole = ()

    def look(self) -> bool:
        """Read it, unless the file is as it was; True if something else stands there now."""
        state = state_of(self._couple.path) if self._couple.path else None
        if state is not None and state == self._state:
            return False
        before = self.lines, self.whole
        agreed = agreed_of(self._practice, self._couple, self._theirs)
        notes = self._practice.records.own(RecordKind.PREPARATION, self._couple.case)
        self._state = state
        _, noted = most_needed(agreed, notes)
        not_seen = NOT_SEEN.format(why=agreed.why_not) if agreed.why_not else ""
        self.lines = tuple(filter(None, (*pad_lines(agreed, notes), not_seen)))
        less = [f"{LESS_BEGINS}{line}" for line in agreed.less]
        self.whole = tuple(filter(None, (*less, *agreed.whole, *noted, not_seen))) or (NOTHING_AGREED,)
        if self._is_forgotten:
            self.forget()
            return False
        return (self.lines, self.whole) != before
