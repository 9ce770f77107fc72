"""Days and times in words: short where space is scarce, whole where they are read aloud."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.sessions import Session


def short(date: dt.date, *, year: bool = False) -> str:
    """A day as “18 Nov”; with weekday and `year` where there is room, as “Tue 18 Nov 2025”."""
    day = f"{date.day} {date:%b}"
    return f"{date:%a} {day} {date.year}" if year else day


def long_day(date: dt.date) -> str:
    """A day in words, the same in every locale: “18 November 2024”."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month(date: dt.date) -> str:
    """A month in words, the same in every locale: “November 2024”."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def spoken(date: dt.date) -> str:
    """A day as “Tuesday, 18 November 2025”, the same in every locale."""
    return f"{_WEEKDAYS[date.weekday()]}, {long_day(date)}"


def near(date: dt.date) -> str:
    """A day as it is said when it is near: “yesterday”, “today”, “tomorrow”, or “on Wed 18 Nov”."""
    known = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return known.get((date - clock.today()).days) or f"on {date:%a} {short(date)}"


def time_of_day(moment: dt.datetime) -> str:
    """A moment as “14:05”, by the clock where the person is."""
    return f"{clock.local(moment):%H:%M}"


def of(moment: dt.datetime) -> dt.date:
    """The day of a moment, by the clock where the person is."""
    return clock.local(moment).date()


def at(moment: dt.datetime) -> str:
    """A moment as “18 Nov 2025, 14:05”, by the clock where the person is."""
    local = clock.local(moment)
    return f"{short(local.date())} {local:%Y, %H:%M}"


def of_session(session: Session, dose: str = "") -> str:
    """The kind, day and time of a session: “Dosing · Thu 19 Nov 2026 · 10:00”; its `dose` in the place of its
    kind, where that is given."""
    time = f"{session.time:%H:%M}" if session.time else ""
    parts = ((dose or session.kind).capitalize(), short(session.date, year=True), time)
    return " · ".join(part for part in parts if part)


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
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
