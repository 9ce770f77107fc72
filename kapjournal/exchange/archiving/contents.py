"""What an archive holds: the member's notes, what others shared, sessions, and pages that are for reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.sessions import Session
from kapjournal.domain.signing import SignedDocument
from kapjournal.exchange.archiving.for_reading import (
    ForReading,
    pages_of_course,
    pages_of_records,
    taken_along,
)

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class Contents:
    """All that goes into an archive. `own` and `shared` are by day; `records` are those of a practice."""

    own: Sequence[Note]
    shared: Sequence[Note]
    sessions: Sequence[Session]
    pages: Sequence[ForReading]
    signed: Mapping[str, SignedDocument]
    records: Sequence[Record] = ()

    @property
    def notes(self) -> list[Note]:
        """Every note."""
        return [*self.own, *self.shared]


def contents_of(journal: "Journal", *, process_notes: bool = False) -> Contents:
    """All this member can read. Of a practice, no safety note and no write-up for supervision; process notes
    that they wrote themselves only if asked for."""
    notes = journal.notes.all()
    own = [note for note in notes if note.author == journal.me.id]
    shared = [note for note in notes if note.author != journal.me.id]
    signed = journal.signing.of_all(notes)
    if journal.is_practice:
        records = taken_along(journal, process_notes=process_notes)
        return Contents(own, shared, (), pages_of_records(journal, records), signed, records)
    return Contents(own, shared, journal.sessions.all(), pages_of_course(journal), signed)
