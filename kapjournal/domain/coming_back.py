"""A partner's own words coming back: of a month ago, and of the same days after the session before."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.course import Course
from kapjournal.domain.ids import MemberId
from kapjournal.domain.next_page import doses_of
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session

DAYS_AROUND = 3
"""Days before and after the day meant in which a note still counts as of then."""
_OPEN_BY_THEMSELVES = (NoteKind.LETTER, NoteKind.DECISION)


class When(StrEnum):
    """Which earlier days a note is of."""

    MONTH_AGO = "month-ago"
    SAME_STRETCH = "same-stretch"


@dataclass(frozen=True, slots=True)
class CameBack:
    """A note of the partner's own, and why it comes back; of a stretch, the session it follows."""

    when: When
    note: Note
    session: Session | None = None


def came_back(
    notes: Iterable[Note], sessions: Sequence[Session], me: MemberId, today: dt.date
) -> list[CameBack]:
    """What comes back today: at most one note for each reason, none twice, and nothing on the day of a dose
    of the partner's or on the day after."""
    if any(0 <= (today - dose.date).days <= 1 for dose in doses_of(sessions, me)):
        return []
    own = [
        n for n in notes if n.author == me and n.text.kind not in _OPEN_BY_THEMSELVES and n.text.body.strip()
    ]
    found = []
    if (note := _nearest(own, month_before(today))) is not None:
        found.append(CameBack(When.MONTH_AGO, note))
    course = Course(sessions)
    started = [session for session in course.sessions if session.date <= today]
    alike = [one for one in started[:-1] if one.kind is started[-1].kind] if started else []
    if alike:
        meant = alike[-1].date + (today - started[-1].date)
        met = {one.note.id for one in found}
        beside = [n for n in own if course.stretch_of(n).session == alike[-1] and n.id not in met]
        if (note := _nearest(beside, meant)) is not None:
            found.append(CameBack(When.SAME_STRETCH, note, alike[-1]))
    return found


def month_before(day: dt.date) -> dt.date:
    """The same day of the month before, or the last of a shorter one."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    if year < dt.MINYEAR:
        return day
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _nearest(notes: Iterable[Note], day: dt.date) -> Note | None:
    """The note of that day or, without one, of the days around it; of several the one written last."""
    near = [note for note in notes if abs((note.text.date - day).days) <= DAYS_AROUND]

    def rank(note: Note) -> tuple[int, float, str]:
        return (abs((note.text.date - day).days), -note.written.timestamp(), note.id)

    return min(near, key=rank, default=None)
