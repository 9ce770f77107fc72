"""Notes: list, write, change, share, withdraw, delete, and their history."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import audience, notes, waiting
from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.notes import Note, NoteKind, NoteText, NoteVersion
from kapjournal.domain.waiting import AT_ONCE, When
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault import note_writer, offer_writer, signature_writer, version_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.attached_files import named_by
from kapjournal.journal.vault.earlier_versions import alike, earlier_versions, history, seen_by_now
from kapjournal.journal.vault.note_repository import NoteFilter
from kapjournal.journal.vault.rollback_record import MARK_BYTES
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable


@dataclass(frozen=True, slots=True)
class NewNote:
    """What a new note is made of. None means: the role's plain page, today, no session; `share` is WHO, and
    `when` they are to have it. A letter or a decision `opens` on a day; without one a decision does ten days
    later, and a letter is open."""

    body: str
    title: str = ""
    kind: NoteKind | None = None
    date: dt.date | None = None
    tags: tuple[str, ...] = ()
    session: int | None = None
    share: str = ""
    when: When = AT_ONCE
    opens: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What to change of a note; None leaves it. Session 0 takes it out of its session.

    `seen` are the versions the person saw (`Note.versions`), if it is known: another text that was written
    meanwhile stays, and stands beside. So does every other text if the words themselves do not change.
    """

    body: str | None = None
    title: str | None = None
    kind: NoteKind | None = None
    date: dt.date | None = None
    tags: tuple[str, ...] | None = None
    session: int | None = None
    seen: tuple[EnvelopeId, ...] | None = None


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
            found = filter(vault.notes.fitting(NoteFilter(by, session, kind, tag)), list(vault.notes.all()))
        return sorted(found, key=lambda note: (note.text.date, note.written, note.id))

    def get(self, note_id: str) -> Note:
        """The note of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.notes.shown(vault.notes.find(note_id))

    def is_new(self, note: Note) -> bool:
        """Whether it came from another member since this one was last here, or before and they have not
        looked at it. The same until the journal is closed; only this computer knows, and nobody is told."""
        new = self._access.peek().record.new
        return bool(new) and any(envelope[:MARK_BYTES] in new for envelope in note.versions)

    def looked_at(self, note: Note) -> None:
        """Let a note not be new any more the next time; noted outside the file when the journal is closed."""
        record = self._access.peek().record
        record.looked_at.update(envelope[:MARK_BYTES] for envelope in note.versions)

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
                seen: Collection[EnvelopeId] | None = change.seen
                if change.body is None:
                    seen = alike(vault, stored)
                elif seen is not None:
                    seen = seen_by_now(vault, unit.transaction, stored, seen)
                written = note_writer.change_text(vault, unit, stored, text, seen)
            return vault.notes.note_of(written)

    def share(self, note_id: str, who: str, when: When = AT_ONCE) -> Note:
        """Let more members read a note this member wrote, from now on, or let it wait for them."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = written = vault.notes.find_own(note_id)
                readers = frozenset(stored.version.readers)
                chosen = audience.resolve(who, vault.membership.members, vault.me)
                if not chosen <= readers:
                    written = note_writer.share(vault, unit, stored, chosen, when)
                    signature_writer.share_addenda(vault, unit, written)
            return vault.notes.note_of(written)

    def withdraw(self, note_id: str, who: str) -> Note:
        """Stop sharing a note this member wrote with some of its readers, from this version on; whom it
        waits for, it waits for no longer."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                readers = vault.notes.readers_of(stored)
                everyone = [replace(member, removed=False) for member in vault.membership.members]
                held = vault.waiting.of(stored.version.document).waiting.readers
                chosen = audience.resolve(who, everyone, vault.me) & (readers | held)
                if not chosen:
                    raise Refused("They could not read this note.")
                written = note_writer.withdraw(vault, unit, stored, chosen)
                signature_writer.share_addenda(vault, unit, written)
            return vault.notes.note_of(written)

    def set_apart(self, note_id: str) -> list[Note]:
        """Make the unsigned words beside a signed note of this member's into notes of their own (`Refused` if
        there are none); returns these."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                apart = note_writer.set_apart(vault, unit, vault.notes.find_own(note_id))
            return [vault.notes.note_of(one) for one in apart]

    def delete(self, note_id: str, *, now: bool = False) -> bool:
        """Delete a note this member wrote, with its history; what readers have read cannot be unread. On the
        day of a dose nobody reads it from then on, and it lies in the tray until it is removed, if not `now`;
        returns whether it is gone."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            stored = vault.notes.find_own(note_id, in_tray=now)
            standing = vault.notes.standing(stored)
            version_writer.check_unlocked(standing)
            if not now and vault.waiting.pause_until() is not None:
                note_writer.put_in_tray(vault, unit, stored)
                return False
            full_id, document = vault.notes.note_of(stored).id, stored.version.document
            earlier = vault.envelopes.versions.earlier.get(document, [])
            versions = [one.version for one in standing]
            versions += earlier_versions(vault, unit.transaction, earlier)
            note_writer.take_consent_back(vault, unit, stored)
            offer_writer.take_back(vault, unit, offer_writer.offers_of(vault, document))
            unit.drop_versions(vault.waiting.of(document).standing)
            unit.delete(standing, earlier, named_by(versions))
            unit.drop_drafts(
                [
                    row_id
                    for row_id, draft in vault.envelopes.drafts.items()
                    if _draft_is_of(draft.version, full_id)
                ]
            )
            return True

    def history(self, note_id: str) -> list[NoteVersion]:
        """Every version of a note this member wrote, oldest first, the present one last."""
        with self._access.exclusive() as vault:
            stored = vault.notes.find_own(note_id)
            waiting.check_is_open(vault.waiting.of(stored.version.document).waiting, clock.today())
            versions = history(vault, stored)
        kept = [version for version in versions if version.type == registry.NOTE.type]
        return [_note_version(number, version) for number, version in enumerate(kept, start=1)]


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
    return note_writer.add(vault, unit, text, readers, new.when, new.opens)


def _changed(vault: Vault, old: NoteText, change: NoteChange) -> NoteText:
    return NoteText(
        body=old.body if change.body is None else storable(change.body),
        kind=change.kind or old.kind,
        date=change.date or old.date,
        title=old.title if change.title is None else notes.title_from(change.title),
        tags=old.tags if change.tags is None else notes.tags_from(change.tags),
        session=old.session if change.session is None else vault.sessions.reference(change.session),
    )


def _note_version(number: int, version: DocumentVersion) -> NoteVersion:
    note = registry.NOTE.decode(version)
    saved = version.written or note.revised or note.written
    files = tuple([file.attachment for file in note.files])
    return NoteVersion(number, saved, note.text, frozenset(version.readers), files)


def _draft_is_of(version: DocumentVersion, note_id: str) -> bool:
    try:
        return registry.DRAFT.decode(version).of == note_id
    except NotGenuine:
        return False
