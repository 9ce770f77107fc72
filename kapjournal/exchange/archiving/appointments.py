"""Sessions as appointments for a calendar (RFC 5545), which say when and nothing else.

No title, kind, number or name is in it, nor which program wrote it. Times are local, as in the journal; how
long a session takes it does not say, and so neither does this.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import NAMESPACE_OID, uuid5

from icalendar import Calendar, Event

from kapjournal.domain.sessions import Session

SUMMARY = "Appointment"


def calendar_of(sessions: Iterable[Session], made: dt.datetime) -> str:
    """The calendar. A session keeps the identity of its appointment, so that one read in again is changed,
    not doubled; `made` is when this is written."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Appointments//EN")
    for session in sessions:
        calendar.add_component(_appointment(session, made))
    written: bytes = calendar.to_ical()
    return written.decode()


def _appointment(session: Session, made: dt.datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_OID, session.id)))
    event.add("dtstamp", made.astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(session.date, session.time) if session.time else session.date)
    event.add("summary", SUMMARY)
    event.add("class", "PRIVATE")
    return event
