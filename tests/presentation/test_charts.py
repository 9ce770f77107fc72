"""The table beside a chart: one row a point, what it says of chance, and the days of sessions and doses."""

from dataclasses import replace

import pytest
from hypothesis import given

from kapjournal.domain.series import Mark, MarkKind, Point, Series
from kapjournal.presentation import charts
from kapjournal.text import is_line
from tests.series_of import any_series, day, told


def test_the_table_has_a_row_a_point() -> None:
    assert charts.lines(told()) == [
        "Day               Value       Change since the first  Beyond chance",
        "5 January 2026    17          first",
        "19 January 2026   16          -1                      no",
        "1 February 2026   12          -5                      no",
        "14 February 2026  incomplete",
        "1 March 2026      9           -8                      yes",
        "30 March 2026     5           -12                     yes",
        "",
        "8 January 2026: session 1",
        "12 January 2026: session 2, dose 1",
        "2 February 2026: session 3, dose 2",
        "4 February 2026: session 4",
        "20 February 2026: session 5",
    ]


def test_read_aloud_it_is_a_sentence_a_point() -> None:
    said = charts.read_aloud(replace(told(), marks=(), reliable_change=None))
    assert said[0] == "5 January 2026: 17, first."
    assert said[1] == "19 January 2026: 16, change since the first -1, beyond chance: not known."
    assert said[3] == "14 February 2026: incomplete."


def test_before_anything_was_answered_it_says_so() -> None:
    nothing = replace(told(), points=(), marks=())
    assert charts.lines(nothing) == charts.read_aloud(nothing) == ["There is nothing to show yet."]
    assert charts.lines(replace(told(), points=()))[:3] == [
        "There is nothing to show yet.",
        "",
        "8 January 2026: session 1",
    ]


def test_the_first_number_may_come_after_incomplete_answers() -> None:
    late = replace(told(), points=(Point(day(1), None), Point(day(2), 4), Point(day(3), 6)))
    assert [row.change for row in charts.table(late)] == ["", "first", "+2"]


def test_two_equal_points_of_one_day_are_first_and_no_change() -> None:
    twice = replace(told(), points=(Point(day(1), 4), Point(day(1), 4)))
    assert [row.change for row in charts.table(twice)] == ["first", "0"]


@pytest.mark.parametrize(
    ("value", "text"), [(9, "9"), (9.0, "9"), (13.5, "13.5"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (-4, "-4")]
)
def test_a_number_is_read_without_needless_digits(value: float, text: str) -> None:
    assert charts.figure(value) == text


def test_sessions_of_one_day_stand_together() -> None:
    twice = (
        Mark(day(3), MarkKind.SESSION, 12),
        Mark(day(3), MarkKind.SESSION, 2),
        Mark(day(5), MarkKind.DOSE, 1),
    )
    below = dict(charts.rows_below(replace(told(), points=(), marks=twice)))
    assert below == {"session": [(day(3), "2,12")], "dose": [(day(5), "1")]}


@given(any_series())
def test_every_line_is_safe_to_show(series: Series) -> None:
    said = [*charts.lines(series), *charts.read_aloud(series), charts.title(series), charts.direction(series)]
    assert all(is_line(line) for line in said)
    assert len(charts.table(series)) == len(series.points)
