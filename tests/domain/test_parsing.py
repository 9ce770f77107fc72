"""Days, times and numbers have one form each, whoever asks."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.parsing import day_from, number_from, past_day_from, time_from
from kapjournal.errors import UsageError


def test_what_is_of_its_form_is_read() -> None:
    assert day_from("2026-02-28") == dt.date(2026, 2, 28)
    assert time_from("09:05") == time_from("9:05") == dt.time(9, 5)
    assert number_from("007") == 7


@pytest.mark.parametrize(
    "word", ["", "20260228", "2026-2-28", "28.02.2026", "2026-W09-6", " 2026-02-28", "２０２６-02-28"]
)
def test_a_day_has_one_form(word: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        day_from(word)


def test_a_day_that_the_calendar_does_not_have() -> None:
    with pytest.raises(UsageError, match="no day 2026-02-29"):
        day_from("2026-02-29")


def test_what_was_done_was_done_today_at_the_latest() -> None:
    with clock.at(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)):
        assert past_day_from("2026-03-02") == dt.date(2026, 3, 2)
        with pytest.raises(UsageError, match=r"^2026-03-04 has not come yet: today is 2026-03-0[23]\.$"):
            past_day_from("2026-03-04")


@pytest.mark.parametrize("word", ["", "24:00", "24:05", "19:5", "09.05", "09:5", "09:05:00", "０9:05"])
def test_a_time_has_one_form(word: str) -> None:
    with pytest.raises(UsageError, match="HH:MM"):
        time_from(word)


@pytest.mark.parametrize("word", ["", "-1", "1.5", "one", "１", "1" * 10])
def test_a_number_has_one_form(word: str) -> None:
    with pytest.raises(UsageError, match="whole number"):
        number_from(word)
