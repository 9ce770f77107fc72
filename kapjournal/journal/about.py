"""The documents there is one of: the keeper's word on the journal, and one's own list of members."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapjournal.crypto.primitives import digest, purpose
from kapjournal.journal.version import sized

PINS = digest(purpose("pins document"))[:16]
ABOUT = digest(purpose("about document"))[:16]


@dataclass(frozen=True, slots=True)
class About:
    """What the keeper says to every member: the title, who was removed (identity hashes), and which tickets
    (their public keys) were cancelled."""

    title: str = ""
    removed: frozenset[bytes] = frozenset()
    cancelled: frozenset[bytes] = frozenset()

    def data(self) -> dict[str, Any]:
        """For the document."""
        return {
            "title": self.title,
            "removed": sorted(identity.hex() for identity in self.removed),
            "cancelled": sorted(ticket.hex() for ticket in self.cancelled),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "About":
        """Undo `data`; nothing, or what is not of its form, says nothing."""
        try:
            return cls(
                str((data or {})["title"]),
                frozenset(sized(identity, 32) for identity in (data or {})["removed"]),
                frozenset(sized(ticket, 32) for ticket in (data or {})["cancelled"]),
            )
        except (LookupError, TypeError, ValueError):
            return cls()
