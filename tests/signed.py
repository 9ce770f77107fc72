"""What a journal knows of signatures, and what its check finds."""

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.signing import SignedDocument
from kapjournal.journal import Journal


def known(journal: Journal, document: Note | Record) -> SignedDocument:
    found = journal.signing.of(document.id)
    assert found is not None
    return found


def kinds(journal: Journal) -> set[FindingKind]:
    journal.refresh()
    return {finding.kind for finding in journal.check().findings}
