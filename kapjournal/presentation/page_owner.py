"""Whose page was interrupted by a lock, and at which journal."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class PageOwner:
    """The author of an interrupted page and their journal: only there do its words come back."""

    path: Path
    author: MemberId

    @classmethod
    def of(cls, journal: "Journal") -> "PageOwner":
        """The member whose door is open."""
        return cls(journal.path, journal.me.id)
