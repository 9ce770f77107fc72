"""The clock where the person is, wherever that is."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.presentation import days
from tests.wall_clock import in_zone

NOON = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    with in_zone(request.param):
        yield


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("XXX-24", 30, "12:00"),
        ("XXX+24", 28, "12:00"),
        ("XXX-23:59:59", 30, "11:59"),
        ("UTC", 29, "12:00"),
        ("No/Where", 29, "12:00"),
    ],
    indirect=["zone"],
)
def test_a_zone_a_day_away_has_a_day_of_its_own(zone: None, day: int, hour: str) -> None:
    with clock.at(NOON):
        assert clock.today() == dt.date(2026, 11, day)
        assert days.time_of_day(clock.now()) == hour


@pytest.mark.parametrize("zone", ["XXX-24", "XXX-14", "XXX+12", "XXX+24"], indirect=True)
def test_the_first_and_the_last_moment_there_is_have_a_day(zone: None) -> None:
    for moment in (dt.datetime.min, dt.datetime.max):
        assert clock.local(moment.replace(tzinfo=dt.UTC)).year in (1, 9999)


def test_a_leap_day_and_the_last_year_have_a_day_too() -> None:
    assert clock.years_later(dt.date(2024, 2, 29), 7) == dt.date(2031, 3, 1)
    assert clock.years_later(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)
    assert clock.years_later(dt.date(9999, 1, 1), 7) == dt.date.max


@given(st.dates(), st.integers(min_value=1, max_value=100))
def test_never_before_whole_years_have_gone_by(last: dt.date, years: int) -> None:
    day = clock.years_later(last, years)
    assert day == dt.date.max or (
        day.year - last.year == years and (day.month, day.day) >= (last.month, last.day)
    )
