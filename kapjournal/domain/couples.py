"""The couples of a practice: a name that the therapist gave them, and a number that means nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import folded
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.text import storable_line

NO_SUCH_COUPLE = "There is no such couple in this practice."
NOT_KNOWN_WHERE = "It is not known where the journal of this couple lies."


@dataclass(frozen=True, slots=True)
class Couple:
    """One couple as a member of the practice knows them.

    `case` is random and stays; `name` is what the `author`, who added them, calls them. `path` is where this
    member has their journal, None where that was not said; with `opens` it opens through this member's door
    into the practice, else for its own passphrase. `position` is their place in this member's list, from 0.
    `first` and `second` are what the author calls the two partners, empty where that was not said: records
    count them so.
    """

    case: CaseId
    name: str
    author: MemberId
    path: Path | None = None
    opens: bool = False
    position: int = 0
    first: str = ""
    second: str = ""


def couple_name(text: str, others: Iterable[str] = ()) -> str:
    """A couple's name as it is stored: one line that is not empty and nobody else's (`UsageError`,
    `Refused`)."""
    name = storable_line(text, "name")
    if not name:
        raise UsageError("A couple needs a name that you know them by.")
    if folded(name) in {folded(other) for other in others}:
        raise Refused(f"There is a couple called “{name}” already. Choose another name.")
    return name


def partner_names(first: str, second: str) -> tuple[str, str]:
    """What the two partners are called, as it is stored: a line each, both or none, not the same and no word
    that means something where a record says whom it is about (`UsageError`, `Refused`)."""
    names = storable_line(first, "name"), storable_line(second, "name")
    if any(names) and (not all(names) or folded(names[0]) == folded(names[1])):
        raise UsageError("Give each of the two partners a name of their own.")
    if taken := next((name for name in names if folded(name) in set(About)), None):
        raise Refused(f"“{taken}” means something else where a record says whom it is about.")
    return names


TURNED_ROUND = (
    "There are records about one of the two, and they say first or second: who is which stays as it is. "
    "Another spelling is no change."
)


def is_turned(before: Couple, first: str, second: str) -> bool:
    """Whether names would turn round who is the first partner and who the second."""
    then, now = (folded(before.first), folded(before.second)), (folded(first), folded(second))
    return bool(before.first) and bool(first) and (now[0] == then[1] or now[1] == then[0])


def which_partner(couple: Couple, label: str, other: str) -> About | None:
    """Which of the two a partner of this label is, by the names the therapist gave; where theirs is another
    one, by that of the `other` partner. None where neither is certain."""
    if not couple.first:
        return None
    names = {folded(couple.first): About.FIRST, folded(couple.second): About.SECOND}
    theirs, others = names.get(folded(label)), names.get(folded(other)) if other else None
    if theirs is None and others is not None:
        return About.SECOND if others is About.FIRST else About.FIRST
    return None if theirs is others else theirs


def named(couples: Iterable[Couple], name: str) -> Couple:
    """The couple of that name (`NotFound`)."""
    for couple in couples:
        if folded(couple.name) == folded(name):
            return couple
    raise NotFound(f"There is no couple called “{name}” in this practice.")
