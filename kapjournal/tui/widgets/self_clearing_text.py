"""A text that must not stay in memory: of a note, a code, an offered passphrase, recovery words."""

from textual.widgets import Static


class SelfClearingText(Static):
    """Forgets what it showed when it leaves the screen; widgets may live on in memory for long after that."""

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(words, markup=False, id=id, classes=classes)

    def on_unmount(self) -> None:
        """Forget the text."""
        self.update("")
