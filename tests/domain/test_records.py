"""When the record of a couple may be reviewed: whole years after the latest day it is about."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import Record, RecordText, last_service, review_day

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def record(day: dt.date) -> Record:
    text = RecordText(RecordKind.CONTACT, About.COUPLE, day)
    return Record("ab", MemberId(bytes(32)), frozenset(), CaseId(bytes(16)), text, NOW, None)


def test_the_last_service_is_the_latest_day_of_any_text() -> None:
    early, late = record(dt.date(2026, 3, 2)), record(dt.date(2026, 3, 9))
    assert last_service([]) is None
    assert last_service([late, early]) == dt.date(2026, 3, 9)
    beside = replace(early, beside=(replace(early.text, date=dt.date(2026, 4, 1)),))
    assert last_service([beside, late]) == dt.date(2026, 4, 1)


def test_a_leap_day_and_the_last_year_have_a_day_too() -> None:
    assert review_day(dt.date(2024, 2, 29), 7) == dt.date(2031, 3, 1)
    assert review_day(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)
    assert review_day(dt.date(9999, 1, 1), 7) == dt.date.max


@given(st.dates(), st.integers(min_value=1, max_value=100))
def test_never_before_whole_years_have_gone_by(last: dt.date, years: int) -> None:
    day = review_day(last, years)
    assert day == dt.date.max or (
        day.year - last.year == years and (day.month, day.day) >= (last.month, last.day)
    )
