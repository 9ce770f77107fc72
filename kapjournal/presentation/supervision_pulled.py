"""Pulling lines into a write-up, for every face: which are offered, what is taken, where each is from."""

from collections.abc import Iterable, Iterator, Sequence

from kapjournal.domain.members import folded
from kapjournal.domain.pulling import checked_reason, pulled_as
from kapjournal.domain.supervision import Pulled
from kapjournal.presentation.supervision_sources import Candidate, Candidates
from kapjournal.text import MAX_LINE, excerpt, shown_line

STAYS_WITH_YOU = "From: {said} · stays with you"
WITHOUT_THEIRS = "Nothing of their journal is among it. {why}"
WHY_THIS_LINE = "Why does the write-up need this line?"
HINT = "{pull-in} pulls lines of the record in here."
INTO_A_FIELD = "Put the cursor into the field first that you pull lines into."
NOTHING_TICKED = "Nothing is ticked."


def taken(found: Sequence[Candidate], basis: str, reason: str = "") -> tuple[Pulled, ...]:
    """Lines that were chosen together, each with where it is from (`UsageError`, `Refused`)."""
    of_process = sum(one.needs_reason for one in found)
    why = checked_reason(of_process, len(found) - of_process, basis, reason)
    return tuple(Pulled(one.field, one.line, one.source, why, excerpt(one.said, MAX_LINE)) for one in found)


def under(found: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Those in whose line or group every word that was typed stands."""
    words = folded(typed).split()
    return [one for one in found if all(word in folded(f"{one.group} {one.line}") for word in words)]


def source_of(line: str, pulled: Sequence[Pulled]) -> str:
    """Where the line under a cursor is from, for the therapist alone; empty for a line of their own."""
    found = pulled_as(line, pulled)
    return STAYS_WITH_YOU.format(said=shown_line(found.said or found.source)) if found else ""


def pulled_in(pulled: Sequence[Pulled]) -> str:
    """That lines were pulled in."""
    count = "One line" if len(pulled) == 1 else f"{len(pulled)} lines"
    return f"{count} pulled in. Where each is from stays with you."


def beside(candidates: Candidates) -> str:
    """What is said beside the lines: that there are none, or why none of their journal is among them."""
    why = WITHOUT_THEIRS.format(why=candidates.why_not) if candidates.why_not else ""
    return " ".join(filter(None, ("" if candidates.found else candidates.nothing, why)))


def numbered(candidates: Candidates) -> Iterator[str]:
    """The lines with their numbers, each group under its heading; what is to be said where there is none."""
    group = ""
    for number, one in enumerate(candidates.found, 1):
        if one.group != group:
            group = one.group
            yield f"{shown_line(group)}:"
        yield f"{number}. {shown_line(one.line)}"
    if said := beside(candidates):
        yield said


def fields(candidates: Candidates) -> list[dict[str, object]]:
    """The lines for a script."""
    return [
        {
            "number": number,
            "line": one.line,
            "group": one.group,
            "source": one.source,
            "said": one.said,
            "needs_reason": one.needs_reason,
        }
        for number, one in enumerate(candidates.found, 1)
    ]
