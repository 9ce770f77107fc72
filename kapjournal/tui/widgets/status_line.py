"""The sentence above the keys: what was done, or what went wrong."""

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
        &.-error { color: $warning; max-height: 16; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False, classes="-silent")
        self._end: Timer | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said this moment."""
        return self.has_class("-silent")

    def let_go(self) -> None:
        """End what is said, unless it is an error."""
        if not self.has_class("-error"):
            self.say("")

    def say(self, sentence: str, *, error: bool = False, stays: bool = False) -> None:
        """Show a sentence; an error, or one that `stays`, is there until there is something else to say."""
        if self._end is not None:
            self._end.stop()
            self._end = None
        self.set_class(error, "-error")
        self.set_class(not sentence, "-silent")
        self.update(shown_line(sentence))
        if sentence and not (error or stays):
            self._end = self.set_timer(self.SECONDS, lambda: self.say(""))
