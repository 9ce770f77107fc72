"""The ledger of what left for supervision: what, when, to whom, on which basis, and until when it is to be
destroyed."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision import Basis

DAYS_TO_KEEP = 90
"""So many days after it left a write-up is to be destroyed, unless another day is said."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A write-up that left. `write_up` is the id of its record; `case_word` and `question` are as they left.

    `authorisation` is the digest of the words of the authorisation it left by (64 digits of hexadecimal), or
    empty. `sha256` is of the markdown above the foot. `found` in the text were so many identifiers, `changed`
    and `kept` of them. `destroyed` is the day on which the recipient destroyed it, as far as that was noted.
    """

    case: CaseId
    write_up: str
    case_word: str
    question: str
    recipient: str
    basis: Basis
    purpose: str
    authorisation: str
    format: str
    sha256: str
    found: int
    changed: int
    kept: int
    left: dt.datetime
    destroy_by: dt.date
    destroyed: dt.date | None = None
    id: str = ""

    def is_due(self, today: dt.date) -> bool:
        """Whether the day by which it is to be destroyed has come, and nobody said that it was."""
        return self.destroyed is None and self.destroy_by <= today

    def joined(self, other: "Departure") -> "Departure":
        """Of both computers: that it was destroyed stays, on the earlier day."""
        days = [day for day in (self.destroyed, other.destroyed) if day is not None]
        return replace(self, destroyed=min(days, default=None))
