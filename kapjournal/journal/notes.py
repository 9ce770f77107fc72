"""Notes: list, write, change, share, withdraw, delete, and their history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.domain import audience, notes
from kapjournal.domain.notes import Note, NoteKind, NoteText, NoteVersion
from kapjournal.errors import Damaged, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.note import EarlierNote
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.note_repository import NoteFilter
from kapjournal.journal.vault.opened_envelopes import StoredVersion
from kapjournal.journal.vault.opening import authenticate, open_on
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable


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


class Notes:
    """The use cases of notes."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(
        self,
        *,
        session: int | None = None,
        by: str | None = None,
        kind: NoteKind | None = None,
        tag: str | None = None,
    ) -> list[Note]:
        """Every note this member can read, oldest day first; filters narrow it. An unknown label is
        `NotFound`."""
        with self._access.exclusive() as vault:
            found = vault.notes.filtered(NoteFilter(by, session, kind, tag))
        return sorted(found, key=lambda note: (note.text.date, note.written, note.id))

    def get(self, note_id: str) -> Note:
        """The note of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.notes.find(note_id)

    def add(self, new: NewNote) -> Note:
        """Write a note; returns once the file has it."""
        return self.add_many([new])[0]

    def add_many(self, many: Iterable[NewNote]) -> list[Note]:
        """Write several notes in one transaction: all or none."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = [_add(vault, unit, new) for new in many]
            return [vault.notes.note_of(one) for one in stored]

    def edit(self, note_id: str, change: NoteChange) -> Note:
        """Change a note this member wrote; its readers stay."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                text = _changed(vault, vault.notes.note_of(stored).text, change)
                written = vault.notes.change_text(unit, stored, text)
            return vault.notes.note_of(written)

    def share(self, note_id: str, who: str) -> Note:
        """Let more members read a note this member wrote, from now on."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = written = vault.notes.find_own(note_id)
                readers = frozenset(stored.version.readers)
                chosen = audience.resolve(who, vault.membership.members, vault.identity.hash)
                if not chosen <= readers:
                    written = vault.notes.change_readers(unit, stored, readers | chosen)
            return vault.notes.note_of(written)

    def withdraw(self, note_id: str, who: str) -> Note:
        """Stop sharing a note this member wrote with some of its readers, from this version on."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                readers = frozenset(stored.version.readers)
                everyone = [replace(member, removed=False) for member in vault.membership.members]
                chosen = audience.resolve(who, everyone, vault.identity.hash) & readers
                if not chosen:
                    raise Refused("They could not read this note.")
                written = vault.notes.change_readers(unit, stored, readers - chosen)
            return vault.notes.note_of(written)

    def delete(self, note_id: str) -> None:
        """Delete a note this member wrote, with its history; what readers have read cannot be unread."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            stored = vault.notes.find_own(note_id)
            full_id, document = vault.notes.note_of(stored).id, stored.version.document
            unit.delete(stored, vault.envelopes.earlier.get(document, []))
            unit.drop_drafts(
                envelope_id
                for envelope_id, draft in vault.envelopes.drafts.items()
                if (draft.version.data or {}).get("of") == full_id
            )

    def history(self, note_id: str) -> list[NoteVersion]:
        """Every version of a note this member wrote, oldest first, the present one last."""
        with self._access.exclusive() as vault:
            stored = vault.notes.find_own(note_id)
            kept = vault.envelopes.earlier.get(stored.version.document, [])
            earlier = sorted(kept, key=lambda one: one.head.writes)  # clocks can be put back
            with vault.file.reading() as snapshot:
                before = [_earlier_note(vault, one, snapshot.envelope(one.ref.id)) for one in earlier]
            present = EarlierNote(vault.notes.note_of(stored).text, frozenset(stored.version.readers))
        states = zip([*earlier, stored], [*before, present], strict=True)
        return [
            NoteVersion(number, one.version.written, note.text, note.readers)
            for number, (one, note) in enumerate(states, start=1)
        ]


def _add(vault: Vault, unit: UnitOfWork, new: NewNote) -> StoredVersion:
    me = vault.membership.me
    readers = audience.resolve(new.share, vault.membership.members, me.id) if new.share else frozenset()
    text = NoteText(
        body=storable(new.body),
        kind=new.kind or notes.default_kind(me.role),
        date=new.date or clock.today(),
        title=notes.title_from(new.title),
        tags=notes.tags_from(new.tags),
        session=vault.sessions.reference(new.session),
    )
    return vault.notes.add(unit, text, readers)


def _changed(vault: Vault, old: NoteText, change: NoteChange) -> NoteText:
    return NoteText(
        body=old.body if change.body is None else storable(change.body),
        kind=change.kind or old.kind,
        date=change.date or old.date,
        title=old.title if change.title is None else notes.title_from(change.title),
        tags=old.tags if change.tags is None else notes.tags_from(change.tags),
        session=old.session if change.session is None else vault.sessions.reference(change.session),
    )


def _earlier_note(vault: Vault, stored: StoredVersion, sealed: bytes | None) -> EarlierNote:
    """An earlier version with its words, which are not kept in memory (`Damaged`)."""
    me = vault.identity.hash
    opened = open_on(vault.envelopes.own.key, stored.ref.id, sealed) if sealed else None
    if opened is None or opened.body is None:
        raise Damaged("An earlier version of this note is damaged.")
    version = authenticate(opened.body, me, me, registry.ChannelKind.TO_SELF, vault.membership.keeper)
    return registry.EARLIER.decode(version)
