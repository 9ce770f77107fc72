"""A course over time drawn with characters: by day from left to right, over the whole range from foot to top.

The line is of Braille dots, two by four in a cell. What two things have in common is the place, never the
colour: sessions, doses and incomplete answers stand in rows of their own, which are named at the left.

Libraries were tried. textual-plot 0.10 ends the program where NO_COLOR is set (Textual 8.2), brings numpy
(74 MB, half as long to import as Textual), draws lines in colours that no theme knows, and writes no number
beside a point. textual-plotext wants plotext 5, which is no longer kept. Of plotille we would use one line.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from textual.content import Content

from kapjournal.domain.series import Series
from kapjournal.presentation import charts

POINT, CROWDED = "♦", "·"
"""A point with a number, and what stands for the number of a session or dose that has no room."""

LEAST_COLUMNS, LEAST_ROWS = 24, 5
"""With fewer cells between the axes nothing could be told from a picture."""

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The dots of a Braille cell from top to foot, left and right, in the order of Unicode."""

_EMPTY, _LINE, _TAKEN = range(3)

_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
"""Distances between two labels of the left axis, in points."""

Cell = tuple[str, str]
"""A character and its style."""


def draw(series: Series, width: int, height: int) -> list[Content] | None:
    """The rows of a chart, `height` of them; None where there is nothing to draw or too little room."""
    if not series.points or series.days is None:
        return None
    named = list(charts.rows_below(series))
    figures = [charts.figure(value) for value in (series.lowest, series.highest)]
    gutter = max(len(text) for text in (*figures, *(name for name, _ in named))) + 1
    columns, rows = width - gutter - 2, height - 3 - len(named)
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        return None
    plot = _Plot(series, columns, rows)
    scale = _scale(series, rows)
    picture = [_heading(series, width)]
    picture += [
        _joined(scale.get(row, ""), gutter, "│ ", cells) for row, cells in enumerate(plot.cells_by_row())
    ]
    ends, labels = _day_labels(series, columns)
    picture.append(_joined("", gutter, "──", _axis(columns, ends)))
    picture.append(_joined("", gutter, "  ", labels))
    picture += [
        _joined(name, gutter, "  ", _along(series, columns, texts), style="$secondary")
        for name, texts in named
    ]
    return picture


def _heading(series: Series, width: int) -> Content:
    words = Content.styled(charts.title(series), "bold")
    if series.direction:
        words += Content.styled(f"  {charts.direction(series)}", "$text-muted")
    return words.truncate(width, ellipsis=True)


def _joined(name: str, gutter: int, edge: str, cells: Iterable[Cell], style: str = "$text-muted") -> Content:
    """A row of the picture: its name, the left axis, and the cells, pieces of one style joined."""
    pieces = (
        ("".join(character for character, _ in same), style)
        for style, same in groupby(cells, key=lambda cell: cell[1])
    )
    return Content.assemble((f"{name:>{gutter - 1}} ", style), (edge, "$text-muted"), *pieces)


