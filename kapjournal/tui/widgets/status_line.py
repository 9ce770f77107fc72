"""The sentence above the keys."""

from textual.timer import Timer
from textual.widgets import Static

from kapjournal.text import shown_line


class StatusLine(Static):
    """One calm sentence that goes away by itself; nothing pops up over the words."""

    SECONDS = 10.0
    DEFAULT_CSS = """
    StatusLine {
        height: auto;
        max-height: 3;
        padding: 0 2;
        color: $text-muted;
        &.-trouble { color: $warning; max-height: 16; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False, classes="-silent")
        self._going: Timer | None = None

    def say(self, sentence: str, *, trouble: bool = False, stays: bool = False) -> None:
        """Show a sentence; trouble, or one that `stays`, is there until there is something else to say."""
        if self._going is not None:
            self._going.stop()
            self._going = None
        self.set_class(trouble, "-trouble")
        self.set_class(not sentence, "-silent")
        self.update(shown_line(sentence))
        if sentence and not (trouble or stays):
            self._going = self.set_timer(self.SECONDS, lambda: self.say(""))
