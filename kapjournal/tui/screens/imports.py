"""What was imported, and the way to take it out again."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.incoming import Import, Undone
from kapjournal.presentation import imports as saying
from kapjournal.tui import actions, background
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ImportsScreen(JournalScreen):
    """A list of imports; Enter or {undo-import} asks, then takes one out."""

    NAME = "imports"
    CSS_PATH = "imports.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = f"Each line is what came at one time. {{undo-import}} takes it out again. {saying.UNDOING_MEANS}"

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._imports: list[Import] = []
        self._busy = False

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield OptionList()
            yield Static(saying.NONE, markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the imports."""
        self.query_one("#pane").border_title = "Imported"
        self.query_one("#empty").display = False
        self.query_one(OptionList).focus()
        background.run(self, self._journal.imports.all, self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget them."""
        self._imports = []

    def _show(self, found: list[Import]) -> None:
        self._imports = found
        rows = self.query_one(OptionList)
        rows.set_options(Option(Content(saying.in_a_line(one)), one.id) for one in found)
        rows.highlighted = 0 if found else None
        rows.display = bool(found)
        self.query_one("#empty").display = not found

    @on(OptionList.OptionSelected)
    def action_undo_import(self) -> None:
        """Ask, then take the chosen import out."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._imports) and not self._busy:
            question = ConfirmModal(saying.UNDOING, saying.UNDOING_MEANS, "Take it out")
            self.app.push_screen(question, partial(self._undo, self._imports[place]))

    def _undo(self, one: Import, sure: bool | None) -> None:
        if not sure:
            return
        imports, self._busy = self._journal.imports, True
        self.say("Taking it out…")

        def undo() -> tuple[Undone, list[Import]]:
            return imports.undo(one.id), imports.all()

        background.run(self, undo, self._undone, self._not_undone)

    def _undone(self, result: tuple[Undone, list[Import]]) -> None:
        self._busy = False
        self._show(result[1])
        self.say(" ".join(saying.undone(result[0])))

    def _not_undone(self, sentence: str) -> None:
        self._busy = False
        self.say_error(sentence)
