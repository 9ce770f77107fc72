"""What the dialogs that ask for a new passphrase share: they ask for the present one, too, since the journal
may stand open unattended."""

from typing import Generic

from textual.app import ComposeResult

from kapjournal.errors import KapjournalError
from kapjournal.tui.modals.dialog import Answer
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.passphrase_offer import generated_passphrase
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase


class PassphraseDialog(FieldsDialog[Answer], Generic[Answer]):
    """The present passphrase and a new one, under a sentence on what they are asked for."""

    def fields(self) -> ComposeResult:
        """The present passphrase, and the new one."""
        yield Field(
            placeholder="your passphrase as it is now",
            password=True,
            missing="Type the passphrase you have now, too: the door may stand open.",
            id="now",
        )
        yield NewPassphrase(generated_passphrase)

    def go_on(self, known: str, passphrase: str) -> None:
        """Do what the passphrases were asked for; nothing has looked yet whether `known` is right."""
        raise NotImplementedError

    def filled_in(self) -> None:
        """Go on, if the new passphrase can be one."""
        try:
            with self.reading("again"):
                passphrase = self.query_one(NewPassphrase).passphrase
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self.go_on(self.query_one("#now", Field).value, passphrase)
