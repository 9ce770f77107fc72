"""The note beside the list, where there is room for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NotePane(Vertical):
    """Head and words of one note; the mouse scrolls it, the keys stay with the list."""

    def compose(self) -> ComposeResult:
        """Head and words."""
        yield NoteHeader()
        yield RenderedText()

    def on_mount(self) -> None:
        """Opening the note is what gives it the keys."""
        self.query_one(RenderedText).can_focus = False

    def show(self, journal: "Journal", note: Note | None, sessions: Iterable[Session]) -> None:
        """Show a note, or nothing."""
        if note is None:
            self.query_one(NoteHeader).clear()
            self.query_one(RenderedText).show("")
            return
        self.query_one(NoteHeader).show(journal, note, sessions)
        self.query_one(RenderedText).show(note.text.body)
