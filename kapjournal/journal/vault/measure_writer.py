"""How answers to measures are written: new ones, and others in the place of the versions before."""

from collections.abc import Collection

from kapjournal import clock
from kapjournal.domain import answered_measures as answered
from kapjournal.domain.answered_measures import AnsweredMeasure, MeasureText
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.measure import MeasureContent
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import version_writer
from kapjournal.journal.vault.earlier_versions import seen_by_now
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


def add(vault: Vault, unit: UnitOfWork, text: MeasureText, readers: frozenset[MemberId]) -> StoredVersion:
    """Write answers for those of the readers who are still here; never for the other partner (`Refused`)."""
    answered.check_readers(readers, text.of, vault.membership.members)
    content = registry.MEASURE.encode(MeasureContent(text, clock.now()), None)
    present = vault.membership.without_removed(readers) | {vault.me}
    return unit.put(DocumentChange(new_document_id(), registry.MEASURE.type, present, content))


def change(
    vault: Vault,
    unit: UnitOfWork,
    stored: StoredVersion,
    before: AnsweredMeasure,
    text: MeasureText,
    seen: Collection[EnvelopeId] | None = None,
) -> StoredVersion:
    """Write other answers in the place of the versions `seen`, of all without it; what was not seen stays
    beside. The version before is kept for its author."""
    standing = vault.envelopes.standing(vault.me, stored.version.document)
    if text == before.text and len(standing) == 1:
        return stored
    known = None if seen is None else seen_by_now(vault, unit.transaction, stored, seen)
    previous = [one for one in standing if known is None or one.envelope in known]
    readers = version_writer.readers_of_each(standing)
    content = registry.MEASURE.encode(MeasureContent(text, before.written, clock.now()), stored.version)
    return version_writer.replace(vault, unit, stored, readers, content, previous)


def note_marks(vault: Vault) -> None:
    """Note at once what this member's program would note at the next opening."""
    if next(vault.measures.owed_marks(), None) is not None:
        with vault.unit_of_work() as unit:
            for owed in list(vault.measures.owed_marks()):
                unit.put(owed)
