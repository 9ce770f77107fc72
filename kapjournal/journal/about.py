"""What the keeper says to every member about the journal itself; there is one such document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapjournal.crypto.primitives import digest, purpose
from kapjournal.domain.sessions import MAX_PLANNED
from kapjournal.journal.version import sized

ABOUT = digest(purpose("about document"))[:16]


@dataclass(frozen=True, slots=True)
class About:
    """The title; who is `gone`: identity hashes of removed members, public keys of cancelled tickets; and how
    many sessions are `planned` in all, 0 where that was not said."""

    title: str = ""
    gone: frozenset[bytes] = frozenset()
    planned: int = 0

    def data(self) -> dict[str, Any]:
        """For the document."""
        return {"title": self.title, "gone": hexes(self.gone), "planned": self.planned}

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "About":
        """Undo `data`; nothing, or what is not of its form, says nothing."""
        try:
            told = data or {}
            return cls(str(told["title"]), from_hexes(told["gone"]), _planned(told.get("planned")))
        except (LookupError, TypeError, ValueError):
            return cls()


def _planned(value: object) -> int:
    """Not worth disbelieving the rest for: what is no such number was not said."""
    return value if type(value) is int and 0 <= value <= MAX_PLANNED else 0


MAX_GONE = 1000
"""More than any course has people; a keeper who names more could fill everybody's papers."""


def hexes(many: frozenset[bytes]) -> list[str]:
    """Values of 32 bytes for JSON, in no order that means anything."""
    return sorted(one.hex() for one in many)


def from_hexes(many: list[str]) -> frozenset[bytes]:
    """Undo `hexes` (`TypeError`, `ValueError`)."""
    if len(many) > MAX_GONE:
        raise ValueError
    return frozenset(sized(one, 32) for one in many)
