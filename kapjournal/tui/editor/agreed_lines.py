"""The lines of what was agreed on an open dose pad, which take in what less is asked for meanwhile."""

from collections.abc import Callable, Sequence

from kapjournal.presentation.agreed import AgreedOnThePad
from kapjournal.tui import background
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

LOOK_EVERY = 4.0
"""Seconds between two looks at what a partner may have asked for at their own door."""


class AgreedLines(SelfClearingText):
    """Two quiet lines, read in a thread; not there where nothing was agreed."""

    def __init__(self, agreed: AgreedOnThePad, read_all: str, on_error: Callable[[str], object]) -> None:
        """`read_all` follows a line that is cut: the key that shows all of it."""
        super().__init__(_in_full(agreed.lines, read_all), id="agreements")
        self._agreed = agreed
        self._read_all = read_all
        self._on_error = on_error
        self._looking = False
        self.display = bool(agreed.lines)

    def on_mount(self) -> None:
        """Keep looking."""
        self.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Look at it once more, unless it is being looked at."""
        if not self._looking:
            self._looking = True
            background.run(self, self._agreed.look, self._looked, self._not_looked, group="agreed")

    def _looked(self, is_new: bool) -> None:
        self._looking = False
        if is_new:
            self.update(_in_full(self._agreed.lines, self._read_all))
            self.display = bool(self._agreed.lines)

    def _not_looked(self, sentence: str) -> None:
        self._looking = False
        self._on_error(sentence)


def _in_full(lines: Sequence[str], read_all: str) -> str:
    return "\n".join(f"{line} {read_all}" if line.endswith("…") else line for line in lines)
