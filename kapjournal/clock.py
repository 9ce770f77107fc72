"""What time it is, in one place, so that tests and the demo can set it."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

_set_to: ContextVar[dt.datetime | None] = ContextVar("set_to", default=None)


def now() -> dt.datetime:
    """The present moment in UTC, to the millisecond."""
    moment = _set_to.get() or dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> dt.date:
    """Today's date in the time zone of this computer."""
    return local(now()).date()


def years_later(day: dt.date, years: int) -> dt.date:
    """The day whole years after another: 1 March where a 29 February has none, and never behind the last day
    there is."""
    if day.year + years > dt.MAXYEAR:
        return dt.date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def local(moment: dt.datetime) -> dt.datetime:
    """A moment by the clock where this computer is; in UTC where that clock cannot tell, such as for the
    first and the last days there are.

    A time zone may be a day away or more (`TZ=XXX-24`), which is allowed, and which `astimezone` refuses.
    """
    with suppress(ValueError, OverflowError, OSError):
        return moment.astimezone()
    with suppress(ValueError, OverflowError, OSError):
        return dt.datetime(*time.localtime(moment.timestamp())[:6], tzinfo=dt.UTC)
    return moment


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment (UTC) at which the clock where this computer is shows a day and a time; of a time that is
    left out where summer time begins, what it would have been. In UTC where that clock cannot tell."""
    wall = dt.datetime.combine(day, time)
    with suppress(ValueError, OverflowError, OSError):
        return wall.astimezone(dt.UTC)
    return wall.replace(tzinfo=dt.UTC)


def uptime() -> float:
    """Seconds from some moment on, by a clock that nobody sets and that goes on while the computer sleeps."""
    if (moment := _set_to.get()) is not None:
        return moment.timestamp()
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """What the clock would say had nobody set it since this was made; it may begin with an `offset`."""

    def __init__(self, offset: dt.timedelta = dt.timedelta()) -> None:
        self._began = now() + offset
        self._uptime = uptime()

    def now(self) -> dt.datetime:
        """The present moment in UTC."""
        return self._began + dt.timedelta(seconds=uptime() - self._uptime)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be `moment` (UTC) in this thread until the block ends."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
