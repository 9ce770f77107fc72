"""The note beside the list, where there is room for it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.widgets.note_header import NoteHeader, NoteHeading
from kapjournal.tui.widgets.rendered_text import RenderedText


class NotePane(Vertical):
    """Header and words of one note; the mouse scrolls it, the keys stay with the list."""

    def compose(self) -> ComposeResult:
        """Header and words, one over the other; the words take no keys: these come to a note once it is
        opened."""
        yield NoteHeader()
        words = RenderedText()
        words.can_focus = False
        yield words

    def show(self, heading: NoteHeading, body: str, query: str = "") -> None:
        """Show a note, with the words of a query marked."""
        self.query_one(NoteHeader).show(heading)
        self.query_one(RenderedText).show(body, query)

    def show_blocks(self, heading: NoteHeading, page: Sequence[Block]) -> None:
        """Show what is laid out as blocks already."""
        self.query_one(NoteHeader).show(heading)
        self.query_one(RenderedText).show_blocks(page)

    def clear(self) -> None:
        """Show no note."""
        self.query_one(NoteHeader).clear()
        self.query_one(RenderedText).show("")
