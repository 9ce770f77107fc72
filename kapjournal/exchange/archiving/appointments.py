"""Sessions as appointments for a calendar (RFC 5545), which say when and nothing else.

No title, kind, number or name is in it, nor which program wrote it. Times are local, as in the journal; how
long a session takes it does not say, and so neither does this.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_OID, uuid5

from kapjournal.domain.sessions import Session

SUMMARY = "Appointment"


def calendar_of(sessions: Iterable[Session], made: dt.datetime) -> str:
    """The calendar. A session keeps the identity of its appointment, so that one read in again is changed,
    not doubled; `made` is when this is written."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Appointments//EN"]
    for session in sessions:
        lines += _appointment(session, made)
    return "".join(f"{line}\r\n" for line in (*lines, "END:VCALENDAR"))


def _appointment(session: Session, made: dt.datetime) -> Iterator[str]:
    begins = f";VALUE=DATE:{session.date:%Y%m%d}"
    if session.time:
        begins = f":{session.date:%Y%m%d}T{session.time:%H%M%S}"
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_OID, session.id)}"
    yield f"DTSTAMP:{made.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART{begins}"
    yield f"SUMMARY:{SUMMARY}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
