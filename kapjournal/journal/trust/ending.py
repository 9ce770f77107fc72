"""That sharing has ended: a record of which nothing tells who wrote it.

Its body is the same to the byte whoever writes it, without a day and without a signature, so any member may
have; its envelope is made with a key that nobody keeps.
"""

from dataclasses import dataclass
from typing import Any

from kapjournal.journal.trust.certificates import SharedRecord


@dataclass(frozen=True, slots=True)
class SharingEnded(SharedRecord):
    """Somebody's word that nothing more is shared in this journal."""

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {"kind": "apart"}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "SharingEnded":
        """Undo `fields` (`ValueError` where anything else is said beside it: that could tell two of them
        apart)."""
        if fields != cls().fields():
            raise ValueError
        return cls()
