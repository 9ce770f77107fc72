"""Who sits at the talk: before a door, and behind it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.cli.plain.talk import Talk
from kapjournal.domain.audience import in_words
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that a lock interrupted: the draft's place, and the lines the journal does not have yet, which
    are the `whole` page where an earlier line was changed.

    They are for the person `author` at the journal `path`, and for nobody else.
    """

    path: Path
    author: MemberId
    draft: Draft
    lines: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """The keyboard goes from the keeper to somebody invited, who needs no more than this to join."""

    path: Path
    keeper: str
    name: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The keyboard goes back: two people, by label, whose keys meet when the keeper opens next."""

    path: Path
    keeper: str
    newcomer: str


@dataclass(slots=True)
class Host:
    """What holds before any door is open: the talk, what new keyslots cost (None: the usual), the folder of
    the sealed memory (None: the usual), the journal one was in last, and whose turn it is at the keyboard."""

    talk: Talk
    strength: "KdfStrength | None" = None
    memory: Path | None = None
    path: Path | None = None
    kept: Kept | None = None
    turn: HandOver | Meeting | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at their open journal."""

    host: Host
    journal: "Journal"

    @property
    def talk(self) -> Talk:
        """The talk."""
        return self.host.talk

    def readers(self, ids: Collection[MemberId]) -> str:
        """Who can read something, in words, oneself counted."""
        me = self.journal.me.id
        return in_words({*ids, me}, self.journal.members.all(), me)

    @property
    def others(self) -> list[Member]:
        """Everybody else who is still here."""
        return [m for m in self.journal.members.all() if m.id != self.journal.me.id and not m.removed]

    def name(self, author: MemberId) -> str:
        """A member in a sentence to this person."""
        return "you" if author == self.journal.me.id else self.journal.members.label_of(author)
