"""A dialog for a new passphrase on the same keys."""

from kapjournal.presentation import sentences
from kapjournal.tui.modals.passphrase_dialog import PassphraseDialog


class ChangePassphraseModal(PassphraseDialog[str]):
    """Hands back a sentence when the door has the new passphrase."""

    HEADING = "Change your passphrase"
    WHAT = sentences.OLDER_COPIES
    DO = "Change"

    def go_on(self, known: str, passphrase: str) -> None:
        """Change the passphrase."""
        journal, strength = self._journal, self.shell.strength

        def change() -> None:
            journal.keys.confirm_passphrase(known)
            journal.keys.change_passphrase(passphrase, strength=strength)

        self.run_once("Changing your passphrase…", change, self._changed)

    def _changed(self, _: None) -> None:
        self.dismiss(sentences.DOOR_CHANGED)
