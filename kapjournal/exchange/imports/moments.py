"""Days and moments as other programs write them."""

import datetime as dt
import re
from contextlib import suppress
from zoneinfo import ZoneInfo

from kapjournal import clock

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"\A\d{4}-\d{2}-\d{2}[ _.-]*")
_FORMS = ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p", "%Y/%m/%d %H:%M", "%Y/%m/%d")


def moment_from(text: str) -> dt.datetime | None:
    """A moment with its time as it is written, in UTC: in the zone that it names, or by the clock here; None
    of no such thing."""
    text = " ".join(text.split())
    found: dt.datetime | None = None
    if len(text) > 10:
        with suppress(ValueError):
            found = dt.datetime.fromisoformat(text)
    for form in _FORMS:
        if found is None:
            with suppress(ValueError):
                found = dt.datetime.strptime(text, form)
    if found is None:
        return None
    with suppress(OverflowError):
        return found.astimezone(dt.UTC) if found.tzinfo else clock.moment_of(found.date(), found.time())
    return None


def day_from(text: str) -> dt.date | None:
    """The day that is written, whatever its zone; None of no day."""
    with suppress(ValueError):
        return dt.date.fromisoformat(text.strip()[:10].replace("/", "-"))
    return None


def day_of(moment: dt.datetime, zone: str = "") -> dt.date:
    """The day of a moment in a zone, here without one."""
    if zone:
        with suppress(ValueError, OSError, LookupError, OverflowError):
            return moment.astimezone(ZoneInfo(zone)).date()
    return clock.local(moment).date()


def in_name(stem: str) -> tuple[dt.date | None, str]:
    """The day in the name of a file, as in `2024-03-02 Lake`, and what is left of it as a title."""
    if found := _DAY_IN_NAME.search(stem):
        with suppress(ValueError):
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
            return day, _DAY_FIRST.sub("", stem).strip()
    return None, stem
