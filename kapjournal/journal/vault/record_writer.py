"""How a member's own clinical records are written: a new one, or another text in place of those before."""

from collections.abc import Collection
from dataclasses import replace

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain import dosing, records
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId, EnvelopeId, MemberId
from kapjournal.domain.records import Record, RecordText
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import version_writer
from kapjournal.journal.vault.earlier_versions import seen_by_now
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


def add(vault: Vault, unit: UnitOfWork, case: CaseId, text: RecordText) -> StoredVersion:
    """Write a new record of a couple of this member's. Its author can read it, and those whom the clinic's
    form lets read it from the first."""
    records.check_place(text, (one.text for one in vault.records.own(text.kind, case)))
    spec = registry.RECORDS[text.kind]
    content = spec.encode(RecordContent(case, text, clock.now()), None)
    readers = default_readers(vault, text.kind) | {vault.me}
    return unit.put(DocumentChange(new_document_id(), spec.type, readers, content))


def default_readers(vault: Vault, kind: RecordKind) -> frozenset[MemberId]:
    """The colleagues who can read a new record of a kind from the first, by their roles."""
    roles = form_for(kind).readers
    here = (one for one in vault.membership.members if not one.removed and one.id != vault.me)
    return frozenset(one.id for one in here if one.role in roles)


def change(
    vault: Vault,
    unit: UnitOfWork,
    stored: StoredVersion,
    record: Record,
    text: RecordText,
    named: Collection[str],
    seen: Collection[EnvelopeId] | None = None,
) -> StoredVersion:
    """Write another text in the place of the versions `seen`, of all without it: of these the one shown
    first, and each that differs from it in nothing but what is `named`, whose rows are joined. The rest
    stays beside."""
    if (text.about, text.session) != (record.text.about, record.text.session):
        own = vault.records.own(text.kind, record.case)
        records.check_place(text, (one.text for one in own if one.id != record.id))
    standing = vault.envelopes.standing(vault.me, stored.version.document)
    version_writer.check_unlocked(standing)
    readers = version_writer.readers_of_each(standing)
    if seen is not None:
        known = seen_by_now(vault, unit.transaction, stored, seen)
        standing = [one for one in standing if one.envelope in known]
    previous = [one for one in standing if one is stored or _is_decided(stored, one, named)]
    if text == record.text and len(previous) <= 1:
        return stored
    texts = (registry.text_of(one.version) for one in previous if one is not stored)
    theirs = [one.rows for one in texts if isinstance(one, RecordText)]
    text = replace(text, rows=dosing.joined_after(record.text.rows, text.rows, theirs))
    spec = registry.RECORDS[record.kind]
    content = spec.encode(RecordContent(record.case, text, record.written, clock.now()), stored.version)
    return version_writer.replace(vault, unit, stored, readers, content, previous)


def _is_decided(stored: StoredVersion, beside: StoredVersion, named: Collection[str]) -> bool:
    text, other = registry.text_of(stored.version), registry.text_of(beside.version)
    if not isinstance(text, RecordText) or not isinstance(other, RecordText):
        return True
    return records.differences(text, other) <= frozenset(named)
