"""What the dialogs that ask for a new passphrase share: they ask for the present one, too, since the journal
may stand open unattended."""

from typing import TYPE_CHECKING, ClassVar, Generic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.errors import KapjournalError
from kapjournal.tui.modals.dialog import Answer, Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.passphrase_offer import generated_passphrase
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class PassphraseDialog(Dialog[Answer], Form[Answer], Generic[Answer]):
    """The present passphrase and a new one, under a sentence on what they are asked for."""

    AUTO_FOCUS = ""
    HEADING: ClassVar[str]
    WHAT: ClassVar[str]
    DO: ClassVar[str]

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """What is going to happen, the present passphrase, and the new one."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(self.HEADING, markup=False, classes="heading")
            yield Static(self.WHAT, markup=False, classes="aside")
            yield Field(
                placeholder="your passphrase as it is now",
                password=True,
                missing="Type the passphrase you have now, too: the door may stand open.",
                id="now",
            )
            yield NewPassphrase(generated_passphrase)
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(self.DO, variant="primary", id="change")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Begin with the present passphrase, and with what is said above it as far as there is room."""
        now = self.query_one("#now")
        now.focus(scroll_visible=False)
        self.call_after_refresh(now.scroll_visible, animate=False)

    def go_on(self, known: str, passphrase: str) -> None:
        """Do what the passphrases were asked for; nothing has looked yet whether `known` is right."""
        raise NotImplementedError

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#change")
    def _change(self) -> None:
        if not self.is_complete:
            return
        try:
            passphrase = self.query_one(NewPassphrase).passphrase
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self.go_on(self.query_one("#now", Field).value, passphrase)
