"""All that the course shows, read in one go in a thread."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.course import Key, Stretch, in_sight, lay_out, to_come, where
from kapjournal.domain.notes import Draft, Note
from kapjournal.domain.sessions import Session, may_add
from kapjournal.presentation import findings

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class View:
    """The course as it stood at one moment. `to_come` are numbers of sessions that are only planned."""

    today: dt.date
    sessions: list[Session]
    notes: dict[Key, list[Note]]
    stretches: list[Stretch]
    present: Stretch
    to_come: range
    drafts: list[Draft]
    findings: tuple[str, ...]
    may_add_session: bool

    @property
    def is_new(self) -> bool:
        """Whether there is nothing to read yet."""
        return not any(self.notes.values())

    def stretch(self, key: Key | None) -> Stretch | None:
        """The stretch of that key."""
        return next((stretch for stretch in self.stretches if stretch.key == key), None)

    def by(self, author: bytes) -> dict[str, Key]:
        """Where each of somebody's notes hangs."""
        return {note.id: key for key, notes in self.notes.items() for note in notes if note.author == author}


def look(journal: "Journal") -> View:
    """Read the course as it stands."""
    sessions, today = journal.sessions.all(), clock.today()
    notes = lay_out(journal.notes.all(), sessions)
    return View(
        today=today,
        sessions=sessions,
        notes=notes,
        stretches=in_sight(notes, sessions, today),
        present=where(today, sorted(sessions, key=lambda session: session.order)),
        to_come=to_come(sessions, journal.sessions.planned),
        drafts=journal.drafts.all(),
        findings=tuple(findings.sentences(journal.findings, journal)),
        may_add_session=may_add(journal.me, journal.members.all()),
    )
