"""The booklet of a course: what both partners approved, and nothing else.

It takes words that two approve which hold, and practices that held until another took their place. Its one
rule is theirs: what only one approved, or one took back, is in none. Agreements are left out: they are made
for sessions, and what one of the two asked less of since is not in their words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, Standing
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.readers import listed
from kapjournal.text import shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

PARTNERS_MAKE_IT = (
    "The booklet is the partners’: it holds what the two of them approved. Ask one of them for it."
)
NOTHING_IN_IT = (
    "There is nothing for a booklet yet. It holds what you two approved: what is left of dialogues, the name "
    "of your loop, practices, and the words of a closing."
)
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
    found = [one for one in joints if _is_in_it(one)]
    if not found:
        raise Refused(NOTHING_IN_IT)
    labels = {one.id: shown_line(one.label) for one in members if one.role is Role.PARTNER}
    closing = [one for one in found if one.text.kind is JointKind.CLOSING][-1:]
    chosen = shown_line(closing[0].text.field(NAMES)) if closing else ""
    entries = {kind: [_entry(one, labels) for one in found if one.text.kind is kind] for kind in _HEADINGS}
    entries[JointKind.CLOSING] = entries[JointKind.CLOSING][-1:]
    approved = {member for one in found for member in one.approved_by}
    return Booklet(
        chosen or listed(sorted((labels[one] for one in labels if one in approved), key=folded)),
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

_CAPTIONS: Mapping[str, str] = {
    "first-intention": "{author} set out",
    "last-intention": "{author} now",
    "other-first-intention": "{other} set out",
    "other-last-intention": "{other} now",
    "appreciations": "{author} to {other}",
    "other-appreciations": "{other} to {author}",
    "keep": "What we keep doing",
    "next-step": "Our next small step",
}
"""What stands above each field of a closing; one that is not known stands without."""


def _is_in_it(one: Joint) -> bool:
    """A practice that another took the place of held, and neither took their yes back."""
    was_practised = one.text.kind is JointKind.PRACTICE and one.standing is Standing.REPLACED
    return one.text.kind in _HEADINGS and (one.standing is Standing.HOLDS or was_practised)


def _months(found: Iterable[Joint], sessions: Iterable[Session]) -> str:
    """“March to September 2026”: the months from the first session to the last that was, or without one those
    of what is in the booklet."""
    today = clock.today()
    dates = [one.date for one in sessions if one.date <= today] or [one.text.date for one in found]
    first, last = (days.month(date) for date in (min(dates), max(dates)))
    if first == last:
        return first
    return f"{first.removesuffix(f' {max(dates).year}')} to {last}"


def _entry(one: Joint, labels: Mapping[MemberId, str]) -> Entry:
    text = one.text
    match text.kind:
        case JointKind.DIALOGUE:
            return Entry(shown_line(text.field("topic")), tuple(_of_dialogue(one, labels)))
        case JointKind.LOOP:
            name = shown(text.field("name"))
            return Entry("", (("", name),) if name else ())
        case JointKind.PRACTICE:
            return Entry("", (("", shown("\n".join(said for _, said in text.fields))),))
        case _:
            return Entry("", tuple(_of_closing(one, labels)))


def _of_dialogue(one: Joint, labels: Mapping[MemberId, str]) -> Iterator[tuple[str, str]]:
    text, approved = one.text, one.approved_by
    first = shown_line(text.field("sender"))
    second = next((labels[one] for one in approved if labels.get(one, first) != first), "")
    for name, who in (("summary-first", first), ("summary-second", second)):
        if said := shown(text.field(name)):
            yield who, said
    request = [shown_line(said) for name, said in text.fields if name.startswith("request")]
    if request:
        yield "A request", ", ".join(request)


def _of_closing(one: Joint, labels: Mapping[MemberId, str]) -> Iterator[tuple[str, str]]:
    author = labels.get(one.author, "")
    other = next((labels[member] for member in one.approved_by - {one.author} if member in labels), "")
    for name, said in one.text.fields:
        if name != NAMES:
            yield _CAPTIONS.get(name, "").format(author=author, other=other), shown(said)
