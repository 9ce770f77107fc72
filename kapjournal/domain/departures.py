"""The ledger of what left for supervision: what, when, to whom, on which basis, and until when it is to be
destroyed."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain.ids import CaseId
from kapjournal.domain.review import Section
from kapjournal.domain.supervision import QUESTION, Basis
from kapjournal.errors import Refused, UsageError

CHANGED_MEANWHILE = "Something changed while it was made, and nothing left. Export it again."

DAYS_TO_KEEP = 90
"""So many days after it left a write-up is to be destroyed, unless another day is said."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A write-up that may leave, as it stands in what the recipient gets: names and places are replaced in
    its sections. `authorisation` is the digest of the words of the one it leaves by, or empty."""

    case: CaseId
    write_up: str
    recipient: str
    basis: Basis
    purpose: str
    authorisation: str
    case_word: str
    sections: tuple[Section, ...]
    counts: tuple[int, int, int]

    @property
    def question(self) -> str:
        """The question, as it leaves."""
        return next((one.text for one in self.sections if one.id == QUESTION), "")


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

    @classmethod
    def of(
        cls, leaving: Leaving, form: str, sha256: str, left: dt.datetime, destroy_by: dt.date
    ) -> "Departure":
        """The entry for what leaves in a form."""
        found, changed, kept = leaving.counts
        return cls(
            *(leaving.case, leaving.write_up, leaving.case_word, leaving.question, leaving.recipient),
            *(leaving.basis, leaving.purpose, leaving.authorisation, form, sha256),
            *(found, changed, kept, left, destroy_by),
        )

    def noted_destroyed(self, today: dt.date) -> "Departure":
        """The same, once the recipient destroyed it (`Refused` if that was noted before)."""
        if self.destroyed is not None:
            raise Refused(f"It was noted on {self.destroyed.isoformat()} that this was destroyed.")
        return replace(self, destroyed=today)

    def is_due(self, today: dt.date) -> bool:
        """Whether the day by which it is to be destroyed has come, and nobody said that it was."""
        return self.destroyed is None and self.destroy_by <= today

    def joined(self, other: "Departure") -> "Departure":
        """Of both computers: that it was destroyed stays, on the earlier day."""
        days = [day for day in (self.destroyed, other.destroyed) if day is not None]
        return replace(self, destroyed=min(days, default=None))


def destroy_by(day: dt.date | None, today: dt.date) -> dt.date:
    """The day by which it is to be destroyed: the one that was said, else in `DAYS_TO_KEEP` days
    (`UsageError` for a day that is past)."""
    if day is not None and day <= today:
        raise UsageError(f"{day.isoformat()} has come: say a later day by which it is to be destroyed.")
    return day or today + dt.timedelta(days=DAYS_TO_KEEP)
