"""A partner's page that was kept in the record, over the whole screen."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical

from kapjournal.domain.couples import Couple
from kapjournal.domain.kept import KeptNote
from kapjournal.tui import actions
from kapjournal.tui.record_data import kept_heading
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class KeptPageScreen(JournalScreen):
    """Shows a page as it was when it was kept; nothing changes it."""

    NAME = "kept-page"
    CSS_PATH = "record.tcss"
    IS_RECORD = True
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is a page that a partner let you read, as it was when you kept it in your record. You alone "
        "can read it, and nobody in their journal is told. It stays as it is, whatever becomes of the page "
        "there.\n\n"
        "Arrow keys and Page Up/Down scroll, {back} goes back."
    )

    def __init__(self, journal: "Journal", note: KeptNote, couple: Couple | None) -> None:
        super().__init__(journal)
        self._note: KeptNote | None = note
        self._couple = couple

    def compose(self) -> ComposeResult:
        """The header and the words."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the page."""
        if self._note is not None:
            self.query_one(NoteHeader).show(kept_heading(self._note))
            self.query_one(RenderedText).show_blocks(blocks(self._note.body))

    def on_unmount(self) -> None:
        """Forget the page."""
        self._note = self._couple = None
