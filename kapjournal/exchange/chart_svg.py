"""A course over time as an SVG picture: one file that needs no other, for a browser, a page or a printer.

It draws what the chart of the terminal draws, by the same rules: by day, over the whole range; sessions,
doses and incomplete answers in named rows. Black on white, white on black where the reader's screen is dark.
What it shows is also in its description, for whoever has it read aloud.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from kapjournal.domain.series import MarkKind, Series
from kapjournal.presentation import charts

WIDTH = 720
"""All lengths are in units of the picture, 1/96 of an inch where it is printed at its own size."""

_LEFT, _FIRST, _RIGHT, _TOP, _FOOT = 100, 124, 690, 70, 290
"""Where the left axis is, the first day, the last, the highest value, and the line of days."""

_ROW, _LETTER = 22, 8
"""The distance of two rows, and what a digit needs with some room around it."""

_STYLE = """
@media screen and (prefers-color-scheme: dark) {
.ground { fill: black; }
.ink { fill: white; }
.line { stroke: white; }
.quiet { stroke: gray; }
}
@supports (paint-order: stroke) {
text { stroke: white; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
@media screen and (prefers-color-scheme: dark) { text { stroke: black; } }
}
"""
"""White on black where the screen is dark. Letters have an edge in the colour of the ground, so that a line
behind them does not cross them out; a viewer that would paint the edge over the letter leaves it away."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def chart_svg(series: Series) -> str:
    """The picture of a series, as the text of a file in UTF-8."""
    rows = list(charts.rows_below(series))
    height = _FOOT + (len(rows) + 2) * _ROW
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": str(height),
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": "chart-title chart-table",
            "font-family": "sans-serif",
            "font-size": "14",
        },
    )
    SubElement(picture, "title", id="chart-title").text = _xml(charts.title(series))
    SubElement(picture, "desc", id="chart-table").text = _xml("\n".join(_description(series)))
    SubElement(picture, "style").text = _STYLE
    SubElement(picture, "rect", {"class": "ground", "fill": "white", "width": "100%", "height": "100%"})
    _text(picture, 20, 30, charts.title(series), size="18", weight="bold")
    _text(picture, 20, 52, charts.direction(series))
    if series.points:
        _draw(picture, series, rows)
    else:
        _text(picture, _LEFT, (_TOP + _FOOT) // 2, charts.NOTHING_YET)
    return tostring(picture, encoding="unicode") + "\n"


def _description(series: Series) -> Iterator[str]:
    lowest, highest = charts.figure(series.lowest), charts.figure(series.highest)
    yield f"{lowest} to {highest}. {charts.direction(series)}".strip()
    yield from charts.read_aloud(series)


def _draw(picture: Element, series: Series, rows: list[tuple[str, list[tuple[dt.date, str]]]]) -> None:
    _stroke(picture, (_LEFT, _TOP), (_LEFT, _FOOT), quiet=True)
    _stroke(picture, (_LEFT, _FOOT), (_RIGHT, _FOOT), quiet=True)
    for value in (series.lowest, series.highest):
        _text(picture, _LEFT - 8, _y(series, value) + 5, charts.figure(value), anchor="end")
    for mark in series.marks:
        x = _x(series, mark.date)
        if mark.kind is MarkKind.DOSE:
            _stroke(picture, (x, _TOP), (x, _FOOT), quiet=True, dashes="2 6")
        else:
            _stroke(picture, (x, _FOOT), (x, _FOOT + 6), quiet=True)
    _curve(picture, series)
    for x, name in _with_room((_x(series, day), name) for day, name in charts.named_days(series)):
        _text(picture, x, _FOOT + _ROW, name, anchor="middle")
    for number, (name, texts) in enumerate(rows, 2):
        y = _FOOT + number * _ROW
        _text(picture, _LEFT - 8, y, name, anchor="end")
        for x, text in _with_room((_x(series, day), text) for day, text in texts):
            _text(picture, x, y, text, anchor="middle")


def _curve(picture: Element, series: Series) -> None:
    """The line, on it the numbers, each where no other stands, and on those a dot for each."""
    runs = [[(_x(series, day), _y(series, value), value) for day, value in run] for run in series.runs()]
    for run in runs:
        for (x, y, _), (next_x, next_y, _) in pairwise(run):
            _stroke(picture, (x, y), (next_x, next_y))
    taken: list[tuple[float, float, float]] = []
    for run in runs:
        heights = [y for _, y, _ in run]
        for index, (x, y, value) in enumerate(run):
            figure = charts.figure(value)
            half = len(figure) * _LETTER / 2
            is_lowest = y > max(
                [*heights[max(index - 1, 0) : index], *heights[index + 1 : index + 2]], default=y
            )
            above, below = y - 10, y + 20
            for baseline in (below, above) if is_lowest else (above, below):
                near = (
                    abs(x - at) <= half + other and abs(baseline - line) <= 14 for at, line, other in taken
                )
                if baseline <= _FOOT and not any(near):
                    taken.append((x, baseline, half))
                    _text(picture, x, baseline, figure, anchor="middle", weight="bold")
                    break
    for x, y, _ in (place for run in runs for place in run):
        dot = {"class": "ink", "fill": "black", "cx": _length(x), "cy": _length(y), "r": "4"}
        SubElement(picture, "circle", dot)


def _with_room(texts: Iterable[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Those that do not stand on one before them."""
    taken: list[tuple[float, float]] = []
    for x, text in texts:
        half = len(text) * _LETTER / 2
        if all(abs(x - at) > half + other for at, other in taken):
            taken.append((x, half))
            yield x, text


def _x(series: Series, day: dt.date) -> float:
    return _FIRST + series.along(day) * (_RIGHT - _FIRST)


def _y(series: Series, value: float) -> float:
    return _FOOT - series.up(value) * (_FOOT - _TOP)


def _stroke(
    picture: Element,
    begin: tuple[float, float],
    end: tuple[float, float],
    *,
    quiet: bool = False,
    dashes: str = "",
) -> None:
    line = {
        "class": "quiet" if quiet else "line",
        "stroke": "gray" if quiet else "black",
        "stroke-width": "1" if quiet else "2",
        "x1": _length(begin[0]),
        "y1": _length(begin[1]),
        "x2": _length(end[0]),
        "y2": _length(end[1]),
    }
    SubElement(picture, "line", line | ({"stroke-dasharray": dashes} if dashes else {}))


def _text(
    picture: Element, x: float, y: float, words: str, *, anchor: str = "", size: str = "", weight: str = ""
) -> None:
    wanted = {"text-anchor": anchor, "font-size": size, "font-weight": weight}
    place = {"class": "ink", "fill": "black", "x": _length(x), "y": _length(y)}
    SubElement(picture, "text", place | {name: value for name, value in wanted.items() if value}).text = _xml(
        words
    )


def _length(number: float) -> str:
    return f"{number:.6g}"


def _xml(text: str) -> str:
    """Text without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
