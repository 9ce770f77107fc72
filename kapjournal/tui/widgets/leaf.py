"""The note beside the list, where there is room for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.tui.widgets.note_head import NoteHead
from kapjournal.tui.widgets.reading import Reading

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class Leaf(Vertical):
    """Head and words of one note; the mouse scrolls it, the keys stay with the list."""

    def compose(self) -> ComposeResult:
        """Head and words."""
        yield NoteHead()
        yield Reading()

    def on_mount(self) -> None:
        """Opening the note is what gives it the keys."""
        self.query_one(Reading).can_focus = False

    def show(self, journal: "Journal", note: Note | None, sessions: Iterable[Session]) -> None:
        """Show a note, or nothing."""
        if note is None:
            self.query_one(NoteHead).clear()
            self.query_one(Reading).show("")
            return
        self.query_one(NoteHead).show(journal, note, sessions)
        self.query_one(Reading).show(note.text.body)
