"""The course of a therapy as a line: before, each session, and the days after each session."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session

Key = tuple[str, bool]
"""A session's id, empty before the first, and whether the days after it are meant."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the course: `session` is None before the first one; `after` is the days that follow it."""

    session: Session | None
    after: bool

    @property
    def key(self) -> Key:
        """Stays the same while the course around it changes."""
        return (self.session.id if self.session else "", self.after)

    @property
    def name(self) -> str:
        """How a screen calls it."""
        if self.session is None:
            return "Before the first session"
        return f"After session {self.session.number}" if self.after else self.session.name


def stretches(sessions: Iterable[Session]) -> list[Stretch]:
    """Every stretch of the course in order, empty ones too."""
    course = [Stretch(None, after=False)]
    for session in sorted(sessions, key=lambda s: s.order):
        course += [Stretch(session, after=False), Stretch(session, after=True)]
    return course


def where(day: dt.date, ordered: Sequence[Session]) -> Stretch:
    """Where in the course a day is: at its session, if it has one, else in the days after the one before.

    `ordered` is by `Session.order`; of several sessions on one day it is the last.
    """
    until = bisect_right(ordered, day, key=lambda session: session.date)
    if not until:
        return Stretch(None, after=False)
    latest = ordered[until - 1]
    return Stretch(latest, after=latest.date < day)


def in_sight(
    laid: Mapping[tuple[str, bool], Sequence[Note]], sessions: Collection[Session], today: dt.date
) -> list[Stretch]:
    """The stretches worth a line: not the days after a session that have not come, or that there are none
    of because another session is on the same day, unless a note hangs there."""
    last_of_day = {s.date: s for s in sorted(sessions, key=lambda s: s.order) if s.date < today}
    with_days = {session.id for session in last_of_day.values()}
    return [
        stretch
        for stretch in stretches(sessions)
        if not stretch.after or laid.get(stretch.key) or stretch.key[0] in with_days
    ]


class Course:
    """Sessions in their order, and where among them a note hangs: the one place where that is decided."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.sessions = sorted(sessions, key=lambda s: s.order)
        self._by_id = {session.id: session for session in self.sessions}

    def stretch_of(self, note: Note) -> Stretch:
        """A note that names a session this reader knows hangs from it; every other one from where its day
        is."""
        named = self._by_id.get(note.text.session.id) if note.text.session else None
        return Stretch(named, after=False) if named else where(note.text.date, self.sessions)

    def session_of(self, note: Note) -> int | None:
        """The number of the session a note belongs to: it names it, or names none known here and is of its
        day. A note of the days after a session belongs to none."""
        stretch = self.stretch_of(note)
        return None if stretch.session is None or stretch.after else stretch.session.number


def lay_out(notes: Iterable[Note], sessions: Iterable[Session]) -> dict[Key, list[Note]]:
    """Every note under the key of its stretch, oldest day first."""
    course = Course(sessions)
    laid: dict[Key, list[Note]] = {stretch.key: [] for stretch in stretches(course.sessions)}
    for note in sorted(notes, key=lambda n: (n.text.date, n.written, n.id)):
        laid[course.stretch_of(note).key].append(note)
    return laid
