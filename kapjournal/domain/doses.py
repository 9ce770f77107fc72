"""The doses of a course: dosing sessions in their order, how many are planned, and which partners dose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused, UsageError

MAX_PLANNED = 99
MAX_DOSING = 2
"""As many partners as a journal has."""
BOTH = "both"
KEEPER_PLANS = "Only the keeper of this journal, who made it, says how many doses are planned."


@dataclass(frozen=True, slots=True)
class Dose:
    """A dosing session among the others: its `number` from 1, how many are `planned` (0: not said), and the
    `days` since the dose before, None for the first."""

    number: int
    planned: int
    days: int | None

    @property
    def place(self) -> str:
        """“3 of 8”; “3” where nothing is planned, or less than there is."""
        return f"{self.number} of {self.planned}" if self.number <= self.planned else f"{self.number}"

    @property
    def name(self) -> str:
        """How a screen calls it: “dose 3 of 8”."""
        return f"dose {self.place}"


class Doses:
    """The doses among some sessions. Their numbers follow from the order of the sessions and are stored
    nowhere: another day for a session can give it, and others, another number."""

    def __init__(self, sessions: Iterable[Session] = (), planned: int = 0) -> None:
        dosing = sorted((s for s in sessions if s.kind is SessionKind.DOSING), key=lambda s: s.order)
        days = [None, *((later.date - before.date).days for before, later in pairwise(dosing))]
        numbered = enumerate(zip(dosing, days, strict=False), 1)
        self._by_id = {one.id: Dose(number, planned, since) for number, (one, since) in numbered}
        self.planned = planned
        self.to_come = range(len(dosing) + 1, planned + 1)
        """The numbers of doses that are planned and not in the course yet."""

    def of(self, session: Session) -> Dose | None:
        """The dose of a session; None for a session without one."""
        return self._by_id.get(session.id)


def check_planned(count: int) -> int:
    """Refuse a number of planned doses out of 0 to 99 (`UsageError`); 0 means that none is said."""
    if not 0 <= count <= MAX_PLANNED:
        raise UsageError(f"The number of planned doses is between 0 and {MAX_PLANNED}.")
    return count


def check_dosing(dosing: Collection[MemberId], kind: SessionKind, members: Iterable[Member]) -> None:
    """Refuse to say of a session of another kind who doses, or that somebody does who is no partner."""
    if dosing and kind is not SessionKind.DOSING:
        raise Refused("Who doses is said of dosing sessions alone.")
    if not {*dosing} <= {member.id for member in members if member.role is Role.PARTNER}:
        raise Refused("Only partners dose.")
    if len(dosing) > MAX_DOSING:
        raise Refused(f"At most {MAX_DOSING} partners dose in a session.")


def dosing_from(word: str, members: Iterable[Member]) -> frozenset[MemberId]:
    """Read who doses: labels of partners, comma separated, or “both”; nothing where it is not said."""
    partners = [one for one in members if one.role is Role.PARTNER]
    here = frozenset(one.id for one in partners if not one.removed)
    chosen: set[MemberId] = set()
    for label in filter(None, map(str.strip, word.split(","))):
        named = {one.id for one in partners if folded(one.label) == folded(label)}
        if not named and folded(label) == BOTH:
            if len(here) < MAX_DOSING:
                raise Refused("There are not two partners in this journal.")
            named = {*here}
        if not named:
            raise NotFound(f"There is no partner “{label}” in this journal.")
        chosen |= named
    return frozenset(chosen)
