"""The dose pad in the practice: the dosing records of two people on the way, opened, sealed and finished.

What is stamped lies in drafts of two dosing records. Each save looks at what is there in the same transaction
and joins its rows, so that two programs, or a pad beside a command, lose no row of each other.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from kapjournal.content.forms import form_for
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import dosing, record_drafts, records
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, RowId
from kapjournal.domain.pad import PERSONS, PadDraft, pad_id, session_of
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import record_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault

_SPEC = registry.RECORD_DRAFT


class Pads:
    """The use cases of the dose pad. In a couple's own journal there is none."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def open(self, case: CaseId, session: SessionNamed, day: dt.date) -> "OpenPad":
        """The pad of a couple's session: what is on the way goes on, what is a record is changed, and what
        is neither begins, about the `day` of the session (`Refused`)."""
        with self._access.practice() as vault:
            records.check_may_write(vault.membership.me.role, RecordKind.DOSING)
            places = [_Place(RecordKind.DOSING, case, about, session.number) for about in PERSONS]
            first, second = (place.page(vault, day) for place in places)
            signed = frozenset(place.about for place in places if place.is_signed(vault))
        pad = PadDraft(case, session, (first, second), pad_id(case, session), signed=signed)
        return OpenPad(self._access, pad)

    def page(self, kind: RecordKind, case: CaseId, about: About, session: int, day: dt.date) -> RecordDraft:
        """The page of a form that each person has once a session: the one on the way, else one that changes
        the record, else a new one about the `day`."""
        with self._access.practice() as vault:
            return _Place(kind, case, about, session).page(vault, day)


