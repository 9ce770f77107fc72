"""Which backups are kept: a table of what a person would expect, and what holds whatever there is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.rotation import Keep, keep_from, kept, moment_in, name_of
from kapjournal.errors import UsageError

MONDAY = dt.datetime(2026, 11, 30, 9, 0)


def _made(*moments: dt.datetime) -> list[tuple[dt.datetime, str]]:
    return [(moment, name_of(moment)) for moment in moments]


def _days_ago(*days: float) -> list[tuple[dt.datetime, str]]:
    return _made(*(MONDAY - dt.timedelta(days=number) for number in days))


@pytest.mark.parametrize(
    ("keep", "there", "stay"),
    [
        (Keep(last=1), (0, 1, 2), (0,)),
        (Keep(last=2), (0, 1, 2), (0, 1)),
        (Keep(last=9), (0, 1, 2), (0, 1, 2)),
        (Keep(days=2), (0, 0.1, 0.2, 1, 1.1, 2), (0, 1)),  # the last of each day
        (Keep(days=2), (0, 5, 5.1, 9), (0, 5)),  # days without a backup are not counted
        (Keep(weeks=2), (0, 1, 2, 6, 8, 9), (0, 1)),  # this week begins today
        (Keep(weeks=3), (0, 1, 2, 6, 8, 9), (0, 1, 8)),
        (Keep(days=2, weeks=3), (0, 1, 2, 8, 9, 15, 16), (0, 1, 8)),
        (Keep(last=3, weeks=2), (0, 0.1, 0.2, 0.3, 1, 2), (0, 0.1, 0.2, 1)),
        (Keep(last=1), (), ()),
    ],
)
def test_what_is_kept(keep: Keep, there: tuple[float, ...], stay: tuple[float, ...]) -> None:
    assert kept(_days_ago(*there), keep) == {name for _, name in _days_ago(*stay)}


def test_the_last_week_of_a_year_is_one_week() -> None:
    around = _made(dt.datetime(2025, 12, 29), dt.datetime(2025, 12, 31), dt.datetime(2026, 1, 1))
    assert kept(around, Keep(weeks=9)) == {around[-1][1]}


@pytest.mark.parametrize(
    ("typed", "keep"),
    [
        ("5", Keep(last=5)),
        ("7d", Keep(days=7)),
        ("7d,4w", Keep(days=7, weeks=4)),
        (" 4W , 3 ", Keep(last=3, weeks=4)),
    ],
)
def test_what_is_typed_is_read(typed: str, keep: Keep) -> None:
    assert keep_from(typed) == keep and keep_from(str(keep)) == keep


@pytest.mark.parametrize("typed", ["", "0", "0d", "-1", "7m", "7d,7d", "d", "1,2", "٣", "5;", "99999"])
def test_what_means_nothing_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="7d,4w"):
        keep_from(typed)


_MOMENTS = st.datetimes(dt.datetime(2024, 12, 1), dt.datetime(2026, 2, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
_KEEPS = st.builds(Keep, st.integers(1, 5), st.integers(0, 5), st.integers(0, 5))


@given(st.lists(_MOMENTS, unique=True), _KEEPS)
def test_whatever_there_is(moments: list[dt.datetime], keep: Keep) -> None:
    """The latest stays, and so does the last of a day or week that has any; nobody keeps more than is said;
    rotating again takes nothing more."""
    made = _made(*moments)
    stay = kept(made, keep)
    times = [moment for moment, name in made if name in stay]
    assert stay <= {name for _, name in made} and bool(stay) == bool(made)
    assert not made or max(moments) in times
    assert len(stay) <= keep.last + keep.days + keep.weeks
    assert kept([one for one in made if one[1] in stay], keep) == stay
    for span, most in ((dt.datetime.date, keep.days), (lambda one: one.isocalendar()[:2], keep.weeks)):
        spans = sorted({span(moment) for moment in moments}, reverse=True)[:most]
        for one in spans:
            assert max(moment for moment in moments if span(moment) == one) in times


@given(st.lists(_MOMENTS, unique=True, min_size=1), _KEEPS)
def test_day_after_day_it_comes_to_the_same(moments: list[dt.datetime], keep: Keep) -> None:
    """Thinned out at every backup, or once at the end, all days and weeks that are asked for are there."""
    standing: list[tuple[dt.datetime, str]] = []
    for one in _made(*sorted(moments)):
        standing.append(one)
        stay = kept(standing, keep)
        standing = [other for other in standing if other[1] in stay]
    assert {name for _, name in standing} == kept(_made(*moments), keep)


@given(_MOMENTS)
def test_a_name_says_when(moment: dt.datetime) -> None:
    names = [name_of(moment) + again for again in ("", "-2", "-3", "-99")]
    moments = [found for name in names if (found := moment_in(name)) is not None]
    assert moments[0] == moment and moments == sorted(moments) and len(set(moments)) == len(names)
    assert {one.replace(microsecond=0) for one in moments} == {moment}


@pytest.mark.parametrize(
    "name", ["journal-backup", "journal-backup-2026-11-31-090000", "my journal-backup-2026-11-30-090000", "x"]
)
def test_another_name_says_nothing(name: str) -> None:
    assert moment_in(name) is None
