"""Notes: write, change, share, withdraw, delete, and their history."""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kapjournal import clock
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import audience, notes
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Note, NoteKind, NoteText, NoteVersion, SessionRef
from kapjournal.errors import Damaged, KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal.core import whole, without_gc
from kapjournal.journal.desk import Sitting, Writing
from kapjournal.journal.note_form import note_data, text_from
from kapjournal.journal.reading import believe, open_for
from kapjournal.journal.sessions import Sessions
from kapjournal.journal.shelf import Held
from kapjournal.journal.version import DocumentKind, Version, moment_from_text
from kapjournal.store import JournalFile
from kapjournal.text import storable

MIN_PREFIX = 4


@dataclass(frozen=True, slots=True)
class NewNote:
    """What a new note is made of. None means: the role's plain page, today, no session; `share` is WHO."""

    body: str
    title: str = ""
    kind: NoteKind | None = None
    date: dt.date | None = None
    tags: tuple[str, ...] = ()
    session: int | None = None
    share: str = ""


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What to change of a note; None leaves it. Session 0 takes it out of its session."""

    body: str | None = None
    title: str | None = None
    kind: NoteKind | None = None
    date: dt.date | None = None
    tags: tuple[str, ...] | None = None
    session: int | None = None


class Notes(Sessions):
    """The use cases of notes."""

    _built: dict[bytes, Note | None]

    def __init__(self, file: JournalFile, held: Secrets, memory_folder: Path) -> None:
        self._built = {}
        super().__init__(file, held, memory_folder)

    def _load(self) -> None:
        with without_gc():
            super()._load()
            for held in self.shelf.current.values():
                self._note_or_none(held)

    @whole
    def notes(
        self,
        *,
        session: int | None = None,
        by: str | None = None,
        kind: NoteKind | None = None,
        tag: str | None = None,
    ) -> list[Note]:
        """Every note one can read, oldest day first; filters narrow it. An unknown label is `NotFound`."""
        author = self.member(by).id if by else None
        if session:
            self.session(session)
        found = [
            note
            for note in self._all()
            if (session is None or note.session == session)
            and (author is None or note.author == author)
            and (kind is None or note.text.kind is kind)
            and (tag is None or folded(tag.lstrip("#")) in map(folded, note.text.tags))
        ]
        return sorted(found, key=lambda note: (note.text.date, note.written, note.id))

    @whole
    def note(self, note_id: str) -> Note:
        """The note of that id or beginning of one (at least four characters)."""
        return self._find(note_id)

    @whole
    def add_note(self, new: NewNote) -> Note:
        """Write a note; returns once the file has it."""
        return self.add_notes([new])[0]

    @whole
    def add_notes(self, many: Iterable[NewNote]) -> list[Note]:
        """Write several notes in one transaction: all or none."""
        with self.sitting() as at_work:
            held = [self._add(at_work, new) for new in many]
        return [self._note(one) for one in held]

    def _add(self, at_work: Sitting, new: NewNote) -> Held:
        readers = audience.resolve(new.share, self.members, self.shelf.me) if new.share else frozenset()
        text = NoteText(
            body=storable(new.body),
            kind=new.kind or notes.default_kind(self.me.role),
            date=new.date or clock.today(),
            title=notes.title_from(new.title),
            tags=notes.tags_from(new.tags),
            session=self._reference(new.session),
        )
        return self._put_new(at_work, text, readers)

    def _put_new(self, at_work: Sitting, text: NoteText, readers: frozenset[bytes]) -> Held:
        notes.check_may_write(self.me.role, text.kind)
        data = note_data(text, clock.now(), None)
        everybody = self._still_here(readers) | {self.shelf.me}
        return at_work.put(Writing(secrets.token_bytes(16), DocumentKind.NOTE, everybody, data, text.body))

    @whole
    def edit_note(self, note_id: str, change: NoteChange) -> Note:
        """Change one's own note; its readers stay."""
        with self.sitting() as at_work:
            held = self._own_note(note_id)
            old = self._note(held).text
            text = NoteText(
                body=old.body if change.body is None else storable(change.body),
                kind=change.kind or old.kind,
                date=change.date or old.date,
                title=old.title if change.title is None else notes.title_from(change.title),
                tags=old.tags if change.tags is None else notes.tags_from(change.tags),
                session=old.session if change.session is None else self._reference(change.session),
            )
            written = self._put_changed(at_work, held, text)
        return self._note(written)

    def _put_changed(self, at_work: Sitting, held: Held, text: NoteText) -> Held:
        note = self._note(held)
        if text == note.text:
            return held
        notes.check_may_write(self.me.role, text.kind)
        data = note_data(text, note.written, clock.now())
        return at_work.put(_next(held, self._still_here(note.readers), data, text.body))

    @whole
    def share(self, note_id: str, who: str) -> Note:
        """Let more members read one's own note from now on."""
        with self.sitting() as at_work:
            held = self._own_note(note_id)
            chosen = audience.resolve(who, self.members, self.shelf.me)
            written = held
            if not chosen <= set(held.version.readers):
                readers = self._still_here(chosen | set(held.version.readers))
                written = at_work.put(_next(held, readers, held.version.data, held.version.text))
        return self._note(written)

    @whole
    def withdraw(self, note_id: str, who: str) -> Note:
        """Stop sharing one's own note with some of its readers, from this version on."""
        with self.sitting() as at_work:
            held = self._own_note(note_id)
            present = [replace(member, removed=False) for member in self.members]
            chosen = audience.resolve(who, present, self.shelf.me) & set(held.version.readers)
            if not chosen:
                raise Refused("They could not read this note.")
            readers = self._still_here(set(held.version.readers) - chosen)
            written = at_work.put(_next(held, readers, held.version.data, held.version.text))
        return self._note(written)

    @whole
    def delete_note(self, note_id: str) -> None:
        """Delete one's own note with its history; what readers have read cannot be unread."""
        with self.sitting() as at_work:
            held = self._own_note(note_id)
            full_id, document = self._note(held).id, held.version.document
            at_work.delete(held, self.shelf.earlier.get(document, []))
            at_work.drop_drafts(
                i for i, draft in self.shelf.drafts.items() if (draft.version.data or {}).get("of") == full_id
            )

    @whole
    def history(self, note_id: str) -> list[NoteVersion]:
        """Every version of one's own note, oldest first, the present one last."""
        held = self._own_note(note_id)
        with self.file.reading() as snapshot:
            kept = self.shelf.earlier.get(held.version.document, [])
            earlier = sorted(kept, key=lambda one: one.head.writes)  # clocks can be put back
            before = [self._earlier_version(one, snapshot.envelope(one.ref.id)) for one in earlier]
        states = [*before, (held.version.written, self._note(held).text, frozenset(held.version.readers))]
        return [NoteVersion(number, *state) for number, state in enumerate(states, start=1)]

    def _earlier_version(
        self, held: Held, sealed: bytes | None
    ) -> tuple[dt.datetime, NoteText, frozenset[bytes]]:
        opened = open_for(self.shelf.own.key, held.ref.id, sealed) if sealed else None
        if opened is None or opened.body is None:
            raise Damaged("An earlier version of this note is damaged.")
        version = believe(opened.body, self.shelf.me, self.shelf.me, frozenset({DocumentKind.EARLIER}))
        data = version.data or {}
        readers = frozenset(bytes.fromhex(reader) for reader in data["readers"])
        return version.written, text_from(data["data"], version.text), readers

    # --- finding one's way --------------------------------------------------------------------------

    def _all(self) -> Iterator[Note]:
        for held in list(self.shelf.current.values()):
            note = self._note_or_none(held)
            if note is not None:
                yield note

    def _unfit_authors(self) -> list[bytes]:
        """Authors of notes that opened but are not of the form a note has."""
        return [
            held.version.author
            for held in self.shelf.current.values()
            if held.version.kind is DocumentKind.NOTE
            and held.version.data is not None
            and self._note_or_none(held) is None
        ]

    def _find(self, note_id: str, *, own: bool = False) -> Note:
        """The one note that fits; of another's, and of none, the answer and the work are the same."""
        wanted = note_id.strip().lower()
        fitting = [
            note
            for note in self._all()
            if note.id.startswith(wanted) and not (own and note.author != self.shelf.me)
        ]
        if len(wanted) < MIN_PREFIX or not fitting:
            raise NotFound(f"There is no note “{note_id}”{' of yours' if own else ''}.")
        if len(fitting) > 1:
            raise UsageError(f"More than one note begins with “{note_id}”. Give a few characters more.")
        return fitting[0]

    def _own_note(self, note_id: str) -> Held:
        note = self._find(note_id, own=True)
        return next(
            held
            for held in self.shelf.current.values()
            if held.version.author == self.shelf.me and self._note_or_none(held) is note
        )

    def _changed(self) -> None:
        super()._changed()
        self._built.clear()

    def _reference(self, number: int | None) -> SessionRef | None:
        if not number:
            return None
        session = self.session(number)
        return SessionRef(session.id, session.number)

    def _note(self, held: Held) -> Note:
        note = self._note_or_none(held)
        if note is None:
            raise Damaged("This note is not of the form it should be.")
        return note

    def _note_or_none(self, held: Held) -> Note | None:
        if held.version.kind is not DocumentKind.NOTE or held.version.data is None:
            return None
        if held.ref.id not in self._built:
            self._built[held.ref.id] = self._build(held.version)
        return self._built[held.ref.id]

    def _build(self, version: Version) -> Note | None:
        try:
            data = version.data or {}
            text = text_from(data, version.text)
            notes.check_may_write(self._role_of(version.author), text.kind)
            return Note(
                id=document_name(version.author, version.document),
                author=version.author,
                readers=frozenset(version.readers),
                text=text,
                written=moment_from_text(data["written"]),
                revised=moment_from_text(data["revised"]) if data["revised"] else None,
                session=self._number_now(text.session),
            )
        except (KapjournalError, LookupError, TypeError, ValueError):
            return None


def _next(held: Held, readers: frozenset[bytes], data: Mapping[str, Any] | None, body: str) -> Writing:
    version = held.version
    everybody = readers | {version.author}
    return Writing(version.document, DocumentKind.NOTE, everybody, data, body, previous=held)