class OpenPad:
    """Where one open pad is saved. Of the two drafts that one is sealed anew that has changed."""

    def __init__(self, access: VaultAccess, pad: PadDraft) -> None:
        self._access = access
        self._kept = pad

    @property
    def pad(self) -> PadDraft:
        """The pad as it is in the practice, with what other programs wrote on it until the last save."""
        return self._kept

    def all(self) -> Sequence[PadDraft]:
        """Other pads on the way from this one: none, for all that is on it is joined."""
        return ()

    def save(self, pad: PadDraft) -> PadDraft:
        """Seal what changed in the place of its state before; returns once it is on the disk."""
        changed = [about for about in PERSONS if pad.rows(about) != self._kept.rows(about)]
        if changed:
            with self._access.exclusive() as vault:
                with vault.unit_of_work(remember=False) as unit:
                    sealed = {about: self._seal(vault, unit, pad, about) for about in changed}
                self._kept = replace(self._kept, signed=self._signed(vault))
            for about, stored in sealed.items():
                self._kept = self._kept.with_record(about, _SPEC.decode(stored.version))
        moments = [draft.saved for draft in self._kept.of_each if draft.saved]
        return replace(self._kept, saved=max(moments, default=None))

    def finish(self, pad: PadDraft, persons: Sequence[About] = PERSONS) -> list[Record]:
        """Make records of what was written about each of these, all or none; of whom nothing was written
        there is none (`UsageError`, `Refused` for what no record can hold). Of whom the record was signed
        meanwhile, what is on the way stays there: it is no reason to keep the other's back."""
        with self._access.exclusive() as vault:
            signed = self._signed(vault)
            self._kept = replace(self._kept, signed=signed)
            persons = [about for about in persons if about not in signed]
            with vault.unit_of_work() as unit:
                stored = [self._finish(vault, unit, pad, about) for about in persons]
            written = {
                about: vault.records.of(one)
                for about, one in zip(persons, stored, strict=True)
                if one is not None
            }
        for about, record in written.items():
            self._kept = self._kept.with_record(about, record_drafts.draft_of_record(record))
        return list(written.values())

    def discard(self, _: str, __: dt.datetime | None = None) -> None:
        """Throw away what is on the way; what was a record before stays one."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            for about in PERSONS:
                unit.drop_drafts(row for row, _ in self._place(about).on_the_way(vault))

    def _signed(self, vault: Vault) -> frozenset[About]:
        return frozenset(about for about in PERSONS if self._place(about).is_signed(vault))

    def _place(self, about: About) -> "_Place":
        return _Place(RecordKind.DOSING, self._kept.case, about, self._kept.session.number)

    def _seal(self, vault: Vault, unit: UnitOfWork, pad: PadDraft, about: About) -> StoredVersion:
        before = self._kept.of(about)
        there = list(self._place(about).on_the_way(vault))
        newest = there[-1][1] if there else before
        rows = dosing.joined_after(before.rows, pad.rows(about), [draft.rows for _, draft in there])
        draft = replace(newest, rows=rows)
        document = vault.envelopes.drafts[there[-1][0]].version.document if there else new_document_id()
        old = vault.envelopes.drafts[there[-1][0]].version if there else None
        return unit.put_draft(document, _SPEC.type, _SPEC.encode(draft, old), [row for row, _ in there])

    def _finish(self, vault: Vault, unit: UnitOfWork, pad: PadDraft, about: About) -> StoredVersion | None:
        place, before, form = self._place(about), self._kept.of(about), form_for(RecordKind.DOSING)
        there = list(place.on_the_way(vault))
        if not there and pad.rows(about) == before.rows:
            return None
        records.check_may_write(vault.membership.me.role, RecordKind.DOSING)
        newest = there[-1][1] if there else before
        rows = dosing.joined_after(before.rows, pad.rows(about), [draft.rows for _, draft in there])
        found = place.record(vault)
        if found is None:
            vault.records.check_couple(place.case)
            text = record_drafts.text_of(replace(newest, rows=rows), form)
            written = record_writer.add(vault, unit, place.case, text)
        else:
            stored, record = found
            draft = _over(record, newest, before.rows, rows)
            text = record_drafts.text_of(draft, form, record.text)
            named = records.differences(text, record.text)
            written = record_writer.change(vault, unit, stored, record, text, named)
        unit.drop_drafts(row for row, _ in there)
        return written


class _Place:
    """What each person has once a session: a dosing record, or a ready card."""

    def __init__(self, kind: RecordKind, case: CaseId, about: About, session: int) -> None:
        self.kind, self.case, self.about, self.session = kind, case, about, session

    def on_the_way(self, vault: Vault) -> Iterator[tuple[RowId, RecordDraft]]:
        """The drafts that lie here, with their rows in the file, the one saved last at the end."""
        for row_id, stored in sorted(vault.envelopes.drafts.items(), key=lambda one: one[1].rank[:-1]):
            if stored.version.type == _SPEC.type:
                with suppress(NotGenuine):
                    draft = _SPEC.decode(stored.version)
                    place = draft.kind, draft.case, draft.about, session_of(draft)
                    if place == (self.kind, self.case, self.about, self.session):
                        yield row_id, draft

    def record(self, vault: Vault) -> tuple[StoredVersion, Record] | None:
        """The member's own record that lies here."""
        for record in vault.records.own(self.kind, self.case):
            of = record.text.session
            if record.text.about is self.about and of is not None and of.number == self.session:
                return vault.records.find(record.id, own=True)
        return None

    def is_signed(self, vault: Vault) -> bool:
        """Whether the member's own record that lies here is signed."""
        found = self.record(vault)
        return found is not None and found[1].is_signed

    def page(self, vault: Vault, day: dt.date) -> RecordDraft:
        """The page that goes on here. Rows that another program put into a draft or the record meanwhile are
        on it."""
        drafts = [draft for _, draft in self.on_the_way(vault)]
        found = self.record(vault)
        if found is not None and not drafts:
            return record_drafts.draft_of_record(found[1])
        if not drafts:
            new = record_drafts.new_record_draft(form_for(self.kind), self.case, self.about, day)
            return replace(new, session=str(self.session))
        texts = [draft.rows for draft in drafts]
        if found is not None and set(drafts[-1].replaces) != set(found[1].versions):
            texts += [found[1].text.rows, *(text.rows for text in found[1].beside)]
        return replace(drafts[-1], rows=dosing.joined(texts[::-1]) if len(texts) > 1 else drafts[-1].rows)


def _over(record: Record, draft: RecordDraft, before: Sequence[Row], rows: Sequence[Row]) -> RecordDraft:
    """A draft on top of the record as it is now. Where the record was changed since, its fields stay that the
    draft has no words for; rows that the pad did not know are joined."""
    unknown = [record.text.rows, *(text.rows for text in record.beside)]
    joined = replace(draft, rows=dosing.joined_after(before, rows, unknown))
    if set(draft.replaces) == set(record.versions):
        return joined
    fields = {**record.text.fields, **draft.fields}
    return replace(joined, values=tuple(sorted((name, value) for name, value in fields.items() if value)))
