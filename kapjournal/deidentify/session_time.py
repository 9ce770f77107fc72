"""A date as the time from a session: “two days after session 3”."""

from collections.abc import Sequence
from datetime import date

NO_DATE = "[date]"
"""What stands in the place of a date that is not told from a session."""

ON_IT = "the day of session"
"""With this the time from a session begins where the day is that of the session itself."""

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_DAYS_EXACT = 14
_DAYS_IN_WEEKS = 60
_DAYS_IN_MONTHS = 730
_MOST_DAYS = 89 * 365
_NEAR = 60


def told_from(day: date, sessions: Sequence[tuple[int, date]]) -> str:
    """How far a day is from the nearest session; of two as near, the earlier one.

    Up to two weeks the days are told. What is farther is told in weeks, months or years, in
    round numbers: the exact number of days from a birth to a session would tell the birth.
    """
    if not sessions:
        return NO_DATE
    number, held = min(sessions, key=lambda one: (abs((day - one[1]).days), one[1], one[0]))
    days = (day - held).days
    if days == 0:
        return f"{ON_IT} {number}"
    if abs(days) > _MOST_DAYS:
        return NO_DATE
    return f"{_span(abs(days))} {'after' if days > 0 else 'before'} session {number}"


def likely(candidates: Sequence[date], sessions: Sequence[tuple[int, date]]) -> date | None:
    """Of the days that a date may mean the only one near the course; the only one, if there is just one.

    03/04/2026 is in March or in April. Near is from 60 days before the first session to 60 after the last.
    """
    if len(set(candidates)) == 1:
        return candidates[0]
    days = [held for _, held in sessions]
    near = {
        day
        for day in candidates
        if days and (day - min(days)).days >= -_NEAR and (day - max(days)).days <= _NEAR
    }
    return near.pop() if len(near) == 1 else None


def in_year(day: int, month: int, sessions: Sequence[tuple[int, date]]) -> date | None:
    """A day and month without a year, in the year in which it is nearest to a session; None without sessions,
    or if no year has it."""
    found = [
        made
        for year in sorted({held.year + by for _, held in sessions for by in (-1, 0, 1)})
        if (made := real_date(year, month, day))
    ]
    return min(found, key=lambda one: min(abs((one - held).days) for _, held in sessions), default=None)


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, if there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(days: int) -> str:
    if days < _DAYS_EXACT:
        return _counted(days, "day")
    if days <= _DAYS_IN_WEEKS:
        return ("" if days % 7 == 0 else "about ") + _counted(round(days / 7), "week")
    if days < _DAYS_IN_MONTHS:
        return f"about {_counted(round(days / 30.44), 'month')}"
    return f"about {_counted(round(days / 365.25), 'year')}"


def _counted(count: int, what: str) -> str:
    return f"{_SMALL[count] if count < len(_SMALL) else count} {what}{'' if count == 1 else 's'}"
