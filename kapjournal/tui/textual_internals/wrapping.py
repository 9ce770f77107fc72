"""Where the lines of a page break: exactly where Textual breaks them, in a tenth of the time.

Textual measures every word of a line again at each key, and looks at all pieces of a line to show one of
them; on a paragraph of 20,000 words that is half a second. Here a piece of ordinary letters is broken by
looking at its end alone, and only what holds wide or odd characters is handed to Textual, a few pieces at a
time.

Private names used here: `textual._wrap.compute_wrap_offsets`, which is the rule itself; and
`textual.document._wrapped_document.WrappedDocument` with the tables it keeps (`_wrap_offsets`,
`_tab_width_cache`, `_offset_to_line_info`, `_line_index_to_offsets`, `_width`, `_tab_width`), which are
filled here in its place. The third and fourth hold objects for every row; here a number for every line does.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast

from textual._wrap import compute_wrap_offsets
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.geometry import clamp

_ONE_CELL = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0386-\u0482\u048a-\u052f\u05d0-\u05ea\u2010-\u2027\u2030-\u205e]*"
)
"""Letters of one cell, the space the only gap among them."""

_WORD_AND_GAP = re.compile(r"\S+\s*")
_NEXT_WORD = re.compile(r"(?<=\s)\S")
_LEAST_WIDTH = 4
_NONE: list[int] = []
"""The breaks and tabs of every line that has none; nobody changes it."""
_AT_A_TIME = 4
"""So many pieces, or about that, are handed to Textual together."""


def wrap_offsets(line: str, width: int, tab_size: int = 4) -> list[int]:
    """The columns at which `line` is broken to fit `width` cells (0: nowhere), as `compute_wrap_offsets`.

    What comes after a break before a word does not depend on what came before it, so each piece is found from
    the break before. Tabs are the exception: their width depends on the whole line.
    """
    if not width:
        return []
    if width < _LEAST_WIDTH or "\t" in line:
        return compute_wrap_offsets(line, width, tab_size, True, get_tab_widths(line, tab_size))
    offsets: list[int] = []
    start, length = 0, len(line)
    while length - start > width or not _ONE_CELL.fullmatch(line, start):
        found = _one_break(line, start, start + width)
        more = [found] if found else _folds(line, start, width)
        if not more:
            more = _by_textual(line, start, width, tab_size)
            if not more or not _is_before_a_word(line, more[-1]):
                return offsets + more
        offsets += more
        start = offsets[-1]
    return offsets


def _one_break(line: str, start: int, end: int) -> int:
    """The break of a piece of one-cell letters: before the word that would go beyond `end`, with its gap.

    0 if the piece is not of that sort, or has no such word.
    """
    window = _ONE_CELL.match(line, start, end + 1)
    if window is None or window.end() <= end:
        return 0
    if line[end] != " ":
        return line.rfind(" ", start, end) + 1
    word = line[start:end].rstrip(" ")
    gap = word.rfind(" ")
    return start + gap + 1 if gap >= 0 else 0


def _is_one_piece(line: str, width: int) -> bool:
    """Whether it is plain at once that a line need not be broken."""
    return not width or (len(line) <= width and line.isascii() and "\t" not in line)


def _folds(line: str, start: int, width: int) -> list[int]:
    """The breaks within a word of one-cell letters, with its gap, that is longer than a piece."""
    word = _WORD_AND_GAP.match(line, start)
    if word is None or word.end() - start <= width or not _ONE_CELL.fullmatch(line, start, word.end()):
        return []
    return list(range(start + width, word.end(), width))


def _by_textual(line: str, start: int, width: int, tab_size: int) -> list[int]:
    """The next breaks, found by Textual, up to one before a word or to the end of the line."""
    reach = _AT_A_TIME * width
    while True:
        word = _NEXT_WORD.search(line, start + reach) if start + reach < len(line) else None
        part = line[start : word.start() if word else None]
        found = [start + offset for offset in compute_wrap_offsets(part, width, tab_size, True, [(part, 0)])]
        if word is None:
            return found
        while found and not _is_before_a_word(line, found[-1]):
            found.pop()
        if found:
            return found
        reach *= 2


def _is_before_a_word(line: str, column: int) -> bool:
    return line[column - 1].isspace() and not line[column].isspace()


class CountingDocument(Document):
    """A document that counts its changes."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.changes = 0

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put `text` in the place of what stands from `start` to `end`."""
        self.changes += 1
        return super().replace_range(start, end, text)


class FastWrappedDocument(WrappedDocument):
    """`WrappedDocument` with the quick rule, and without work for lines that are not asked for.

    `_tops` are the first row of each line, and behind them how many rows there are."""

    _wrapped_as: tuple[int, int, int] | None = None
    """The width, the width of a tab and the number of changes for which every line is broken."""

    @property
    def height(self) -> int:
        """How many lines there are on the page."""
        return self._tops[-1]

    def get_sections(self, line_index: int) -> list[str]:
        """The pieces of a line."""
        line, offsets = self.document[line_index], self._wrap_offsets[line_index]
        return [line[start:end] for start, end in zip([0, *offsets], [*offsets, None], strict=True)]

    def piece_at(self, row: int) -> tuple[int, int]:
        """Line and piece of a row of the page."""
        return self._offset_to_line_info[row]

    def section(self, line_index: int, piece: int) -> tuple[int, str]:
        """One piece, and the column where it begins."""
        offsets = self._wrap_offsets[line_index]
        start = offsets[piece - 1] if piece else 0
        end = offsets[piece] if piece < len(offsets) else None
        return start, self.document[line_index][start:end]

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break every line, unless each is broken to this width already: `TextArea` asks often."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        if isinstance(self.document, CountingDocument):
            wanted = (width, self._tab_width, self.document.changes)
            if wanted == self._wrapped_as:
                return
            self._wrapped_as = wanted
        self._wrap_offsets, self._tab_width_cache = [], []
        self._tops = array("Q", [0])
        self._replace(0, 0, self.document.lines)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break the lines from `start` to `new_end` that stand where those to `old_end` were."""
        old_last, new_last = len(self._wrap_offsets) - 1, self.document.line_count - 1
        first = clamp(start[0], 0, min(old_last, new_last))
        top = min(first, clamp(old_end[0], 0, old_last))
        old_bottom = max(first, clamp(old_end[0], 0, old_last))
        new_bottom = max(first, clamp(new_end[0], 0, new_last))
        self._replace(top, old_bottom + 1, self.document.lines[top : new_bottom + 1])

    def _replace(self, top: int, old_end: int, lines: list[str]) -> None:
        """Put the breaks of `lines` in the place of those of the lines `top` to `old_end`."""
        width, tab_width = self._width, self._tab_width
        breaks = [
            _NONE if _is_one_piece(line, width) else wrap_offsets(line, width, tab_width) for line in lines
        ]
        tabs = [_tab_widths(line, tab_width) if "\t" in line else _NONE for line in lines]
        first, old_end_y = self._tops[top], self._tops[old_end]
        tops = array("Q", accumulate((len(offsets) + 1 for offsets in breaks), initial=first))
        self._wrap_offsets[top:old_end] = breaks
        self._tab_width_cache[top:old_end] = tabs
        below, shift = self._tops[old_end + 1 :], tops[-1] - old_end_y
        self._tops[top:] = tops
        self._tops.extend(array("Q", [y + shift for y in below]) if shift else below)
        self._line_index_to_offsets = cast("list[list[int]]", _RowsOfLines(self._tops))
        self._offset_to_line_info = cast("list[tuple[int, int]]", _PlacesOfRows(self._tops))


class _RowsOfLines(Sequence[list[int]]):
    """The rows of each line, as `WrappedDocument` asks for them: made when asked for, from the first row of
    each line."""

    def __init__(self, tops: Sequence[int]) -> None:
        self._tops = tops

    def __len__(self) -> int:
        return len(self._tops) - 1

    def __getitem__(self, line: Any) -> Any:
        line = line + len(self) if line < 0 else line
        if not 0 <= line < len(self):
            raise IndexError(line)
        return list(range(self._tops[line], self._tops[line + 1]))


class _PlacesOfRows(Sequence[tuple[int, int]]):
    """The line and the piece of each row, in the same way."""

    def __init__(self, tops: Sequence[int]) -> None:
        self._tops = tops

    def __len__(self) -> int:
        return self._tops[-1]

    def __getitem__(self, row: Any) -> Any:
        row = row + len(self) if row < 0 else row
        if not 0 <= row < len(self):
            raise IndexError(row)
        line = bisect_right(self._tops, row) - 1
        return line, row - self._tops[line]


def _tab_widths(line: str, tab_size: int) -> list[int]:
    return [width for _, width in get_tab_widths(line, tab_size)]
