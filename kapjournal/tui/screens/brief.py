"""One screen on a couple in the minutes before a session."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical

from kapjournal.domain.couples import Couple
from kapjournal.presentation import brief as saying
from kapjournal.presentation.brief import Brief
from kapjournal.presentation.brief_view import read_brief
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import SavePageRoute
from kapjournal.tui.rendering.brief import brief_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class BriefScreen(JournalScreen):
    """Shows it; nothing is changed by reading it."""

    NAME = "brief"
    CSS_PATH = "brief.tcss"
    IS_RECORD = True
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is what you need before a session: open safety marks, what each marked to bring, in their own "
        "words (of who marked nothing, what they wrote to you since the last one), their intentions, what "
        "was agreed, effects of the last dose, measures that changed beyond chance, the last plan, and what "
        "is not signed. A section with nothing in it is left "
        "out.\n\n"
        "Their journal is opened for it and closed again. {save-page} saves the page to a file, to print it: "
        "there it is not sealed."
    )

    def __init__(self, journal: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        """Of a couple of the practice `journal`; `theirs` is their journal where it is open."""
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._theirs = theirs
        self._brief: Brief | None = None

    def compose(self) -> ComposeResult:
        """The page."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read it."""
        self.say("Reading…")
        couple = self._couple
        if couple is not None:
            work = partial(read_brief, self._journal, couple, self._theirs)
            background.run(self, work, self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget what was read."""
        self._couple = self._brief = self._theirs = None

    def _show(self, brief: Brief) -> None:
        self._brief = brief
        self.say("")
        self._draw()

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self._draw()

    def _draw(self) -> None:
        if self._brief is not None:
            page = self.query_one(RenderedText)
            page.show_blocks(brief_page(self._brief, page.size.width - 1, page.size.height))

    def action_save_page(self) -> None:
        """Go to the form that saves the page."""
        if self._brief is not None:
            text = "\n".join(saying.lines(self._brief)) + "\n"
            self.shell.go_to(SavePageRoute(self._journal, text, "brief.txt"))
