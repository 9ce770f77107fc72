"""How a member's own notes are written: each way to change one, as versions in the place of those before."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from kapjournal import clock
from kapjournal.domain import attachments, notes, waiting
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.notes import NoteText
from kapjournal.domain.signing import NOTHING_BESIDE
from kapjournal.domain.waiting import AT_ONCE, Waiting, When
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.files import AttachedFile, raw_files_of, to_data, with_files
from kapjournal.journal.documents.note import NoteContent
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import offer_writer, version_writer, waiting_writer
from kapjournal.journal.vault.attached_files import joined, named_by
from kapjournal.journal.vault.note_repository import shown_first
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


class Before(NamedTuple):
    """What a new note brings along: when it was written and revised where it was before (UTC), and files that
    are sealed already."""

    written: dt.datetime | None = None
    revised: dt.datetime | None = None
    files: tuple[AttachedFile, ...] = ()


def add(
    vault: Vault,
    unit: UnitOfWork,
    text: NoteText,
    readers: frozenset[MemberId],
    when: When = AT_ONCE,
    opens: dt.date | None = None,
    before: Before | None = None,
) -> StoredVersion:
    """Write a new note of this member's for those of the readers who are still here, and let it wait for
    those who are not to have it yet. What `opens` on a day is closed until then (`Refused`, `UsageError`).
    What it was `before` it came here stays with it, and so it is open, as it was there."""
    notes.check_may_write(vault.membership.me.role, text.kind)
    if before is None:
        opens = waiting.opens_first(text.kind, clock.today(), opens)
        before = Before()
    said = NoteContent(text, before.written or clock.now(), before.revised, before.files)
    content = registry.NOTE.encode(said, None)
    others = vault.membership.without_removed(readers) - {vault.me}
    at_once, holds = waiting_writer.shared(vault, others, when, opens)
    document = new_document_id()
    stored = unit.put(DocumentChange(document, registry.NOTE.type, at_once | {vault.me}, content))
    waiting_writer.save(vault, unit, document, Waiting(holds, opens=opens))
    offer_writer.offer(vault, unit, stored, holds, when)
    return stored


def change_text(
    vault: Vault,
    unit: UnitOfWork,
    stored: StoredVersion,
    text: NoteText,
    seen: Collection[EnvelopeId] | None = None,
) -> StoredVersion:
    """Write other words for a note of this member's, in the place of the versions `seen`, of all without
    it; what was not seen stays beside. Its readers are those who could read each version that stands, but
    for those removed."""
    note = vault.notes.note_of(stored)
    standing = vault.notes.standing(stored)
    previous = [one for one in standing if seen is None or one.envelope in seen]
    if text == note.text and [stored] == standing:
        return stored
    version_writer.check_unlocked(standing)
    offer_writer.check_unbound(vault, stored.version.document)
    waiting.check_is_open(vault.waiting.of(stored.version.document).waiting, clock.today())
    notes.check_may_write(vault.membership.me.role, text.kind)
    readers = version_writer.readers_of_each(standing)
    content = registry.NOTE.encode(NoteContent(text, note.written, clock.now()), stored.version)
    if len(previous) > 1:
        seen_versions = shown_first(stored.version, previous)
        files = joined(unit.transaction, seen_versions)
        attachments.check_named(files)
        content = with_files(stored.version._replace(data=content.data, text=content.text), files)
    return version_writer.replace(vault, unit, stored, readers, content, previous)


def attach(vault: Vault, unit: UnitOfWork, stored: StoredVersion, file: AttachedFile) -> StoredVersion:
    """Name one more file in a note of this member's; the words, and other texts that stand, stay."""
    offer_writer.check_unbound(vault, stored.version.document)
    content = with_files(stored.version, [*raw_files_of(stored.version), to_data(file)])
    return version_writer.replace(vault, unit, stored, frozenset(stored.version.readers), content, [stored])


