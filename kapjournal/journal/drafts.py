"""Drafts: words on the way, sealed for their author alone, until they become a version."""

import secrets
from dataclasses import replace
from typing import Any

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import notes
from kapjournal.domain.notes import Draft, Note, NoteText
from kapjournal.errors import NotFound
from kapjournal.journal.core import whole
from kapjournal.journal.note_form import text_data, text_from
from kapjournal.journal.notes import Notes
from kapjournal.journal.shelf import Held
from kapjournal.journal.version import DocumentKind, Version, sized
from kapjournal.text import storable

_NO_DRAFT = "There is no such draft."


class Drafts(Notes):
    """The use cases of drafts."""

    @whole
    def drafts(self) -> list[Draft]:
        """One's own drafts, the one saved last first."""
        return sorted(
            (_draft(held) for held in self._newest_drafts().values()),
            key=lambda draft: (draft.saved is not None, draft.saved),
            reverse=True,
        )

    @whole
    def save_draft(self, draft: Draft) -> Draft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id.

        What could never become a note is refused as a note would be, and the state before stays.
        """
        text = _checked(draft.text)
        version = Version(
            document=_document(draft.id) if draft.id else secrets.token_bytes(16),
            kind=DocumentKind.DRAFT,
            author=self.shelf.me,
            readers=(self.shelf.me,),
            written=clock.now(),
            replica=self.memory.replica,
            data=_data(draft, text),
            text=text.body,
        )
        with self.sitting(remember=False) as at_work:
            before = self._envelopes_of(version.document)
            held = at_work.put_draft(version, before)
        return _draft(held)

    @whole
    def finish_draft(self, draft: Draft) -> Note:
        """Make a draft a version of its note, or a new note for the readers chosen, and drop the draft.

        If the note was deleted meanwhile, the words become a new note.
        """
        text = _checked(draft.text)
        with self.sitting() as at_work:
            try:
                before = self._own_note(draft.of) if draft.of else None
            except NotFound:
                before = None
            if before is None:
                written = self._put_new(at_work, text, draft.readers)
            else:
                written = self._put_changed(at_work, before, text)
            if draft.id:
                at_work.drop_drafts(self._envelopes_of(_document(draft.id)))
        return self._note(written)

    @whole
    def discard_draft(self, draft_id: str) -> None:
        """Delete a draft (`NotFound`)."""
        with self.sitting() as at_work:
            envelopes = self._envelopes_of(_document(draft_id))
            if not envelopes:
                raise NotFound(_NO_DRAFT)
            at_work.drop_drafts(envelopes)

    def _newest_drafts(self) -> dict[bytes, Held]:
        newest: dict[bytes, Held] = {}
        for held in sorted(self.shelf.drafts.values(), key=lambda held: held.version.written):
            newest[held.version.document] = held
        return newest

    def _envelopes_of(self, document: bytes) -> list[bytes]:
        return [i for i, held in self.shelf.drafts.items() if held.version.document == document]


def _document(draft_id: str) -> bytes:
    try:
        return sized(draft_id, 16)
    except ValueError:
        raise NotFound(_NO_DRAFT) from None


def _checked(text: NoteText) -> NoteText:
    title, tags = notes.title_from(text.title), notes.tags_from(text.tags)
    return replace(text, body=storable(text.body), title=title, tags=tags)


def _data(draft: Draft, text: NoteText) -> dict[str, Any]:
    return {
        **text_data(text),
        "of": draft.of,
        "readers": sorted(reader.hex() for reader in draft.readers),
        "cursor": list(draft.cursor),
    }


def _draft(held: Held) -> Draft:
    data = held.version.data or {}
    try:
        row, column = data["cursor"]
        return Draft(
            id=held.version.document.hex(),
            of=data["of"],
            text=text_from(data, held.version.text),
            readers=frozenset(bytes.fromhex(reader) for reader in data["readers"]),
            cursor=(int(row), int(column)),
            saved=held.version.written,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A draft has a field of the wrong form.") from None
