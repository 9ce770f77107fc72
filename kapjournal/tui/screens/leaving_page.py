"""The page of a write-up as it will leave, to look at."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.presentation.write_up_leaving import SHOWING
from kapjournal.tui import actions
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class LeavingPageScreen(JournalScreen):
    """Shows it; nothing is written."""

    NAME = "leaving-page"
    CSS_PATH = "letter.tcss"
    IS_RECORD = True
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is the page of the write-up as it will leave, with its head and foot. Arrow keys and Page "
        "Up/Down scroll. Nothing is written yet; {back} goes back to the form."
    )

    def __init__(self, journal: "Journal", words: str) -> None:
        """`words` are markdown."""
        super().__init__(journal)
        self._words = words

    def compose(self) -> ComposeResult:
        """The page, under a sentence on what it is."""
        yield TopBar(self._journal.me.label)
        with Center(id="sheet"), Vertical(id="page"):
            yield Static(SHOWING, markup=False, id="state")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(RenderedText).show(self._words)

    def on_unmount(self) -> None:
        """Forget it."""
        self._words = ""
