"""A dialog for who fears that somebody knows their passphrase: what new keys do, and a new passphrase."""

from dataclasses import dataclass

from kapjournal.errors import UsageError
from kapjournal.presentation import sentences
from kapjournal.tui.modals.passphrase_dialog import PassphraseDialog


@dataclass(frozen=True, slots=True, repr=False)
class NewDoor:
    """A passphrase and recovery words that open nothing yet."""

    passphrase: str
    words: str


class NewKeysModal(PassphraseDialog[NewDoor]):
    """Hands back the passphrase that was chosen, and 24 words to write down before anything is changed."""

    HEADING = "New keys"
    WHAT = sentences.NEW_KEYS
    DO = "Show the words"

    def go_on(self, known: str, passphrase: str) -> None:
        """Draw recovery words."""
        journal = self._journal

        def draw() -> NewDoor:
            from kapjournal.journal import generated_recovery_words  # noqa: PLC0415

            journal.keys.confirm_passphrase(known)
            if journal.keys.check_new_passphrase(passphrase) == known:
                raise UsageError(sentences.STILL_THE_SAME)
            return NewDoor(passphrase, generated_recovery_words())

        self.run_once("One moment…", draw, self._drawn)

    def _drawn(self, door: NewDoor) -> None:
        self.dismiss(door)
