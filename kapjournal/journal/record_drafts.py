"""Drafts of the clinical record: forms on the way, sealed for their author alone, until they are records."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from kapjournal.content.forms import form_for
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import record_drafts, records
from kapjournal.domain.ids import CaseId
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record, SessionDay
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import draft_writer, record_writer, write_up_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.text import MAX_BODY_BYTES, storable

_SPEC = registry.RECORD_DRAFT


class RecordDrafts:
    """The use cases of drafts of records. In a couple's own journal there is none, and none is saved."""

    def __init__(self, access: VaultAccess, day_of_session: SessionDay) -> None:
        self._access = access
        self._day_of_session = day_of_session

    def all(self, case: CaseId | None = None) -> list[RecordDraft]:
        """This member's drafts, or those of a couple, the one saved last first."""
        found: list[RecordDraft] = []
        with self._access.practice() as vault:
            for stored in draft_writer.newest(vault, _SPEC.type):
                with suppress(NotGenuine):  # of a kind that a newer program knows; it stays for that
                    found.append(_SPEC.decode(stored.version))
        drafts = [draft for draft in found if case in (None, draft.case)]
        return sorted(drafts, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def save(self, draft: RecordDraft) -> RecordDraft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id.

        It is kept as it was typed. What no record could hold is refused, and the state before stays. If
        another program went on with the draft since it was `saved`, both are kept: this one gets another id.
        """
        checked = replace(draft, values=_checked(draft))
        with self._access.practice() as vault, vault.unit_of_work(remember=False) as unit:
            stored = draft_writer.save(vault, unit, _SPEC, checked, draft.id, draft.saved)
        return _SPEC.decode(stored.version)

    def finish(self, draft: RecordDraft) -> Record:
        """Make a draft a version of its record, or a new record that its author alone can read, and drop the
        draft (`UsageError`, `Refused` for what `record_drafts.problems` says of it).

        Another text that was written for the record meanwhile stands beside; what another program made of
        the draft since it was `saved` stays a draft.
        """
        form = form_for(draft.kind)
        number = record_drafts.session_number(draft)
        day = self._day_of_session(draft.case, number) if number else None
        with self._access.practice() as vault:
            records.check_may_write(vault.membership.me.role, draft.kind)
            with vault.unit_of_work() as unit:
                try:
                    stored, before = vault.records.find(draft.of or "", own=True)
                except NotFound:  # a new one, or its record is not here any more: the words are
                    vault.records.check_couple(draft.case)
                    text = record_drafts.text_of(draft, form, session_day=day)
                    written = record_writer.add(vault, unit, draft.case, text)
                else:
                    text = record_drafts.text_of(draft, form, before.text, session_day=day)
                    named = {*records.AROUND, *(one.id for one in form.fields), *draft.fields}
                    seen = draft.replaces or None
                    written = record_writer.change(vault, unit, stored, before, text, named, seen)
                if draft.pulled:
                    write_up_writer.remember(vault, unit, vault.records.of(written), draft.pulled)
                draft_writer.drop_finished(vault, unit, _SPEC.type, draft.id, draft.saved)
            return vault.records.of(written)

    def discard(self, draft_id: str, saved: datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        with self._access.practice() as vault, vault.unit_of_work() as unit:
            draft_writer.drop(vault, unit, _SPEC.type, draft_id, saved)


def _checked(draft: RecordDraft) -> tuple[tuple[str, str], ...]:
    for text in (draft.date, draft.session, *draft.texts):
        storable(text)
    if (size := sum(len(text.encode("utf-8")) for text in draft.texts)) > MAX_BODY_BYTES:
        raise Refused(f"The record is {size:,} bytes long; one holds at most {MAX_BODY_BYTES:,}.")
    return tuple(sorted((name, value) for name, value in draft.values if value))
