"""How a member's drafts of any type are found, saved in the place of their state before, and dropped."""

import datetime as dt

from kapjournal.domain.ids import DocumentId, RowId
from kapjournal.errors import NotFound
from kapjournal.journal.documents.registry import DocumentSpec, V
from kapjournal.journal.documents.version import DocumentType, new_document_id
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault

_NO_DRAFT = "There is no such draft."


def newest(vault: Vault, type_: DocumentType) -> list[StoredVersion]:
    """The state of each draft of a type that was saved last."""
    found: dict[DocumentId, StoredVersion] = {}
    for stored in sorted(vault.envelopes.drafts.values(), key=lambda one: one.rank[:-1]):
        if stored.version.type == type_:
            found[stored.version.document] = stored
    return list(found.values())


def save(
    vault: Vault, unit: UnitOfWork, spec: DocumentSpec[V], draft: V, draft_id: str, saved: dt.datetime | None
) -> StoredVersion:
    """Seal a draft in the place of its state before; a new one (id "") gets an id, and so does one with which
    another program went on since it was `saved`: then both are kept."""
    document = _document(draft_id) if draft_id else new_document_id()
    rows, others = _rows_of(vault, spec.type, document, saved)
    states = (vault.envelopes.drafts[row_id] for row_id in rows)
    before = max(states, key=lambda stored: stored.rank, default=None)
    if others:
        document, before = new_document_id(), None
    content = spec.encode(draft, before.version if before else None)
    return unit.put_draft(document, spec.type, content, rows)


def drop(
    vault: Vault, unit: UnitOfWork, type_: DocumentType, draft_id: str, saved: dt.datetime | None
) -> None:
    """Drop a draft (`NotFound`), but for what another program made of it since it was `saved`."""
    rows, others = _rows_of(vault, type_, _document(draft_id), saved)
    if not rows and not others:
        raise NotFound(_NO_DRAFT)
    unit.drop_drafts(rows)


def drop_finished(
    vault: Vault, unit: UnitOfWork, type_: DocumentType, draft_id: str, saved: dt.datetime | None
) -> None:
    """Drop a draft that was finished, if it ever was saved; what another program made of it stays."""
    if draft_id:
        unit.drop_drafts(_rows_of(vault, type_, _document(draft_id), saved)[0])


def _rows_of(
    vault: Vault, type_: DocumentType, document: DocumentId, saved: dt.datetime | None
) -> tuple[list[RowId], list[RowId]]:
    """The rows of a draft, and those of them that are not the one that was `saved` at that moment: another
    program went on with it, by whatever clock."""
    rows: tuple[list[RowId], list[RowId]] = [], []
    for row_id, stored in vault.envelopes.drafts.items():
        version = stored.version
        if (version.type, version.document) == (type_, document):
            rows[saved is not None and version.written != saved].append(row_id)
    return rows


def _document(draft_id: str) -> DocumentId:
    try:
        return DocumentId(from_hex(draft_id, 16))
    except ValueError:
        raise NotFound(_NO_DRAFT) from None
