"""Drafts: words on the way, sealed for their author alone, until they become a version."""

import datetime as dt
from dataclasses import replace

from kapjournal.domain import notes
from kapjournal.domain.ids import DocumentId, RowId
from kapjournal.domain.notes import Draft, Note, NoteText
from kapjournal.errors import NotFound
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.journal.vault import note_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.earlier_versions import seen_by_now
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable

_NO_DRAFT = "There is no such draft."


class Drafts:
    """The use cases of drafts."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[Draft]:
        """This member's drafts, the one saved last first."""
        with self._access.exclusive() as vault:
            newest: dict[DocumentId, StoredVersion] = {}
            for stored in sorted(vault.envelopes.drafts.values(), key=lambda one: one.rank[:-1]):
                newest[stored.version.document] = stored
            drafts = [registry.DRAFT.decode(stored.version) for stored in newest.values()]
        return sorted(drafts, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def save(self, draft: Draft) -> Draft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id.

        What could never become a note is refused as a note would be, and the state before stays. If another
        program went on with the draft since it was `saved`, both are kept: this one gets another id.
        """
        checked = replace(draft, text=_checked(draft.text))
        document = _document(draft.id) if draft.id else new_document_id()
        with self._access.exclusive() as vault, vault.unit_of_work(remember=False) as unit:
            rows, others = _rows_of(vault, document, draft.saved)
            saved = (vault.envelopes.drafts[row_id] for row_id in rows)
            before = max(saved, key=lambda stored: stored.rank, default=None)
            if others:
                document, before = new_document_id(), None
            content = registry.DRAFT.encode(checked, before.version if before else None)
            stored = unit.put_draft(document, content, rows)
        return registry.DRAFT.decode(stored.version)

    def finish(self, draft: Draft) -> Note:
        """Make a draft a version of its note, or a new note for the readers chosen, and drop the draft.

        If the note was deleted meanwhile, the words become a new note. Other words that were written for it
        meanwhile stand beside; what another program made of the draft since it was `saved` stays a draft.
        """
        text = _checked(draft.text)
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                try:
                    before = vault.notes.find_own(draft.of) if draft.of else None
                except NotFound:
                    before = None
                if before is None:
                    written = note_writer.add(vault, unit, text, draft.readers)
                else:
                    seen = seen_by_now(vault, unit.transaction, before, draft.replaces) or None
                    written = note_writer.change_text(vault, unit, before, text, seen)
                if draft.id:
                    unit.drop_drafts(_rows_of(vault, _document(draft.id), draft.saved)[0])
            return vault.notes.note_of(written)

    def discard(self, draft_id: str, saved: dt.datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            rows, others = _rows_of(vault, _document(draft_id), saved)
            if not rows and not others:
                raise NotFound(_NO_DRAFT)
            unit.drop_drafts(rows)


def _rows_of(
    vault: Vault, document: DocumentId, saved: dt.datetime | None = None
) -> tuple[list[RowId], list[RowId]]:
    """The rows of a draft, and those of them that were written after the moment it was `saved`: another
    program went on with it."""
    rows: tuple[list[RowId], list[RowId]] = [], []
    for row_id, stored in vault.envelopes.drafts.items():
        written = stored.version.written
        if stored.version.document == document:
            rows[saved is not None and written is not None and written > saved].append(row_id)
    return rows


def _document(draft_id: str) -> DocumentId:
    try:
        return DocumentId(from_hex(draft_id, 16))
    except ValueError:
        raise NotFound(_NO_DRAFT) from None


def _checked(text: NoteText) -> NoteText:
    title, tags = notes.title_from(text.title), notes.tags_from(text.tags)
    return replace(text, body=storable(text.body), title=title, tags=tags)
