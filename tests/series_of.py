"""Courses over time for the tests of charts: one told, and any there can be."""

import datetime as dt

from hypothesis import strategies as st

from kapjournal.domain.series import Mark, MarkKind, Point, Series

NEW_YEAR = dt.date(2026, 1, 1)


def day(number: int) -> dt.date:
    """A day of the course, counted from New Year 2026."""
    return NEW_YEAR + dt.timedelta(number)


def told() -> Series:
    """Twelve weeks of one person: one page not finished, five sessions, two doses."""
    values = ((4, 17), (18, 16), (31, 12), (44, None), (59, 9), (88, 5))
    sessions, doses = (7, 11, 32, 34, 50), (11, 32)
    return Series(
        "PHQ-9",
        0,
        27,
        tuple(Point(day(on), value) for on, value in values),
        (
            *(Mark(day(on), MarkKind.SESSION, number) for number, on in enumerate(sessions, 1)),
            *(Mark(day(on), MarkKind.DOSE, number) for number, on in enumerate(doses, 1)),
        ),
        "Lower is better.",
        6,
    )


_DAYS = st.dates() | st.integers(0, 100).map(day)
_NUMBERS = st.floats(-1_000_000, 1_000_000) | st.integers(-100, 100)
_TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", "שלום", "\x1b[31m\u202e", "</title><script>", "&<>\"'", "\ud800\ufffe"]
)


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    """A series with points and marks on any days, of any numbers, with any title."""
    lowest, highest = sorted(draw(st.lists(_NUMBERS, min_size=2, max_size=2, unique=True)))
    value = st.none() | st.floats(lowest, highest) | st.sampled_from([lowest, highest])
    points = draw(st.lists(st.builds(Point, _DAYS, value), max_size=12))
    marks = draw(
        st.lists(st.builds(Mark, _DAYS, st.sampled_from(MarkKind), st.integers(1, 9999)), max_size=9)
    )
    change = draw(st.none() | st.floats(0.1, 1000))
    return Series(draw(_TEXTS), lowest, highest, tuple(points), tuple(marks), draw(_TEXTS), change)
