"""What time it is, in one place, so that tests and the demo can say."""

import datetime as dt


def now() -> dt.datetime:
    """The present moment in UTC, to the millisecond."""
    moment = dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> dt.date:
    """The day it is where this computer is."""
    return now().astimezone().date()
