"""The couples of a practice: a name that the therapist gave them, and a number that means nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import folded
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.text import storable_line


@dataclass(frozen=True, slots=True)
class Couple:
    """One couple as a member of the practice knows them.

    `case` is random and stays; `name` is what the `author`, who added them, calls them. `path` is where this
    member has their journal, None where that was not said; with `opens` it opens through this member's door
    into the practice, else for its own passphrase. `position` is their place in this member's list, from 0.
    """

    case: CaseId
    name: str
    author: MemberId
    path: Path | None = None
    opens: bool = False
    position: int = 0


def couple_name(text: str, others: Iterable[str] = ()) -> str:
    """A couple's name as it is stored: one line that is not empty and nobody else's (`UsageError`,
    `Refused`)."""
    name = storable_line(text, "name")
    if not name:
        raise UsageError("A couple needs a name that you know them by.")
    if folded(name) in {folded(other) for other in others}:
        raise Refused(f"There is a couple called “{name}” already. Choose another name.")
    return name


def named(couples: Iterable[Couple], name: str) -> Couple:
    """The couple of that name (`NotFound`)."""
    for couple in couples:
        if folded(couple.name) == folded(name):
            return couple
    raise NotFound(f"There is no couple called “{name}” in this practice.")
