"""The course of a therapy as a line: before, each session, and the days after each session."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the course: `session` is None before the first one; `after` is the days that follow it."""

    session: Session | None
    after: bool

    @property
    def key(self) -> tuple[str, bool]:
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


def lay_out(notes: Iterable[Note], sessions: Iterable[Session]) -> dict[tuple[str, bool], list[Note]]:
    """Every note under the key of its stretch, oldest day first.

    A note that names a session this reader knows hangs from it; every other one from the days it falls in.
    """
    ordered = sorted(sessions, key=lambda s: s.order)
    known = {session.id for session in ordered}
    laid: dict[tuple[str, bool], list[Note]] = {stretch.key: [] for stretch in stretches(ordered)}
    for note in sorted(notes, key=lambda n: (n.text.date, n.written, n.id)):
        ref = note.text.session
        if ref and ref.id in known:
            laid[(ref.id, False)].append(note)
        else:
            earlier = after(note.text.date, ordered)
            laid[(earlier.id if earlier else "", earlier is not None)].append(note)
    return laid
