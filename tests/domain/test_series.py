"""A course over time: where days and values lie, where the line breaks, what goes beyond chance."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from kapjournal.domain.measures import Certainty
from kapjournal.domain.series import Point, Series
from kapjournal.errors import UsageError
from tests.series_of import any_series, day, told


def test_the_days_lie_as_far_apart_as_they_were() -> None:
    series = replace(told(), points=(Point(day(0), 1), Point(day(10), 2), Point(day(40), 3)), marks=())
    assert [series.along(point.date) for point in series.ordered] == [0, 0.25, 1]


def test_a_single_day_lies_in_the_middle() -> None:
    series = replace(told(), points=(Point(day(3), 1), Point(day(3), 5)), marks=())
    assert series.along(day(3)) == 0.5
    assert [point.value for point in series.ordered] == [1, 5]


def test_sessions_before_and_after_belong_to_the_days() -> None:
    series = replace(told(), points=(Point(day(20), 1),))
    assert series.days == (day(7), day(50))
    assert replace(series, points=(), marks=()).days is None


def test_the_line_breaks_where_answers_are_incomplete() -> None:
    assert [[value for _, value in run] for run in told().runs()] == [[17, 16, 12], [9, 5]]


def test_a_change_goes_beyond_chance_from_the_points_of_the_scale_on_in_either_direction() -> None:
    points = tuple(Point(day(n), value) for n, value in enumerate([None, 12, 7, 6, None, 18]))
    found = replace(told(), points=points).changes()
    assert [one.since_first for one in found] == [None, None, -5, -6, None, 6]
    yes, no = Certainty.YES, Certainty.NO
    assert [one.beyond_chance for one in found] == [None, None, no, yes, None, yes]


def test_where_no_change_is_published_nothing_is_said_of_chance() -> None:
    found = replace(told(), reliable_change=None).changes()
    assert {one.beyond_chance for one in found} == {None, Certainty.UNKNOWN}


@pytest.mark.parametrize(
    "wrong",
    [
        {"lowest": 27},
        {"lowest": math.nan},
        {"highest": math.inf},
        {"points": (Point(day(1), 28),)},
        {"points": (Point(day(1), math.nan),)},
        {"reliable_change": 0},
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"^[A-Z].*\.$"):
        replace(told(), **wrong)


@given(any_series())
def test_every_place_is_inside_the_picture_and_no_number_is_lost(series: Series) -> None:
    assert all(0 <= series.along(point.date) <= 1 for point in series.points)
    assert all(0 <= series.along(mark.date) <= 1 for mark in series.marks)
    numbers = [point.value for point in series.ordered if point.value is not None]
    assert all(0 <= series.up(value) <= 1 for value in numbers)
    assert [value for run in series.runs() for _, value in run] == numbers
    assert len(series.changes()) == len(series.points)
