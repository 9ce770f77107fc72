"""A dialog for a new passphrase; it asks for the present one, since the journal may stand open unattended."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.errors import KapjournalError
from kapjournal.presentation import sentences
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.passphrase_offer import generated_passphrase
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ChangePassphraseModal(Dialog[str]):
    """Hands back a sentence when the door has the new passphrase."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """The present passphrase, the new one, and what a change does not do."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("Change your passphrase", markup=False, classes="heading")
            yield Field(placeholder="your passphrase as it is now", password=True, id="now")
            yield NewPassphrase(generated_passphrase)
            yield Static(sentences.OLDER_COPIES, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Change", variant="primary", id="change")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Begin with the present passphrase."""
        self.query_one("#now").focus()

    @on(Field.Submitted)
    def _to_the_next_field(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#change")
    def _change(self) -> None:
        journal, strength = self._journal, self.shell.strength
        now = self.query_one("#now", Field)
        if not now.value:
            now.focus()
            self.say_error("Type the passphrase you have now, too: the door may stand open.")
            return
        known = now.value
        try:
            passphrase = self.query_one(NewPassphrase).passphrase
        except KapjournalError as error:
            self.say_error(str(error))
            return

        def change() -> None:
            journal.keys.confirm_passphrase(known)
            journal.keys.change_passphrase(passphrase, strength=strength)

        self.run_once("Changing your passphrase…", change, self._changed)

    def _changed(self, _: None) -> None:
        self.dismiss(sentences.DOOR_CHANGED)
