"""What time it is, in one place, so that tests and the demo can set it; and a day in words."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_set_to: ContextVar[dt.datetime | None] = ContextVar("set_to", default=None)


def now() -> dt.datetime:
    """The present moment in UTC, to the millisecond."""
    moment = _set_to.get() or dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> dt.date:
    """Today's date in the time zone of this computer."""
    return now().astimezone().date()


def long_day(date: dt.date) -> str:
    """A day in words, the same in every locale: “18 November 2024”."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be `moment` (UTC) in this thread until the block ends."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