class _Plot:
    """The cells between the axes: first the line, then the points, then the values where there is room."""

    def __init__(self, series: Series, columns: int, rows: int) -> None:
        self._series, self._columns, self._rows = series, columns, rows
        self._dots: dict[tuple[int, int], int] = {}
        self._written: dict[tuple[int, int], Cell] = {}
        placed = []
        for run in series.runs():
            dots = [self._dot(day, value) for day, value in run]
            for one, next_one in pairwise(dots):
                self._line(one, next_one)
            placed += [(x // 2, y // 4, charts.figure(run[i][1])) for i, (x, y) in enumerate(dots)]
        for column, row, _ in placed:
            self._written[row, column] = (POINT, "bold $primary")
        for column, row, value in placed:
            self._write(value, column, row)

    def cells_by_row(self) -> Iterator[list[Cell]]:
        """The rows from the top."""
        for row in range(self._rows):
            yield [self._cell(row, column) for column in range(self._columns)]

    def _dot(self, day: dt.date, value: float) -> tuple[int, int]:
        """The place of a point in dots, from the left and from the top."""
        right, down = 2 * self._columns - 1, 4 * self._rows - 1
        return _nearest(self._series.along(day), right), down - _nearest(self._series.up(value), down)

    def _line(self, begin: tuple[int, int], end: tuple[int, int]) -> None:
        across, down = end[0] - begin[0], end[1] - begin[1]
        steps = max(abs(across), abs(down), 1)
        for step in range(steps + 1):
            x, y = begin[0] + _rounded(across * step, steps), begin[1] + _rounded(down * step, steps)
            place = (y // 4, x // 2)
            self._dots[place] = self._dots.get(place, 0) | _BITS[y % 4][x % 2]

    def _write(self, value: str, column: int, row: int) -> None:
        """Write a value above, below or beside its point, where it covers nothing; else where it covers only
        the line; else not at all."""
        middle, size = column - len(value) // 2, len(value)
        middle = min(max(middle, 0), self._columns - size)
        places = ((row - 1, middle), (row + 1, middle), (row, column + 1), (row, column - size))
        for most in (_EMPTY, _LINE):
            for at_row, start in places:
                cells = [(at_row, start + i) for i in range(size)]
                if all(self._state(*cell) <= most for cell in cells):
                    self._written |= {
                        cell: (letter, "bold") for cell, letter in zip(cells, value, strict=True)
                    }
                    return

    def _state(self, row: int, column: int) -> int:
        if not (0 <= row < self._rows and 0 <= column < self._columns) or (row, column) in self._written:
            return _TAKEN
        return _LINE if (row, column) in self._dots else _EMPTY

    def _cell(self, row: int, column: int) -> Cell:
        if found := self._written.get((row, column)):
            return found
        dots = self._dots.get((row, column), 0)
        return (chr(0x2800 + dots), "$primary") if dots else (" ", "")


def _nearest(share: float, most: int) -> int:
    return int(share * most + 0.5)


def _rounded(part: int, whole: int) -> int:
    """The nearest whole number to a fraction, halves up."""
    return (2 * part + whole) // (2 * whole)


def _scale(series: Series, rows: int) -> dict[int, str]:
    """What stands at the left axis, by row: the lowest, the highest, and numbers between them if there is
    room for two empty rows from each to the next."""
    labels = {0: charts.figure(series.highest), rows - 1: charts.figure(series.lowest)}
    whole = series.highest - series.lowest
    step = next((step for step in _STEPS if step / whole * rows >= 3), None)
    between = range(int(series.lowest // step + 1) * step, int(series.highest) + 1, step) if step else ()
    for value in between:
        row = (4 * rows - 1 - _nearest(series.up(value), 4 * rows - 1)) // 4
        if all(abs(row - other) > 2 for other in labels):
            labels[row] = charts.figure(value)
    return labels


def _along(series: Series, columns: int, texts: Iterable[tuple[dt.date, str]]) -> list[Cell]:
    """Each text at its day; one that has no room is a dot, unless another is in that very place."""
    cells = [" "] * columns
    free = 0
    for day, text in texts:
        column = _column(series, columns, day)
        start = min(column, columns - len(text))
        if start >= free:
            cells[start : start + len(text)] = text
            free = start + len(text) + 1
        elif cells[column] == " ":
            cells[column] = CROWDED
            free = max(free, column + 2)
    return [(character, "$secondary") for character in cells]


def _column(series: Series, columns: int, day: dt.date) -> int:
    return _nearest(series.along(day), 2 * columns - 1) // 2


def _axis(columns: int, ends: set[int]) -> Iterator[Cell]:
    """The line of days, with a stroke at each day that is named."""
    return (("│" if column in ends else "─", "$text-muted") for column in range(columns))


def _day_labels(series: Series, columns: int) -> tuple[set[int], list[Cell]]:
    """The columns of the days that are named, and their names, each where it has room."""
    cells, named = [" "] * columns, set()
    for day, text in charts.named_days(series):
        column = _column(series, columns, day)
        start = min(max(column - len(text) // 2, 0), columns - len(text))
        if all(cell == " " for cell in cells[max(start - 2, 0) : start + len(text) + 2]):
            cells[start : start + len(text)] = text
            named.add(column)
    return named, [(character, "$text-muted") for character in cells]
