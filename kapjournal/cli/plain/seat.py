"""Who sits at the talk: before a door, and behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.cli.plain.talk import Talk
from kapjournal.domain.audience import in_words
from kapjournal.domain.notes import Draft

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that a lock interrupted: the draft's place, and the lines the journal does not have yet.

    They are for the person `author` at the journal `path`, and for nobody else.
    """

    path: Path
    author: bytes
    draft: Draft
    lines: tuple[str, ...]


@dataclass(slots=True)
class Host:
    """What holds before any door is open: the talk, what new keyslots cost (None: the usual), the folder of
    the sealed memory (None: the usual), and the journal one was in last."""

    talk: Talk
    strength: "KdfStrength | None" = None
    memory: Path | None = None
    path: Path | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at their open journal."""

    host: Host
    journal: "Journal"

    @property
    def talk(self) -> Talk:
        """The talk."""
        return self.host.talk

    def readers(self, ids: Collection[bytes]) -> str:
        """Who can read something, in words, oneself counted."""
        me = self.journal.me.id
        return in_words({*ids, me}, self.journal.members, me)

    def name(self, author: bytes) -> str:
        """A member in a sentence to this person."""
        return "you" if author == self.journal.me.id else self.journal.label_of(author)
