"""What was promised: every act that was acknowledged is entered, and at rest all of it must hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kapjournal.domain.ids import EnvelopeId, RowId
from kapjournal.domain.notes import Note
from kapjournal.errors import NotFound
from kapjournal.journal import Journal
from kapjournal.journal.vault.standing_versions import StoredVersion
from tests.internals import vault_of

from .computers import Computer, Rows

Markers = frozenset[RowId]


@dataclass(frozen=True)
class Narrowing:
    """That a note was withdrawn from somebody, or deleted (`reader` None: from everybody). `markers` are the
    rows by which a computer knows."""

    note: str
    reader: str | None
    markers: Markers


@dataclass
class Ledger:
    """What is known from outside of everything that was done."""

    known: dict[RowId, bool] = field(default_factory=dict)
    """Every row that a file has or had when nothing was destroyed since, and whether it stands."""
    gone: set[RowId] = field(default_factory=set)
    """Rows that were deleted outright: drafts that came and went."""
    said: dict[str, dict[RowId, str]] = field(default_factory=dict)
    """By note: the words of every save, by the row it was saved in."""
    author: dict[str, str] = field(default_factory=dict)
    allowed: dict[str, set[str]] = field(default_factory=dict)
    """By words: everybody they were ever meant for."""
    narrowed: list[Narrowing] = field(default_factory=list)
    drafts: dict[str, dict[RowId, str]] = field(default_factory=dict)
    drafts_of: dict[str, str] = field(default_factory=dict)
    verified: list[tuple[str, str, Markers]] = field(default_factory=list)
    plans: set[int] = field(default_factory=lambda: {0})
    words_of: dict[EnvelopeId, str] = field(default_factory=dict)
    """By envelope: the words that somebody saw who began to change them."""
    sessions: dict[str, tuple[set[str], Markers]] = field(default_factory=dict)
    """By session: every title it was given, and the rows by which it is known."""
    destroyed: bool = False
    cloned: bool = False

    # --- files ------------------------------------------------------------------------------------------

    def changed(self, before: Rows, after: Rows, fresh: Iterable[RowId] = ()) -> None:
        """A file changed: nothing is gone from it but drafts that its program had just written, and nothing
        dropped stands."""
        vanished = before.keys() - after.keys()
        assert vanished <= set(fresh), "a row was taken out of a file"
        raised = [row for row in before if row in after and after[row] and not before[row]]
        assert not raised, "what was dropped stands again"
        for row in vanished:
            self.known.pop(row, None)
            self.gone.add(row)
        self.add(after)

    def add(self, rows: Rows) -> None:
        for row, stands in rows.items():
            self.known[row] = stands and self.known.get(row, True)

    def some_was_destroyed(self, computers: Iterable[Computer], *, cloned: bool = False) -> None:
        """Files were replaced by others: what only they had is promised to nobody any more."""
        self.destroyed, self.cloned = True, self.cloned or cloned
        files = [computer.rows() for computer in computers]
        self.known = {}
        for rows in files:
            self.add(rows)
        for rows_of_note in (*self.said.values(), *self.drafts.values()):
            for row in set(rows_of_note) - self.known.keys():
                del rows_of_note[row]
        self.narrowed = [one for one in self.narrowed if any(one.markers <= rows.keys() for rows in files)]
        self.verified = [one for one in self.verified if any(one[2] <= rows.keys() for rows in files)]
        self.sessions = {
            name: one for name, one in self.sessions.items() if any(one[1] <= rows.keys() for rows in files)
        }

    # --- notes ------------------------------------------------------------------------------------------

    def meant(self, words: str, readers: Iterable[str]) -> None:
        self.allowed.setdefault(words, set()).update(readers)

    def saved(self, program: Journal, note: Note, new: Rows) -> None:
        """A version was saved and acknowledged."""
        author = program.me.label
        self.author[note.id] = author
        rows = self.said.setdefault(note.id, {})
        rows |= {one.row: one.words for one in standing(program, note.id) if one.row in new}

    def withdrawn(self, note: Note, readers: Iterable[str], markers: Markers) -> None:
        self.narrowed += [Narrowing(note.id, reader, markers) for reader in readers]

    def shared(self, note: Note, readers: Iterable[str], seen: Rows) -> None:
        """Shared by somebody who knew of the narrowings that `seen` has: they hold no longer."""
        chosen = set(readers)
        kept: list[Narrowing] = []
        for one in self.narrowed:
            if one.note != note.id or not one.markers <= seen.keys():
                kept.append(one)
            elif one.reader is None:
                others = {"Dr Lee", "Ana", "Ben"} - {self.author[note.id]} - chosen
                kept += [Narrowing(one.note, other, one.markers) for other in sorted(others)]
            elif one.reader not in chosen:
                kept.append(one)
        self.narrowed = kept

    def deleted(self, note_id: str, seen: Rows, markers: Markers) -> None:
        """What the deleting program knew of may go, words and all; what it did not know stays promised."""
        rows = self.said.get(note_id, {})
        for row in seen.keys() & rows.keys():
            del rows[row]
        self.narrowed.append(Narrowing(note_id, None, markers))


class Standing(NamedTuple):
    """A version of a note that stands."""

    row: RowId
    envelope: EnvelopeId
    words: str
    readers: set[str]


def standing(program: Journal, note_id: str | None) -> list[Standing]:
    """Every version of a note that stands; none if there is no such note."""
    label_of = vault_of(program).membership.label_of
    return [
        Standing(
            one.row, one.envelope, one.version.text, {label_of(reader) for reader in one.version.readers}
        )
        for one in _stored(program, note_id)
        if not one.is_deletion
    ]


def readers_of_all(program: Journal, note_id: str | None) -> set[str]:
    """Who could read every version of a note that stands, a deletion among them."""
    readers = [set(stored.version.readers) for stored in _stored(program, note_id)]
    return {vault_of(program).membership.label_of(one) for one in set.intersection(*readers)}


def _stored(program: Journal, note_id: str | None) -> list[StoredVersion]:
    vault = vault_of(program)
    try:
        vault.notes.find(note_id or "")
    except NotFound:
        return []
    author, document = vault.notes._names[note_id or ""]
    return vault.envelopes.standing(author, document)
