"""What time it is, in one place, so that tests and the demo can set it."""

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


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be `moment` (UTC) in this thread until the block ends."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
