"""A dialog that asks for the passphrase before it draws new recovery words: the journal may stand open."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.presentation import sentences
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NewRecoveryWordsModal(Dialog[str], Form[str]):
    """Hands back 24 words that open nothing yet."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """What is going to happen, and the passphrase."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("New recovery words", markup=False, classes="heading")
            yield Static(sentences.NEW_WORDS_FIRST, markup=False, classes="aside")
            yield Static("Your passphrase once more", markup=False, classes="caption")
            yield Field(password=True, missing="Type your passphrase first.", id="passphrase")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Show the words", variant="primary", id="show")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Begin with the passphrase."""
        self.query_one(Field).focus()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#show")
    def _ask(self) -> None:
        if not self.is_complete:
            return
        field = self.query_one(Field)
        journal, passphrase = self._journal, field.value

        def draw() -> str:
            from kapjournal.journal import generated_recovery_words  # noqa: PLC0415

            journal.keys.confirm_passphrase(passphrase)
            return generated_recovery_words()

        field.value = ""
        self.run_once("One moment…", draw, self._drawn)

    def _drawn(self, words: str) -> None:
        self.dismiss(words)
