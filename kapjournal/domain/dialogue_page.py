"""What two partners keep of a dialogue: one page, which both approve as it stands, or which nobody keeps."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kapjournal.domain.ids import MemberId
from kapjournal.domain.parsing import day_from
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable_line

TOPIC, FIRST_LINE, SECOND_LINE = "topic", "summary-first", "summary-second"
REQUEST, WHEN, HOW_OFTEN, UNTIL = "request", "request-when", "request-how-often", "request-until"
SENDER = "sender"
"""The field that names who sent first."""

FIELDS: Mapping[str, str] = {
    TOPIC: "topic",
    FIRST_LINE: "line",
    SECOND_LINE: "line",
    REQUEST: "request",
    WHEN: "when",
    HOW_OFTEN: "how often",
    UNTIL: "day",
}
"""The fields that are typed, in order, each with what a sentence calls it."""

_OF_THE_REQUEST = (WHEN, HOW_OFTEN, UNTIL)
_LOOK_AGAIN_AFTER = dt.timedelta(days=7)

NOTHING_TO_KEEP = "Nothing is typed, so there is nothing to keep."
NEEDS_A_REQUEST = "Say what the request is, or leave out when and how often too."
NEEDS_A_DAY = "A request has a day on which you look at it again, as YYYY-MM-DD."
DAY_IS_OVER = "The day on which you look at the request again is still to come."


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The page on its way: `lines` by field, as typed, those that are empty left out; `for_therapists` if
    therapists are to read it too. `approved` by whom, as it stands: any change takes that away."""

    lines: tuple[tuple[str, str], ...] = ()
    for_therapists: bool = False
    approved: frozenset[MemberId] = frozenset()

    def line(self, field: str) -> str:
        """What stands in a field, perhaps nothing."""
        return dict(self.lines).get(field, "")

    @property
    def review(self) -> dt.date | None:
        """The day on which the request comes back; None without one."""
        return day_from(self.line(UNTIL)) if self.line(REQUEST) else None

    def filled(self, typed: Mapping[str, str], today: dt.date) -> "KeptPage":
        """The page with other lines (`UsageError`, `Refused` for one that cannot be kept)."""
        lines = {field: storable_line(typed.get(field, ""), what) for field, what in FIELDS.items()}
        if not lines[REQUEST] and (lines[WHEN] or lines[HOW_OFTEN]):
            raise UsageError(NEEDS_A_REQUEST)
        if not lines[REQUEST]:
            lines.update(dict.fromkeys(_OF_THE_REQUEST, ""))
        elif not lines[UNTIL]:
            raise UsageError(NEEDS_A_DAY)
        elif day_from(lines[UNTIL]) <= today:
            raise UsageError(DAY_IS_OVER)
        kept = tuple((field, text) for field, text in lines.items() if text)
        if not kept:
            raise Refused(NOTHING_TO_KEEP)
        return self if kept == self.lines else replace(self, lines=kept, approved=frozenset())

    def without(self, field: str) -> "KeptPage":
        """The page with one line left out; with the request goes what belongs to it."""
        gone = {field, *(_OF_THE_REQUEST if field in (REQUEST, UNTIL) else ())}
        gone |= {REQUEST} if field == UNTIL else set()
        kept = tuple(line for line in self.lines if line[0] not in gone)
        return self if kept == self.lines else replace(self, lines=kept, approved=frozenset())

    def read_by_therapists(self, yes: bool) -> "KeptPage":
        """The page for these readers."""
        if yes == self.for_therapists:
            return self
        return replace(self, for_therapists=yes, approved=frozenset())

    def approved_by(self, member: MemberId) -> "KeptPage":
        """The page with the yes of one more."""
        return replace(self, approved=self.approved | {member})

    def waits_for(self, partners: Iterable[MemberId]) -> MemberId | None:
        """Who has not said yes yet, in order; None once all have."""
        return next((one for one in partners if one not in self.approved), None)

    def fields(self, sender: str) -> tuple[tuple[str, str], ...]:
        """What is kept, by field: with the label of who sent first, and without the day of the request, which
        is the page's own."""
        said = [line for line in self.lines if line[0] != UNTIL]
        at = 1 if said and said[0][0] == TOPIC else 0
        return (*said[:at], (SENDER, sender), *said[at:])


def usual_day(today: dt.date) -> dt.date:
    """When a request comes back if nobody says otherwise."""
    return today + _LOOK_AGAIN_AFTER
