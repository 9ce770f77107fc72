"""The choice of a journal file: those nearby by name, or another by its path."""

from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal import paths
from kapjournal.errors import UsageError
from kapjournal.paths import SUFFIX
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import DoorsRoute, WelcomeRoute
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine

_FIRST = 2
"""How many screens there are when this is the first screen: Textual's own empty one lies under it."""


class ChooseJournalScreen(AppScreen):
    """Lists journal files by name alone; nothing is opened or dated here."""

    NAME = "file"
    CSS_PATH = "choose_journal.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = "Choose the journal to open, or type the path of its file; it usually ends in “.kap”."

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = files

    def compose(self) -> ComposeResult:
        """The list and a field."""
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("Which journal?", markup=False, classes="heading")
            if self._files:
                named = (shown_line(paths.from_here(file)) for file in self._files)
                yield OptionList(*(Option(Content(f" {name}")) for name in named), classes="choices")
            yield Static("The path of a journal file", markup=False, classes="caption")
            yield Field(placeholder=f"…{SUFFIX}")
            yield StatusLine()
            if len(self.app.screen_stack) == _FIRST:
                with Horizontal(classes="buttons"):
                    yield Button("Start or join one", id="other-ways")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the list, or with the field where there is no list."""
        self.query_one(OptionList if self._files else Field).focus()

    @on(OptionList.OptionSelected)
    def _listed(self, event: OptionList.OptionSelected) -> None:
        self._go_to(self._files[event.option_index])

    @on(Field.Submitted)
    def _typed(self, event: Field.Submitted) -> None:
        """Look in a thread: a folder on a network may take long to answer."""
        try:
            path = paths.typed(event.value)
        except UsageError as error:
            self.say_error(str(error))
            return

        def looked(is_there: bool) -> None:
            if is_there and self.is_current:
                self._go_to(path)
            elif not is_there:
                self.say_error("There is no such file.")

        background.run(self, path.is_file, looked, self.say_error)

    @on(Button.Pressed)
    def _other_ways(self) -> None:
        self.shell.go_to(WelcomeRoute())

    def _go_to(self, path: Path) -> None:
        self.shell.go_to(DoorsRoute(path))
