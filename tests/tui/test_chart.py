"""A chart in the terminal: honest about days and values, read without colours, a table where it is small."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from textual.app import ComposeResult
from textual.pilot import Pilot
from wcwidth import wcswidth

from kapjournal.domain.series import Mark, MarkKind, Point, Series
from kapjournal.presentation import charts
from kapjournal.tui.rendering.chart import CROWDED, POINT, draw
from kapjournal.tui.shell import theme
from kapjournal.tui.textual_internals.discreet_app import DiscreetApp
from kapjournal.tui.widgets.chart import Chart
from tests.series_of import any_series, day, told
from tests.tui.test_colours import apart, segments

Compare = Callable[..., bool]
SIZES = [(80, 24), (140, 40)]


def rows(series: Series, width: int = 80, height: int = 24) -> list[str]:
    drawn = draw(series, width, height)
    assert drawn is not None
    return [row.plain for row in drawn]


def plain(*values: float | None, days: tuple[int, ...] = (), **changed: Any) -> Series:
    on = days or tuple(range(len(values)))
    points = tuple(Point(day(n), value) for n, value in zip(on, values, strict=True))
    return replace(told(), points=points, **({"marks": ()} | changed))


class ChartApp(DiscreetApp):
    """A program that shows a chart and nothing else."""

    CSS = "Screen { background: $background; color: $foreground; } Chart { padding: 0; }"

    def __init__(self, series: Series, colours: str = "dusk") -> None:
        super().__init__()
        self._series = series
        for one in theme.load_all().by_name.values():
            self.register_theme(one)
        self.theme = colours

    def compose(self) -> ComposeResult:
        yield Chart()

    def on_mount(self) -> None:
        self.query_one(Chart).show(self._series)


# where things stand


def test_the_points_stand_at_their_days_and_not_one_beside_the_other() -> None:
    columns = sorted(row.index(POINT) for row in rows(plain(1, 14, 27, days=(0, 10, 40))) if POINT in row)
    first, second, last = columns
    assert (second - first) / (last - first) == pytest.approx(0.25, abs=0.02)


def test_the_whole_range_is_shown_so_that_a_small_change_looks_small() -> None:
    drawn = rows(plain(13, 14))
    at = [number for number, row in enumerate(drawn) if POINT in row]
    assert drawn[1].lstrip().startswith("27 │")
    assert max(at) - min(at) <= 1


def test_the_lowest_value_stands_at_the_foot_and_the_highest_at_the_top() -> None:
    drawn = rows(plain(0, 27))
    assert drawn[1].rstrip().endswith(POINT)
    assert re.search(rf" 0 │.*{POINT}", next(row for row in drawn if " 0 │" in row))


def test_every_value_is_written_beside_its_point() -> None:
    drawn = " ".join(rows(plain(3, 19, 8, 22)))
    assert all(re.search(rf"(?<!\d){value}(?!\d)", drawn) for value in (3, 19, 8, 22))


def test_sessions_doses_and_incomplete_answers_have_rows_with_names() -> None:
    named = {row.split()[0]: row.split()[1:] for row in rows(told())[-3:]}
    assert named == {
        "session": ["1", "2", "3", "4", "5"],
        "dose": ["1", "2"],
        "incomplete": ["x"],
    }
    session, dose, _ = rows(told())[-3:]
    assert session.index("2") == dose.index("1")


def test_a_row_that_would_be_empty_is_not_there() -> None:
    assert not any("dose" in row or "incomplete" in row for row in rows(plain(1, 2)))


def test_the_line_breaks_at_incomplete_answers() -> None:
    whole, broken = (rows(plain(10, middle, 10, days=(0, 30, 60))) for middle in (10, None))
    ink = [re.sub(r"[^\u2801-\u28ff]", "", "".join(drawn)) for drawn in (whole, broken)]
    assert len(ink[0]) > 60
    assert ink[1] == ""


def test_numbers_that_have_no_room_are_dots() -> None:
    crowd = tuple(Mark(day(n), MarkKind.SESSION, 100 + n) for n in range(6))
    row = rows(plain(1, 2, days=(0, 60), marks=crowd))[-1]
    assert row.split() == ["session", f"100{CROWDED}{CROWDED}", "105"]


def test_days_of_several_years_have_their_year() -> None:
    drawn = rows(plain(1, 2, 3, days=(0, 200, 500)))
    assert drawn[-1].split("  ")[-1].strip() == "16 May 2027"
    assert "1 Jan 2026" in drawn[-1]
    assert rows(plain(1, 2, days=(0, 200)))[-1].split("  ")[-1].strip() == "20 Jul"


def test_with_no_points_or_no_room_nothing_is_drawn() -> None:
    assert draw(plain(), 80, 24) is None
    assert draw(told(), 30, 24) is None
    assert draw(told(), 80, 10) is None


@given(any_series(), st.integers(1, 150), st.integers(1, 60))
def test_any_series_fits_any_window_and_every_row_is_as_wide_as_it_says(
    series: Series, width: int, height: int
) -> None:
    drawn = draw(series, width, height)
    if drawn is None:
        return
    assert len(drawn) <= height
    assert all(row.cell_length <= width for row in drawn)
    assert all(wcswidth(row.plain) == row.cell_length for row in drawn[1:])
    points = "".join(row.plain for row in drawn[1:]).count(POINT)
    numbers = {(point.date, point.value) for point in series.points if point.value is not None}
    assert (points > 0) == bool(numbers)
    assert points <= len(numbers)


# the widget


async def test_a_small_window_has_the_table_and_a_smaller_one_sentences() -> None:
    app = ChartApp(told())
    async with app.run_test(size=(70, 9)) as pilot:
        await pilot.pause()
        seen = shown(app)
        assert "Beyond chance" in seen[1]
        assert seen[2].split() == ["5", "January", "2026", "17", "first"]
        await pilot.press("tab", "end")
        await pilot.pause()
        assert shown(app)[-1].strip() == "20 February 2026: session 5"
        await pilot.resize_terminal(30, 9)
        await pilot.pause()
        assert any("beyond" in row for row in shown(app))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert any(POINT in row for row in shown(app))


async def test_before_anything_was_answered_it_says_so() -> None:
    app = ChartApp(replace(told(), points=(), marks=()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [row.strip() for row in shown(app)[:2]] == ["PHQ-9", charts.NOTHING_YET]


async def test_when_it_goes_it_keeps_nothing() -> None:
    app = ChartApp(told())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        chart = app.query_one(Chart)
        await chart.remove()
        assert (chart._series, list(chart._rows)) == (None, [])


async def test_a_title_is_no_markup_and_sends_nothing_to_the_terminal() -> None:
    app = ChartApp(replace(told(), title="[bold]\x1b[2J[/x] שלום", direction="\u202e\x07"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = "\n".join(shown(app))
        assert "[bold]␛[2J[/x]" in seen
        assert not re.search("[\x07\x1b\u202e]", seen)


async def test_every_word_can_be_read_in_every_theme() -> None:
    app = ChartApp(told())
    async with app.run_test(size=(80, 24)) as pilot:
        hard = set()
        for name in theme.load_all().by_name:
            app.theme = name
            await pilot.pause()
            await pilot.pause()
            for segment in segments(app):
                for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                    if segment.text.strip() and (contrast := apart(segment, system)) < (
                        7 if name == "contrast" else 4.5
                    ):
                        hard.add((name, system.name, segment.text.strip(), round(contrast, 2)))
        assert hard == set()


async def test_without_colours_it_is_the_same_picture_to_the_letter() -> None:
    seen = []
    for drop in (False, True):
        app = ChartApp(told())
        async with app.run_test(size=(80, 24)) as pilot:
            if drop:
                app.drop_colours()
            await pilot.pause()
            seen.append(shown(app))
            colours = [s.style.color for s in segments(app) if s.style and s.style.color]
            assert all(colour.is_default for colour in colours) == drop
    assert seen[0] == seen[1]


def shown(app: ChartApp) -> list[str]:
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    return [row.text[:width] for row in strips[:height]]


# pictures


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("colours", ["dusk", "paper", "contrast", "none"])
def test_picture(snap_compare: Compare, colours: str, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        if colours == "none":
            app = pilot.app
            assert isinstance(app, ChartApp)
            app.drop_colours()
        await pilot.pause()

    app = ChartApp(told(), "dusk" if colours == "none" else colours)
    assert snap_compare(app, terminal_size=size, run_before=look)


def test_picture_of_two_years(snap_compare: Compare) -> None:
    start = dt.date(2025, 3, 2)
    values = [9, 12, 8, None, 14, 15, 13, None, 16, 18, 17, 19]
    points = tuple(Point(start + dt.timedelta(14 * n), value) for n, value in enumerate(values))
    sessions = tuple(Mark(start + dt.timedelta(7 * n), MarkKind.SESSION, n) for n in range(1, 41))
    doses = tuple(Mark(start + dt.timedelta(28 * n), MarkKind.DOSE, n) for n in range(1, 9))
    series = Series("CSI-4", 0, 21, points, sessions + doses, "Higher is better.", None)
    assert snap_compare(ChartApp(series), terminal_size=(80, 24))
