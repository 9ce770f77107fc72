"""The notes this member can read, made from their documents."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import notes, signing
from kapjournal.domain.by_id import one_by_id, tidied
from kapjournal.domain.course import Course
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.waiting import Waiting
from kapjournal.errors import Damaged, KapjournalError, NotFound
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.files import AttachedFile, OwedDrop, owed_in
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.attached_files import named_by
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.session_repository import SessionRepository
from kapjournal.journal.vault.standing_versions import DocumentName, StoredVersion
from kapjournal.journal.vault.waiting_repository import WaitingRepository


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are meant; None and empty mean all. `by` is a label; `session` is a number, see
    `Course.session_of`, and 0 fits no note."""

    by: str | None = None
    session: int | None = None
    kind: NoteKind | None = None
    tag: str | None = None


class NoteRepository:
    """Finds notes; each is made from its document once."""

    def __init__(
        self,
        envelopes: OpenedEnvelopes,
        membership: Membership,
        sessions: SessionRepository,
        waiting: WaitingRepository,
    ) -> None:
        self._waiting = waiting
        self._envelopes = envelopes
        self._membership = membership
        self._sessions = sessions
        self._built: dict[RowId, Note | None] = {}
        self._names: dict[str, DocumentName] = {}
        self._forgot_all = True
        self._sets: dict[tuple[MemberId, ...], frozenset[MemberId]] = {}

    def all(self) -> Iterator[Note]:
        """Every note this member can read, in no order; none of those that lie in the tray, and of what is
        closed no words."""
        put_aside = self._put_aside()
        for note in self._everything():
            opens = put_aside.get(note.id, note)
            if opens is note:
                yield note
            elif isinstance(opens, dt.date):
                yield note.closed_until(opens)

    def shown(self, note: Note) -> Note:
        """A note as its author is shown it: without words while it is closed."""
        waiting = self._waits(note)
        return (
            note.closed_until(waiting.opens) if waiting.opens and waiting.is_closed(clock.today()) else note
        )

    def _waits(self, note: Note) -> Waiting:
        is_mine = note.author == self._envelopes.me
        return self._waiting.of(self._names[note.id][1]).waiting if is_mine else Waiting()

    def _put_aside(self) -> dict[str, dt.date | None]:
        """The notes of this member's that are closed, with the day on which each opens, and with None those
        that lie in the tray, and those of the partner that are not shown yet."""
        today = clock.today()
        found: dict[str, dt.date | None] = dict.fromkeys(self._kept_back())
        for one in self._waiting.all():
            if one.waiting.tray or one.waiting.is_closed(today):
                note_id = document_name(self._envelopes.me, one.note)
                found[note_id] = None if one.waiting.tray else one.waiting.opens
        return found

    def _kept_back(self) -> frozenset[str]:
        """The partner's notes for which this member's are not out yet."""
        return frozenset(document_name(*name) for name in self._waiting.kept_back())

    def _everything(self) -> Iterator[Note]:
        for stored in list(self._envelopes.current.values()):
            note = self._note_or_none(stored)
            if note is not None:
                yield note

    def take_changes(self) -> tuple[dict[str, Note | None], bool]:
        """The notes that changed since this was asked last, or to which something was added, by id, None for
        what is none any more; and whether these are all there are. For the search index alone."""
        changed = self._envelopes.versions.take_changed()
        if changed is None or self._forgot_all:
            self._forgot_all = False
            return {note.id: note for note in self._everything()}, True
        current = self._envelopes.current
        changed |= {of for name in changed if (of := _added_to(current.get(name)))}
        found = {document_name(*name): current.get(name) for name in changed}
        return {note_id: stored and self._note_or_none(stored) for note_id, stored in found.items()}, False

    def fitting(self, chosen: NoteFilter, *, of_words: bool = False) -> Callable[[Note], bool]:
        """Whether a filter lets a note through (`NotFound` for an unknown label or session); none that is
        closed or lies in the tray where the filter is `of_words`."""
        author = self._membership.get(chosen.by).id if chosen.by else None
        if chosen.session:
            self._sessions.numbered(chosen.session)
        course = Course(() if chosen.session is None else self._sessions.all())
        tag = None if chosen.tag is None else folded(chosen.tag.lstrip("#"))
        put_aside = self._put_aside() if of_words else {}

        def fits(note: Note) -> bool:
            return (
                note.id not in put_aside
                and (chosen.session is None or course.session_of(note) == chosen.session)
                and (author is None or note.author == author)
                and (chosen.kind is None or note.text.kind is chosen.kind)
                and (tag is None or tag in map(folded, note.text.tags))
            )

        return fits

    def malformed(self) -> Iterator[DocumentVersion]:
        """Documents that came as notes and are not of the form a note has."""
        for stored in self._envelopes.current.values():
            version = stored.version
            is_note = version.type == registry.NOTE.type
            if is_note and self._note_or_none(stored) is None:
                yield version

    def find(self, note_id: str, *, own: bool = False, in_tray: bool = False) -> Note:
        """The one note whose id begins so (`NotFound`, `UsageError` for several), with its words. With `own`,
        of another's note and of none the answer and the work are the same; what lies in the tray is found
        `in_tray` alone."""

        kept_back = self._kept_back()

        def is_meant(note: Note) -> bool:
            is_theirs = own and note.author != self._envelopes.me
            is_shown = note.id not in kept_back and (in_tray or self._waits(note).tray is None)
            return not is_theirs and is_shown

        named = self._named(tidied(note_id))
        if named is not None and is_meant(named):
            return named
        notes = filter(is_meant, self._everything())
        return one_by_id(notes, note_id, "note of yours" if own else "note", lambda note: [note.id])

    def find_own(self, note_id: str, *, in_tray: bool = False) -> StoredVersion:
        """The present version of a note this member wrote (errors as for `find`)."""
        note = self.find(note_id, own=True, in_tray=in_tray)
        return self._envelopes.current[self._names[note.id]]

    def stored(self, note_id: str) -> StoredVersion:
        """The present version of a note this member can read (errors as for `find`)."""
        return self._envelopes.current[self._names[self.find(note_id).id]]

    def name_of(self, note: Note) -> DocumentName:
        """The document a note was made from (`NotFound` if it is gone)."""
        try:
            return self._names[note.id]
        except KeyError:
            raise NotFound("This note is not here any more.") from None

    def known_name(self, note_id: str) -> DocumentName | None:
        """The document of a note that was made already; None of any other."""
        return self._names.get(note_id)

    def files(self, stored: StoredVersion) -> tuple[AttachedFile, ...]:
        """What is attached to a note, in the order of `Note.files`."""
        return named_by(shown_first(stored.version, self.standing(stored)))

    def _named(self, note_id: str) -> Note | None:
        """The note of a whole id, if it was made already."""
        stored = self._envelopes.current.get(self._names[note_id]) if note_id in self._names else None
        return self._note_or_none(stored) if stored else None

    def note_of(self, stored: StoredVersion) -> Note:
        """The note in a version (`Damaged`)."""
        note = self._note_or_none(stored)
        if note is None:
            raise Damaged("This note is not of the form it should be.")
        return note

    def owed_drops(self) -> Iterator[OwedDrop]:
        """The pieces this member dropped where they were not in the file."""
        for stored in self._envelopes.current.values():
            version = stored.version
            is_mine = version.author == self._envelopes.me
            if is_mine and version.type in _MAY_OWE and b'"removed"' in version.data:
                with suppress(NotGenuine):
                    yield from owed_in(version.fields())

    def readers_of(self, stored: StoredVersion) -> frozenset[MemberId]:
        """Who can read any of the versions of a note that stand."""
        return frozenset().union(*(one.version.readers for one in self.standing(stored)))

    def standing(self, stored: StoredVersion) -> list[StoredVersion]:
        """Every version of a note that stands, a deletion among them."""
        return self._envelopes.standing(stored.version.author, stored.version.document)

    def build_all(self, look: Callable[[], object] = bool) -> None:
        """Make every note; `look` is called between two, and ends it by what it raises."""
        for stored in self._envelopes.current.values():
            look()
            self._note_or_none(stored)

    def forget(self, touched: Mapping[DocumentName, Iterable[RowId]]) -> None:
        """Forget the notes made from documents that were written: earlier words are not kept in memory."""
        for name, rows in touched.items():
            standing = self._envelopes.versions.standing.get(name, ())
            for row_id in (*rows, *(stored.row for stored in standing)):
                self._built.pop(row_id, None)

    def clear(self) -> None:
        """Forget what was made: documents, members or sessions changed."""
        self._built.clear()
        self._names.clear()
        self._forgot_all = True

    def _note_or_none(self, stored: StoredVersion) -> Note | None:
        if stored.version.type != registry.NOTE.type:
            return None
        if stored.row not in self._built:
            note = self._build(stored.version)
            if note is None:  # what is of no form hides nothing that stands beside it
                others = shown_first(stored.version, self.standing(stored))[1:]
                note = next(filter(None, map(self._build, others)), None)
            self._built[stored.row] = note
        return self._built[stored.row]

    def _build(self, version: DocumentVersion) -> Note | None:
        try:
            content = registry.NOTE.decode(version)
            role = self._membership.role_of(version.author)
            notes.check_may_write(role, content.text.kind)
        except (KapjournalError, LookupError, TypeError, ValueError):
            return None
        name = version.author, version.document
        note_id = document_name(*name)
        self._names[note_id] = name
        standing = self._envelopes.standing(*name)
        note = Note(
            id=note_id,
            author=version.author,
            readers=self._as_set(version.readers),
            text=content.text,
            written=content.written,
            revised=content.revised,
            session=self._sessions.number_now(content.text.session),
            is_signed=bool(version.proofs) and signing.may_bear_signature(content.text.kind, role),
            versions=tuple([one.envelope for one in standing]),
            files=tuple([file.attachment for file in content.files]),
            typed_by=content.typed_by,
        )
        return note if len(standing) < 2 else self._among(standing, version, note)

    def _among(self, standing: Sequence[StoredVersion], version: DocumentVersion, note: Note) -> Note:
        """The note of one version, with what the others say that stand beside it."""
        each = [self._as_set(one.version.readers) for one in standing if not one.is_deletion]
        readers = note.readers.union(*each)
        return replace(
            note,
            readers=readers,
            beside=self._beside(version, note.text, standing),
            not_of_each=readers - note.readers.intersection(*each),
            files=tuple([file.attachment for file in named_by(shown_first(version, standing))]),
        )

    def _as_set(self, readers: tuple[MemberId, ...]) -> frozenset[MemberId]:
        """Readers as a set; nearly every note has the same few, and they share it."""
        return self._sets.get(readers) or self._sets.setdefault(readers, frozenset(readers))

    def _beside(
        self, version: DocumentVersion, text: NoteText, standing: Iterable[StoredVersion]
    ) -> tuple[NoteText, ...]:
        """What else stands of a note: written on another computer of its author at the same time. Versions
        that differ in their files alone have one text."""
        texts = {text: None}
        for other in shown_first(version, standing)[1:]:
            if other.type == registry.NOTE.type:
                with suppress(KapjournalError, LookupError, TypeError, ValueError):
                    texts.setdefault(registry.NOTE.decode(other).text)
        return tuple(texts)[1:]


def _added_to(stored: StoredVersion | None) -> DocumentName | None:
    """The document to which this one adds, if it is an addendum."""
    if stored is None or stored.version.type != registry.ADDENDUM.type:
        return None
    with suppress(NotGenuine):
        of = registry.ADDENDUM.decode(stored.version).of
        return of.author, of.document
    return None


def shown_first(version: DocumentVersion, standing: Iterable[StoredVersion]) -> list[DocumentVersion]:
    """Versions that stand: this one, then the others by their rank."""
    others = [one for one in standing if one.version is not version]
    return [version, *(one.version for one in sorted(others, key=lambda one: one.rank, reverse=True))]


_MAY_OWE = (registry.NOTE.type, registry.DELETED.type)