def detach(vault: Vault, unit: UnitOfWork, stored: StoredVersion, file: AttachedFile) -> StoredVersion:
    """Drop the pieces of a file of this member's, and name it no more in any text that stands."""
    offer_writer.check_unbound(vault, stored.version.document)
    owed = unit.drop_files([file])
    written = stored
    for one in vault.notes.standing(stored):
        places = [at for at, named in enumerate(named_by([one.version])) if named == file]
        if not places:
            continue
        raw = [named for at, named in enumerate(raw_files_of(one.version)) if at not in places]
        content = with_files(one.version, raw, owed)
        changed = version_writer.replace(vault, unit, one, frozenset(one.version.readers), content, [one])
        written = changed if one is stored else written
    return written


def share(
    vault: Vault, unit: UnitOfWork, stored: StoredVersion, more: frozenset[MemberId], when: When = AT_ONCE
) -> StoredVersion:
    """Write the same words for more readers, or let them wait for these (`Refused` while several versions
    stand)."""
    if stored.version.proofs and len(vault.notes.standing(stored)) > 1:
        raise Refused("Unsigned words stand beside this note. Make them a note of their own, then share it.")
    opens = vault.waiting.of(stored.version.document).waiting.opens
    at_once, holds = waiting_writer.shared(vault, more - set(stored.version.readers), when, opens)
    waiting_writer.hold(vault, unit, stored.version.document, holds, settled=at_once)
    offer_writer.offer(vault, unit, stored, holds, when)
    version_writer.check_one_text(vault, stored)
    if not at_once and stored.generation == vault.envelopes.channels.own.generation:
        return stored  # or who reads it now would see by the same words once more that it waits for somebody
    return version_writer.share(vault, unit, stored, at_once)


def withdraw(
    vault: Vault, unit: UnitOfWork, stored: StoredVersion, lost: frozenset[MemberId]
) -> StoredVersion:
    """Write the same words without some of their readers; for these it waits no longer either. A page that
    was taken from a therapist may not be used for supervision any more."""
    if lost & therapists_here(vault.membership.members):
        take_consent_back(vault, unit, stored)
    waiting_writer.hold(vault, unit, stored.version.document, settled=lost)
    return version_writer.withdraw(vault, unit, stored, lost)


def take_consent_back(vault: Vault, unit: UnitOfWork, stored: StoredVersion) -> bool:
    """Let a note of this member's be used for supervision no longer; whether it could be."""
    consents = vault.page_consents.own_of(stored.version.document)
    for document in dict.fromkeys(one.version.document for one in consents):
        unit.delete(vault.envelopes.standing(vault.me, document), [])
    return bool(consents)


def put_in_tray(vault: Vault, unit: UnitOfWork, stored: StoredVersion) -> None:
    """Take a note of this member's from all its readers, and lay it aside until its author decides."""
    others = vault.notes.readers_of(stored) - {vault.me}
    take_consent_back(vault, unit, stored)
    if others:
        version_writer.withdraw(vault, unit, stored, others)
    before = vault.waiting.of(stored.version.document).waiting
    waiting_writer.save(vault, unit, stored.version.document, replace(before, holds=(), tray=clock.now()))


def set_apart(vault: Vault, unit: UnitOfWork, stored: StoredVersion) -> list[StoredVersion]:
    """Make every unsigned text beside a signed note a note of its own, with the readers it has; the signed
    one stands alone then. A file that the signed note names too stays with it."""
    standing = vault.notes.standing(stored)
    signed = [one for one in standing if one.version.proofs]
    unsigned = [one for one in standing if one not in signed and one.version.type == registry.NOTE.type]
    if not signed or not unsigned:
        raise Refused(NOTHING_BESIDE)
    kept = frozenset(named_by(one.version for one in signed))
    apart = []
    for one in unsigned:
        files = list(zip(named_by([one.version]), raw_files_of(one.version), strict=False))
        raw = [as_it_stands for file, as_it_stands in files if file not in kept]
        content = one.version.content if len(raw) == len(files) else with_files(one.version, raw)
        readers = vault.membership.without_removed(one.version.readers) | {vault.me}
        apart.append(unit.put(DocumentChange(new_document_id(), registry.NOTE.type, readers, content)))
    first = signed[0]
    readers = vault.membership.without_removed(first.version.readers) | {vault.me}
    unit.put(DocumentChange.again(first.version, readers, [first, *unsigned]))
    return apart
