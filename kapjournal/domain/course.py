"""The course of a therapy as a line: before, each session, and the days after each session."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session, next_number

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


def after(date: dt.date, ordered: Sequence[Session]) -> Session | None:
    """The session a day comes after: the day is later than that session's and not after the next one's.

    `ordered` is by `Session.order`. None for a day not later than the first session's.
    """
    earlier = bisect_left(ordered, date, key=lambda session: session.date)
    return ordered[earlier - 1] if earlier else None


def stretches(sessions: Iterable[Session]) -> list[Stretch]:
    """Every stretch of the course in order, empty ones too."""
    course = [Stretch(None, after=False)]
    for session in sorted(sessions, key=lambda s: s.order):
        course += [Stretch(session, after=False), Stretch(session, after=True)]
    return course


def present(today: dt.date, sessions: Iterable[Session]) -> Stretch:
    """Where the couple is: at a session of this day, else in the days after the one before."""
    ordered = sorted(sessions, key=lambda s: s.order)
    if at := [session for session in ordered if session.date == today]:
        return Stretch(at[-1], after=False)
    earlier = after(today, ordered)
    return Stretch(earlier, after=earlier is not None)


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


def to_come(sessions: Iterable[Session], planned: int) -> range:
    """The numbers of sessions that are planned and not in the course yet."""
    return range(next_number(sessions), planned + 1)


def lay_out(notes: Iterable[Note], sessions: Iterable[Session]) -> dict[Key, list[Note]]:
    """Every note under the key of its stretch, oldest day first.

    A note that names a session this reader knows hangs from it; every other one from the days it falls in.
    """
    ordered = sorted(sessions, key=lambda s: s.order)
    known = {session.id for session in ordered}
    laid: dict[Key, list[Note]] = {stretch.key: [] for stretch in stretches(ordered)}
    for note in sorted(notes, key=lambda n: (n.text.date, n.written, n.id)):
        ref = note.text.session
        if ref and ref.id in known:
            laid[(ref.id, False)].append(note)
        else:
            earlier = after(note.text.date, ordered)
            laid[(earlier.id if earlier else "", earlier is not None)].append(note)
    return laid
