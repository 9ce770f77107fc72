"""A dialog that asks for the passphrase before it draws new recovery words: the journal may stand open."""

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.presentation import sentences
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field


class NewRecoveryWordsModal(FieldsDialog[str]):
    """Hands back 24 words that open nothing yet."""

    HEADING = "New recovery words"
    WHAT = sentences.NEW_WORDS_FIRST
    DO = "Show the words"

    def fields(self) -> ComposeResult:
        """The passphrase."""
        yield Static("Your passphrase once more", markup=False, classes="caption")
        yield Field(password=True, missing="Type your passphrase first.", id="passphrase")

    def filled_in(self) -> None:
        """Draw the words, if the passphrase is right."""
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
