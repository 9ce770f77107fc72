"""Which lines may be pulled into a write-up together, and how they come to stand in a field."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from kapjournal.domain.supervision import MAX_PULLED, TOO_MANY_PULLED, Basis, Pulled
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable_line

ALONE = "A line of a process note is pulled in alone, and with a reason."
SAY_WHY = "Say in one line why the write-up needs this line of your process note."
OWN_PROGRAMME_ALONE = "Process notes are for supervision in your own programme: that is not the basis here."

ALIKE = 0.7
"""How much of a line has to stand for it to be that line still, of 1."""


def checked_reason(of_process: int, others: int, basis: str, reason: str) -> str:
    """The reason as it is kept with a line of a process note, empty for lines of anything else (`UsageError`,
    `Refused`). `of_process` and `others` count the lines that are pulled in together."""
    if not of_process:
        return ""
    if basis != Basis.OWN_PROGRAMME:
        raise Refused(OWN_PROGRAMME_ALONE)
    if of_process > 1 or others:
        raise UsageError(ALONE)
    line = storable_line(reason, "reason")
    if not line:
        raise UsageError(SAY_WHY)
    return line


def joined(before: Sequence[Pulled], new: Sequence[Pulled]) -> tuple[Pulled, ...]:
    """All that was pulled in, each once (`Refused` beyond what a write-up keeps)."""
    found = tuple(dict.fromkeys((*before, *new)))
    if len(found) > MAX_PULLED:
        raise Refused(TOO_MANY_PULLED)
    return found


def with_lines(value: str, pulled: Sequence[Pulled]) -> str:
    """A field with lines at its end."""
    return "\n".join(filter(None, (value.rstrip("\n"), *(one.line for one in pulled))))


def places_from(typed: str, many: int) -> tuple[int, ...]:
    """Read which of `many` lines are meant, counted from 1: “3 5-9”, “3, 5-9”; each once, in the order in
    which they are listed (`UsageError`)."""
    found: set[int] = set()
    for word in typed.replace(",", " ").split():
        begin, dash, end = word.partition("-")
        if not (begin.isascii() and begin.isdigit() and (not dash or (end.isascii() and end.isdigit()))):
            raise UsageError(f"“{word}” is no number of a line. Say them like 3 or 5-9.")
        first, last = int(begin), int(end or begin)
        if not 1 <= first <= last <= many:
            raise UsageError(f"“{word}”: the lines are numbered from 1 to {many}.")
        found |= set(range(first, last + 1))
    if not found:
        raise UsageError("Say which lines, by their numbers: 3 5-9.")
    return tuple(sorted(found))


def pulled_as(line: str, pulled: Sequence[Pulled]) -> Pulled | None:
    """Which of the lines that were pulled in this one is, also if it was reworded a little; None if it is the
    therapist's own."""
    for one in pulled:
        if one.line.strip() == line.strip():
            return one
    near = max(((_alike(line, one.line), at) for at, one in enumerate(pulled)), default=(0.0, 0))
    return pulled[near[1]] if near[0] >= ALIKE else None


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.strip(), other.strip(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE <= matcher.quick_ratio() else 0.0
