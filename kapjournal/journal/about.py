"""What the keeper says to every member about the journal itself; there is one such document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapjournal.crypto.primitives import digest, purpose
from kapjournal.journal.version import sized

ABOUT = digest(purpose("about document"))[:16]


@dataclass(frozen=True, slots=True)
class About:
    """The title, and who is `gone`: identity hashes of removed members, public keys of cancelled tickets."""

    title: str = ""
    gone: frozenset[bytes] = frozenset()

    def data(self) -> dict[str, Any]:
        """For the document."""
        return {"title": self.title, "gone": hexes(self.gone)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "About":
        """Undo `data`; nothing, or what is not of its form, says nothing."""
        try:
            return cls(str((data or {})["title"]), from_hexes((data or {})["gone"]))
        except (LookupError, TypeError, ValueError):
            return cls()


def hexes(many: frozenset[bytes]) -> list[str]:
    """Values of 32 bytes for JSON, in no order that means anything."""
    return sorted(one.hex() for one in many)


def from_hexes(many: list[str]) -> frozenset[bytes]:
    """Undo `hexes` (`TypeError`, `ValueError`)."""
    return frozenset(sized(one, 32) for one in many)
