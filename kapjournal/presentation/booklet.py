"""The booklet of a course: what both partners approved, and nothing else.

It takes words that two approve which hold, and practices that held until another took their place. Its one
rule is theirs: what only one approved, or one took back, is in none. Agreements are left out: they are made
for sessions, and what one of the two asked less of since is not in their words. So are authorisations: they
name others, and are for a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.dialogue_page import FIRST_LINE, SECOND_LINE, SENDER, TOPIC
from kapjournal.domain.joint import Joint, JointKind, Standing
from kapjournal.domain.joint_standing import the_two
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.joint import label_of
from kapjournal.presentation.kept_dialogues import request_in_words
from kapjournal.presentation.readers import listed
from kapjournal.text import shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

PARTNERS_MAKE_IT = (
    "The booklet is the partners’: it holds what the two of them approved. Ask one of them for it."
)
WHAT_IS_IN_IT = (
    "It holds what you two approved: what is left of dialogues, the name of your loop, practices, and the "
    "words of a closing. Agreements and authorisations are left out."
)
NOTHING_IN_IT = f"There is nothing for a booklet yet. {WHAT_IS_IN_IT}"
NAMES = "names"
"""The field of a closing in which the two say how the booklet calls them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that both approved, under a title where it has one: words, each below a caption or none."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is of one kind, oldest first."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """What is on the title page, the two and the months of their course, and the chapters after it."""

    names: str
    months: str
    chapters: tuple[Chapter, ...]


def read_booklet(journal: "Journal") -> Booklet:
    """The booklet of the couple whose journal this is, the same for both (`Refused`)."""
    if why := why_not(journal):
        raise Refused(why)
    return booklet_of(journal.joints.all(), journal.sessions.all(), journal.members.all())


def why_not(journal: "Journal") -> str:
    """Why this member makes no booklet now; empty if they can."""
    if journal.is_practice or journal.me.role is not Role.PARTNER:
        return PARTNERS_MAKE_IT
    return "" if any(map(_is_in_it, journal.joints.all())) else NOTHING_IN_IT


def booklet_of(joints: Iterable[Joint], sessions: Iterable[Session], members: Iterable[Member]) -> Booklet:
    """The same of what was read already, in the order in which it came (`Refused` if nothing is in it)."""
    found, members = [one for one in joints if _is_in_it(one)], list(members)
    if not found:
        raise Refused(NOTHING_IN_IT)
    names = {label for one in found for label in _labels_of_two(one, members) if label}
    closing = [one for one in found if one.text.kind is JointKind.CLOSING][-1:]
    chosen = shown_line(closing[0].text.field(NAMES)) if closing else ""
    entries = {kind: [_entry(one, members) for one in found if one.text.kind is kind] for kind in _HEADINGS}
    entries[JointKind.CLOSING] = entries[JointKind.CLOSING][-1:]
    return Booklet(
        chosen or listed(sorted(names, key=folded)),
        _months(found, sessions),
        tuple(
            Chapter(heading, shown_ones)
            for kind, heading in _HEADINGS.items()
            if (shown_ones := tuple(entry for entry in entries[kind] if entry.title or entry.lines))
        ),
    )


_HEADINGS: Mapping[JointKind, str] = {
    JointKind.DIALOGUE: "What we talked about",
    JointKind.LOOP: "What we call our loop",
    JointKind.PRACTICE: "What we chose to do",
    JointKind.CLOSING: "What we take along",
}
"""The chapters in order, by what they are made of."""


def was_approved(one: Joint) -> bool:
    """Whether it holds, or is a practice that another took the place of: that held, and neither took their
    yes back."""
    was_practised = one.text.kind is JointKind.PRACTICE and one.standing is Standing.REPLACED
    return one.standing is Standing.HOLDS or was_practised


def _is_in_it(one: Joint) -> bool:
    return one.text.kind in _HEADINGS and was_approved(one)


def _labels_of_two(one: Joint, members: Sequence[Member]) -> list[str]:
    """What the two are called whose words these are, in the order in which a form names them."""
    labels = {member.id: shown_line(member.label) for member in members}
    return [*(labels[member] for member in the_two(one, members)), "", ""][:2]


def _months(found: Iterable[Joint], sessions: Iterable[Session]) -> str:
    """“March to September 2026”: the months from the first session to the last that was, or without one those
    of what is in the booklet."""
    today = clock.today()
    dates = [one.date for one in sessions if one.date <= today] or [one.text.date for one in found]
    first, last = (days.month(date) for date in (min(dates), max(dates)))
    if first == last:
        return first
    return f"{first.removesuffix(f' {max(dates).year}')} to {last}"


def _entry(one: Joint, members: Sequence[Member]) -> Entry:
    text, two = one.text, _labels_of_two(one, members)
    match text.kind:
        case JointKind.DIALOGUE:
            return Entry(shown_line(text.field(TOPIC)), tuple(_of_dialogue(one, two)))
        case JointKind.LOOP:
            name = shown(text.field("name"))
            return Entry("", (("", name),) if name else ())
        case JointKind.PRACTICE:
            return Entry("", (("", shown("\n".join(said for _, said in text.fields))),))
        case _:
            return Entry("", tuple(_of_closing(one, two)))


def _of_dialogue(one: Joint, two: Sequence[str]) -> Iterator[tuple[str, str]]:
    text = one.text
    spoke_first = shown_line(text.field(SENDER))
    sender, other = two[::-1] if spoke_first == two[1] else two
    for name, who in ((FIRST_LINE, sender), (SECOND_LINE, other)):
        if said := shown(text.field(name)):
            yield who, said
    if request := request_in_words(one):
        yield "A request", request


def _of_closing(one: Joint, two: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each field under what the form calls it. Of what each of the two says, who comes first by name does so
    here: the form knows them by their ids, which say nothing to a reader."""
    by_name = sorted(range(len(two)), key=lambda place: folded(two[place]))
    stems = list(dict.fromkeys(_stem(name)[0] for name, _ in one.text.fields))

    def place(field: tuple[str, str]) -> tuple[int, int]:
        stem, whose = _stem(field[0])
        return stems.index(stem), by_name.index(whose)

    for name, said in sorted(one.text.fields, key=place):
        if name != NAMES:
            yield label_of(JointKind.CLOSING, name, two), shown(said)


def _stem(name: str) -> tuple[str, int]:
    """What a field is about, and the place of whose it is, 0 where it is of both."""
    for place, end in enumerate(("-first", "-second")):
        if name.endswith(end):
            return name.removesuffix(end), place
    return name, 0
