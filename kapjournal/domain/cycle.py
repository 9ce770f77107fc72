"""The loop two partners fall into: a half of each, which stand beside each other once both can read both."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.offers import Offer
from kapjournal.domain.partners import partners_here
from kapjournal.domain.steps import Step
from kapjournal.errors import UsageError
from kapjournal.text import storable_line

ABOUT = "our loop"
"""What the offer of a half says it is about: an offer that says so is answered with a half."""
OTHERWISE = "otherwise"
"""The tag of a page of the kind that is no half, but a line on a time it went otherwise."""

FOR_PARTNERS = "The loop is written by the partners, each their half."
NO_PARTNER = "A half is released to your partner, who is not here yet."
NO_HALF = "Your half is not written yet."
NOT_A_HALF = "This is not a half of yours: a page of the kind cycle, written by you."
CAN_READ_IT = "Your partner can read your half already."
RELEASED = "Your half is released already. You read your partner’s when they release theirs."
NOT_JOINED = "Times it went otherwise stand under the two halves, once both are released."

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_AT_THE_END = " \t.:…?#"


@dataclass(frozen=True, slots=True)
class Loop:
    """What a member can read of it: the two `halves`, or none before both partners can read both; the lines
    on times it went `otherwise`, by their day; and the newest half of the member's `own`, whoever reads it.
    The halves are in the order of the partners' labels, for whoever reads them."""

    halves: tuple[Note, ...] = ()
    otherwise: tuple[Note, ...] = ()
    own: Note | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on a half: under the headings of the steps, by their ids, and all that stands elsewhere."""

    by_step: dict[str, str] = field(default_factory=dict)
    freely: str = ""


def is_of_a_half(offer: Offer) -> bool:
    """Whether a half is offered, by what its author says that it is about."""
    return folded(offer.about) == ABOUT


def is_half(note: Note) -> bool:
    """Whether a note is a half of the loop."""
    return note.text.kind is NoteKind.CYCLE and OTHERWISE not in map(folded, note.text.tags)


def loop(notes: Iterable[Note], members: Iterable[Member], me: MemberId) -> Loop:
    """The loop as far as a member can read it. Of several halves of one partner the one written last counts;
    of those that stand beside each other, the last that both partners can read."""
    of_kind = sorted(
        (note for note in notes if note.text.kind is NoteKind.CYCLE), key=lambda note: (note.written, note.id)
    )
    halves = [note for note in of_kind if is_half(note)]
    own = next((note for note in reversed(halves) if note.author == me), None)
    partners = partners_here(members)
    both = {one.id for one in partners}
    if len(both) != 2:
        return Loop(own=own)
    shared = [note for note in reversed(halves) if both <= note.readers]
    found = [
        next((note for note in shared if note.author == one.id), None)
        for one in sorted(partners, key=lambda one: (folded(one.label), one.id))
    ]
    joined = tuple(note for note in found if note is not None)
    if len(joined) < 2:
        return Loop(own=own)
    lines = (n for n in of_kind if not is_half(n) and n.author in both and both <= n.readers)
    return Loop(joined, tuple(sorted(lines, key=lambda note: (note.text.date, note.written, note.id))), own)


def said_on(steps: Sequence[Step], note: Note) -> Said:
    """Read a half by its headings, whatever their level and however they end. Every line of it that is not
    such a heading is in one place of what is returned; two texts that stand beside each other stay whole."""
    if note.beside:
        return Said(freely=note.words)
    known = {_bare(step.question): step.id for step in steps}
    by_step: dict[str, list[str]] = {}
    freely: list[str] = []
    lines = freely
    for line in note.text.body.split("\n"):
        found = _HEADING.fullmatch(line)
        if found is None:
            lines.append(line)
        elif step := known.get(_bare(found[1])):
            lines = by_step.setdefault(step, [])
        else:
            lines = freely
            lines.append(line)
    texts = {step: "\n".join(some).strip("\n") for step, some in by_step.items()}
    return Said({step: text for step, text in texts.items() if text.strip()}, "\n".join(freely).strip("\n"))


def line_from(typed: str) -> str:
    """A line on a time it went otherwise: of 1 to 200 characters (`UsageError`)."""
    line = storable_line(typed, "line on how it went otherwise")
    if not line:
        raise UsageError("Say in one line how it went otherwise.")
    return line


def _bare(heading: str) -> str:
    return folded(heading.rstrip(_AT_THE_END))
