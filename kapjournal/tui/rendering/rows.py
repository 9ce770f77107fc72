"""Where the lines of a text break on a page: at gaps, and within words that are longer than a row.

One look from the beginning to the end finds every break, and only those are kept, so that a text of any
length costs about as much as it has letters and no more than it has rows.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import split_graphemes

_STRETCH = 2048
"""Lines are looked at together, so many characters of them; a longer line by itself."""

_ROWS_AT_A_TIME = 8
"""Of a text that holds wide or odd characters, about so many rows are looked at together."""

_ONE_CELL = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0386-\u0482\u048a-\u052f\u05d0-\u05ea\u2010-\u2027\u2030-\u205e]*"
)
"""Letters of one cell, the space the only gap among them."""

_SPACES = re.compile(" *")


class _Stretch(NamedTuple):
    first: int
    """The number of its first row."""
    start: int
    end: int
    starts: "array[int] | None"
    """Where its rows begin in the text; None if each of its lines is one row."""

    def row(self, text: str, number: int) -> tuple[int, int]:
        if self.starts is not None:
            after = self.starts[number + 1] if number + 1 < len(self.starts) else self.end
            return self.starts[number], after
        lines = text[self.start : self.end].split("\n")
        start = self.start + sum(map(len, lines[:number])) + number
        return start, start + len(lines[number])


class Rows:
    """A text of one or more lines, broken to rows of at most `width` cells; it holds no tabs."""

    def __init__(self, text: str, width: int) -> None:
        self._text = text
        self._stretches = list(_stretches(text, width))
        self._firsts = [stretch.first for stretch in self._stretches]
        self.count = self._stretches.pop().first
        """How many rows there are: at least one."""

    def span(self, row: int) -> tuple[int, int]:
        """Where the words of a row begin and end, without the gap or the line end after them."""
        at = bisect_right(self._firsts, row, hi=len(self._stretches)) - 1
        stretch = self._stretches[at]
        start, end = stretch.row(self._text, row - stretch.first)
        return start, start + len(self._text[start:end].rstrip(" \n"))

    def row_of(self, place: int) -> int:
        """The row in which a place of the text stands."""
        return bisect_right(range(self.count), place, key=lambda row: self.span(row)[0]) - 1


def _stretches(text: str, width: int) -> Iterator[_Stretch]:
    """The stretches of a text, and after the last one an empty one that stands for the end."""
    first = start = 0
    while start <= len(text):
        end = text.find("\n", start + _STRETCH)
        end = len(text) if end < 0 else end
        part = text[start:end]
        lines = part.split("\n")
        if max(map(len, lines)) <= width and (part.isascii() or all(map(_ONE_CELL.fullmatch, lines))):
            yield _Stretch(first, start, end, None)
            first += len(lines)
        else:
            starts = array("L")
            at = start
            for line in lines:
                starts.append(at)
                starts.extend(at + column for column in breaks(line, width))
                at += len(line) + 1
            yield _Stretch(first, start, end, starts)
            first += len(starts)
        start = end + 1
    yield _Stretch(first, len(text), len(text), None)


def breaks(line: str, width: int) -> Iterator[int]:
    """The columns at which rows after the first begin. A gap may stand beyond the end of a row."""
    start, length = 0, len(line)
    while start < length:
        end = start + width
        seen = _ONE_CELL.match(line, start, end + 1)
        if seen is None or seen.end() < min(end + 1, length):
            found = _breaks_of_graphemes(line, start, width)
        elif end >= length:
            return
        else:
            found = [_break_of_one_cell_letters(line, start, end)]
        if not found or found[-1] >= length:
            return
        yield from found
        start = found[-1]


def _break_of_one_cell_letters(line: str, start: int, end: int) -> int:
    if line[end] == " ":
        gap = _SPACES.match(line, end)
        return gap.end() if gap else end
    return (line.rfind(" ", start, end) + 1) or end


def _breaks_of_graphemes(line: str, start: int, width: int) -> list[int]:
    """The next breaks of a line with wide or odd characters; none if the rest of it is one row."""
    window = line[start : start + _ROWS_AT_A_TIME * width]
    found: list[int] = []
    row = cells = after_gap = 0
    for first, end, size in split_graphemes(window)[0]:
        if window[first:end].isspace():
            cells += size
            after_gap = end
            continue
        while cells + size > width and first > row:
            row = after_gap if after_gap > row else first
            found.append(row)
            cells = _cells(window, row, first)
        cells += size
    if not found and start + len(window) < len(line):
        found.append(len(window))  # hardly anything in it has a width
    return [start + column for column in found]


def _cells(window: str, start: int, end: int) -> int:
    return split_graphemes(window[start:end])[1] if start < end else 0
