"""Reading a day, a time or a number as a person types it, the same way in every face.

`UsageError` says the form.
"""

import datetime as dt
import re

from kapjournal import clock
from kapjournal.errors import UsageError


def day_from(word: str) -> dt.date:
    """Read YYYY-MM-DD."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
        try:
            return dt.date.fromisoformat(word)
        except ValueError:
            raise UsageError(f"There is no day {word} in the calendar.") from None
    raise UsageError(f"“{word}” is not a day; write it as YYYY-MM-DD.")


def past_day_from(word: str) -> dt.date:
    """Read the day of something that was done or answered: today at the latest."""
    return not_ahead(day_from(word))


def not_ahead(day: dt.date) -> dt.date:
    """The same day, unless it has not come yet (`UsageError` says which day is today)."""
    if day > (today := clock.today()):
        raise UsageError(f"{day.isoformat()} has not come yet: today is {today.isoformat()}.")
    return day


def time_from(word: str) -> dt.time:
    """Read HH:MM, or H:MM."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", word)
    if not found:
        raise UsageError(f"“{word}” is not a time; write it as HH:MM, from 00:00 to 23:59.")
    return dt.time(int(found[1]), int(found[2]))


def number_from(word: str) -> int:
    """Read a whole number that is not negative."""
    if not re.fullmatch(r"[0-9]{1,9}", word):
        raise UsageError(f"“{word}” is not a whole number of 0 or more.")
    return int(word)
