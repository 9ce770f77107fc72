"""The practice will as its maker sees it: for whom its shares are, when it was made, when it was tried."""

import datetime as dt
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable_line

MAX_CUSTODIAN = 60
MAX_BESIDE = 120
"""So short that the keys of a member and what stands beside them fill no larger row than the keys alone."""

ONLY_IN_A_PRACTICE = "A will is made in a practice, and this is a couple's own journal."
NO_WILL = "There is no will of yours in this practice."


@dataclass(frozen=True, slots=True)
class Will:
    """A will that stands. `custodian` is who is to open the practice, `beside` one line on them; `made` is
    UTC, `rehearsed` the day on which two shares were last tried."""

    custodian: str
    beside: str
    made: dt.datetime
    rehearsed: dt.date | None = None

    @property
    def tried(self) -> dt.date:
        """The last day on which it was sure that its shares open: rehearsed or, before that, made."""
        made = clock.local(self.made).date()
        return max(made, self.rehearsed) if self.rehearsed else made

    def is_due(self, today: dt.date) -> bool:
        """Whether a year has gone by without a rehearsal."""
        return today >= clock.years_later(self.tried, 1)


def custodian_and_line(custodian: str, beside: str) -> tuple[str, str]:
    """A custodian's name and the line beside it, as they are stored (`UsageError`)."""
    name = storable_line(custodian, "custodian's name", MAX_CUSTODIAN)
    if not name:
        raise UsageError("Say who the custodian is: somebody who is to open your practice when you cannot.")
    return name, storable_line(beside, "line beside the custodian's name", MAX_BESIDE)


def check_there_is(will: Will | None) -> Will:
    """Refuse what is done with a will where there is none (`Refused`)."""
    if will is None:
        raise Refused(NO_WILL)
    return will
