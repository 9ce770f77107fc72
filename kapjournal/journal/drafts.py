"""Drafts: words on the way, sealed for their author alone, until they become a version."""

import datetime as dt
from dataclasses import replace

from kapjournal.domain import notes
from kapjournal.domain.notes import Draft, Note, NoteText
from kapjournal.domain.waiting import AT_ONCE, When, day_chosen
from kapjournal.errors import NotFound
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import draft_writer, note_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.earlier_versions import seen_by_now
from kapjournal.text import storable


class Drafts:
    """The use cases of drafts."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[Draft]:
        """This member's drafts, the one saved last first."""
        with self._access.exclusive() as vault:
            stored = draft_writer.newest(vault, registry.DRAFT.type)
            drafts = [registry.DRAFT.decode(one.version) for one in stored]
        return sorted(drafts, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def save(self, draft: Draft) -> Draft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id.

        What could never become a note is refused as a note would be, and the state before stays. If another
        program went on with the draft since it was `saved`, both are kept: this one gets another id.
        """
        checked = replace(draft, text=_checked(draft.text))
        with self._access.exclusive() as vault, vault.unit_of_work(remember=False) as unit:
            stored = draft_writer.save(vault, unit, registry.DRAFT, checked, draft.id, draft.saved)
        return registry.DRAFT.decode(stored.version)

    def finish(self, draft: Draft, when: When = AT_ONCE) -> Note:
        """Make a draft a version of its note, or a new note for the readers chosen, and drop the draft.
        These have it `when` it is said. A letter or a decision is closed until the day that was chosen, which
        has to come yet (`UsageError`).

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
                    opens = day_chosen(draft)
                    written = note_writer.add(vault, unit, text, draft.readers, when, opens)
                else:
                    seen = seen_by_now(vault, unit.transaction, before, draft.replaces) or None
                    written = note_writer.change_text(vault, unit, before, text, seen)
                draft_writer.drop_finished(vault, unit, registry.DRAFT.type, draft.id, draft.saved)
            return vault.notes.note_of(written)

    def discard(self, draft_id: str, saved: dt.datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            draft_writer.drop(vault, unit, registry.DRAFT.type, draft_id, saved)


def _checked(text: NoteText) -> NoteText:
    title, tags = notes.title_from(text.title), notes.tags_from(text.tags)
    return replace(text, body=storable(text.body), title=title, tags=tags)
