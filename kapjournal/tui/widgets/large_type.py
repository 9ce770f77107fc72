"""One short line in large type, as large as there is room for."""

import unicodedata
from itertools import pairwise

from textual.content import Content
from textual.widgets import Static

from kapjournal.pictures.large_type import drawn
from kapjournal.text import shown_line
from kapjournal.tui import graphemes


class LargeType(Static):
    """Draws a line in blocks. Where it cannot be drawn, or where there is no room, it stands there in bold
    letters, widely spaced unless they join."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LargeType { height: auto; color: $primary; text-style: bold; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._words = ""
        self._rows = 0
        self._is_plain = False

    def show(self, words: str, rows: int, *, is_plain: bool = False) -> None:
        """Show a line in at most so many rows; `is_plain` never draws it."""
        self._words, self._rows, self._is_plain = shown_line(words), rows, is_plain
        self._draw()

    def on_resize(self) -> None:
        """Draw it as large as there is room for now."""
        self._draw()

    def on_unmount(self) -> None:
        """Forget it: there is a name in it."""
        self._words = ""
        self.update("")

    def _draw(self) -> None:
        width = self.content_size.width
        rows = () if self._is_plain or not width else drawn(self._words, width, self._rows)
        self.update(Content("\n").join(map(Content, rows)) if rows else Content(spaced(self._words, width)))


def spaced(words: str, width: int) -> str:
    """A line with a space between every two characters and three between words, where its letters do not
    join and it fits into `width` cells; else as it is."""
    joins = any(unicodedata.bidirectional(one) in ("AL", "R") for one in words)
    wide = "   ".join(" ".join(_characters(word)) for word in words.split())
    return words if joins or Content(wide).cell_length > width else wide


def _characters(word: str) -> list[str]:
    cuts = [0]
    while cuts[-1] < len(word):
        cuts.append(graphemes.after(word, cuts[-1]))
    return [word[start:end] for start, end in pairwise(cuts)]
