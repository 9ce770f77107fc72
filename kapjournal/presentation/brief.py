"""The brief: what a therapist needs in the four minutes before a session, from the couple's journal and the
record in the practice.

Partners' own words come first and stand as they wrote them. Nothing is interpreted and nobody is compared. A
section with nothing in it is left out: that nothing was found would be a judgement too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

NO_SESSION = "no session ahead"
NOTHING = "Nothing is written of this couple yet."
NOTHING_OF_YOURS = "You have marked nothing, and the two of you have approved nothing yet."
NOT_OPENED = "From your record alone: {why}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section: of whom, and in which words. One that `is_whole` is never cut."""

    who: str
    words: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together, under a heading; an `is_urgent` one is shown as that. Where room is scarce, each
    entry is cut to so many `rows`, if it may be cut."""

    heading: str
    entries: tuple[Entry, ...]
    is_urgent: bool = False
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Brief:
    """A couple before a session: the next one in words, what was agreed on secrets, the sections that have
    something in them; `why_not` says why nothing of their journal is here, if nothing is. One of a partner's
    own names no `couple`; `nothing` is said where there is no section."""

    couple: str
    coming: str
    secrets: str
    sections: tuple[Section, ...]
    why_not: str = ""
    nothing: str = NOTHING


def lines(brief: Brief) -> Iterator[str]:
    """The brief as lines of text, each section under its heading."""
    yield " · ".join(filter(None, (brief.couple, brief.coming or NO_SESSION)))
    if brief.secrets:
        yield f"Secrets: {brief.secrets}"
    if brief.why_not:
        yield NOT_OPENED.format(why=brief.why_not)
    for section in brief.sections:
        yield ""
        yield section.heading
        yield from (f"  {in_a_line(entry)}" for entry in section.entries)
    if not brief.sections:
        yield brief.nothing


def in_a_line(entry: Entry) -> str:
    """“Ana: …”, or the words alone."""
    return f"{entry.who}: {entry.words}" if entry.who else entry.words


def fields(brief: Brief) -> dict[str, object]:
    """The brief for a script."""
    return {
        "couple": brief.couple or None,
        "next_session": brief.coming or None,
        "secrets": brief.secrets or None,
        "not_opened": brief.why_not or None,
        "sections": [
            {
                "heading": one.heading,
                "entries": [{"who": entry.who or None, "words": entry.words} for entry in one.entries],
            }
            for one in brief.sections
        ],
    }
