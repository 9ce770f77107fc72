"""The form that starting, joining, recovering and restoring share: some fields, a passphrase, one button."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from kapjournal.errors import KapjournalError
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.passphrase_offer import generated_passphrase
from kapjournal.tui.screens.app_screen import AppScreen, Opened
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.types import CSSPathType


OpenedDoor = Opened[str | None]
"""An open journal and, of a new door, its recovery words."""


class DoorForm(AppScreen, Form[None]):
    """A form that ends in an open journal."""

    GUARDED = True
    CSS_PATH: "ClassVar[CSSPathType | None]" = "door_form.tcss"
    TITLE: ClassVar[str]
    heading = ""
    """Above the fields, in the place of the title if it says something."""
    SUBMIT_LABEL: ClassVar[str]
    PROGRESS: ClassVar[str]

    def compose(self) -> ComposeResult:
        """The fields, the passphrase and the buttons in one column."""
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static(self.heading or self.TITLE, markup=False, classes="heading")
            yield from self.compose_first()
            yield from self.compose_passphrase()
            yield from self.compose_last()
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(self.SUBMIT_LABEL, variant="primary", id="do")
                yield Button("Back", id="back")
            yield from self.compose_below()
        yield KeyFooter()

    def compose_first(self) -> ComposeResult:
        """The fields above the passphrase."""
        raise NotImplementedError

    def compose_passphrase(self) -> ComposeResult:
        """The fields for a new passphrase."""
        yield NewPassphrase(generated_passphrase)

    def compose_last(self) -> ComposeResult:
        """The fields below it, for a subclass to give."""
        yield from ()

    def compose_below(self) -> ComposeResult:
        """What stands under the buttons, for a subclass to give."""
        yield from ()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields (`KapjournalError`) and return what is to be done in a thread."""
        raise NotImplementedError

    @property
    def passphrase(self) -> str:
        """The passphrase that was chosen (`UsageError` if none was)."""
        with self.reading("again"):
            return self.query_one(NewPassphrase).passphrase

    async def arrive(self, opened: OpenedDoor) -> None:
        """Show the recovery words, if there are some, and enter."""
        await self.shell.show_recovery_words(*opened)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()

    def action_back(self) -> None:
        """Return, unless the journal is being opened this moment."""
        if not self._is_busy:
            super().action_back()

    @property
    def _is_busy(self) -> bool:
        return self.query_one("#do").disabled

    @on(Button.Pressed, "#do")
    def _do(self) -> None:
        if not self.is_complete:
            return
        try:
            work = self.work()
        except KapjournalError as error:
            self.say_error(str(error))
            return
        focused = self.focused
        self.query_one("#do").disabled = True
        self.say(self.PROGRESS)
        self.open_journal(work, self.arrive, partial(self._not_done, focused))

    def _not_done(self, focused: Widget | None, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#do").disabled = False
            self.say_error(sentence, focused)
