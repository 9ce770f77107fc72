"""The recovery words of new keys: shown and asked back before the keys are replaced."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kapjournal.presentation import sentences, will
from kapjournal.tui import actions
from kapjournal.tui.screens.recovery_words import NewRecoveryWordsScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NewKeysScreen(NewRecoveryWordsScreen):
    """The keys are replaced once the word asked for is right, in one transaction, and not before: whoever
    goes back, is locked out or pulls the plug has the old passphrase and the old words."""

    NAME = "new-keys"
    BINDINGS = actions.bindings(NAME)
    HEADING = "The recovery words of your new keys"
    WHY = sentences.NEW_KEYS_WORDS
    UNUSED = sentences.NEW_KEYS_UNUSED
    PERHAPS = sentences.NEW_KEYS_PERHAPS
    LEFT = sentences.NEW_KEYS_LEFT
    NOT_SEALED = "Until your keys are new, the passphrase and the words you had hold."
    HELP = (
        "If you forget your passphrase, these 24 words in this order open your door. Write them by hand on "
        "paper and keep it where you keep your passport; do not photograph them. Keep the old papers until "
        "you are told that your keys are new.\n\n"
        "Your new passphrase and these words hold when you have typed one of the words back. {back} leaves "
        "everything as it was, and so does a lock: then the new ones open nothing, and the old ones still do."
        "\n\n"
        "With new keys, an older copy of the file opens as before, but nothing that is written from then on "
        "can be read with it, as soon as the others have opened the journal once. You stay who you are."
    )

    def __init__(self, journal: "Journal", words: str, passphrase: str) -> None:
        super().__init__(journal, words)
        self._passphrase = passphrase

    def on_unmount(self) -> None:
        """Forget the passphrase; the words are forgotten, too."""
        self._passphrase = ""

    def sealing(self, journal: "Journal", words: str) -> Callable[[], str]:
        """Replace the keys."""
        passphrase, strength = self._passphrase, self.shell.strength

        def replace() -> str:
            closes_will = will.closed_by_keys(journal)
            journal.keys.replace(passphrase, words, strength=strength)
            return f"{sentences.KEYS_REPLACED} {closes_will}".strip()

        return replace
