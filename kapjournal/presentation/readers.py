"""Who can read a note, in words for the member whose door is open."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from kapjournal.domain.audience import in_words
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def readers_in_words(journal: "Journal", readers: Collection[MemberId]) -> str:
    """All `readers` by name: “Only you”, “You and Ben”, “All of you”."""
    return in_words(readers, journal.members.all(), journal.me.id)


def others_in_words(journal: "Journal", note: Note) -> str:
    """The readers of a note besides its author; empty if there are none."""
    others = note.readers - {note.author}
    return readers_in_words(journal, others) if others else ""
