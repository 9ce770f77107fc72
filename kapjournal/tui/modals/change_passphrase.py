"""A new passphrase for one's own door. The old one is asked for, since the door may stand open."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain import sentences
from kapjournal.errors import KapjournalError
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ChangePassphraseModal(Dialog[str]):
    """Hands back a sentence when the door has the new passphrase."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """The choice, and what it does not do."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("Change your passphrase", markup=False, classes="heading")
            yield Field(placeholder="your passphrase as it is now", password=True, id="now")
            yield NewPassphrase()
            yield Static(sentences.OLDER_COPIES, markup=False, classes="said")
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button("Change", variant="primary", id="change")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#now").focus()

    @on(Field.Submitted)
    def _to_the_next_field(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#change")
    def _change(self) -> None:
        journal, strength = self._journal, self.kap.strength
        now = self.query_one("#now", Field)
        if not now.value:
            now.focus()
            self.trouble("Type the passphrase you have now, too: the door may stand open.")
            return
        known = now.value
        try:
            passphrase = self.query_one(NewPassphrase).passphrase
        except KapjournalError as error:
            self.trouble(str(error))
            return

        def change() -> None:
            journal.keys.confirm_passphrase(known)
            journal.keys.change_passphrase(passphrase, strength=strength)

        self.work("Changing your passphrase…", change, self._changed)

    def _changed(self, _: None) -> None:
        self.dismiss(sentences.DOOR_CHANGED)
