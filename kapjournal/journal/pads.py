"""The dose pad in the practice: the dosing records of two people on the way, opened, sealed and finished."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from kapjournal.content.forms import form_for
from kapjournal.domain import record_drafts
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.pad import PERSONS, PadDraft, pad_id, session_of
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.errors import NotFound
from kapjournal.journal.record_drafts import RecordDrafts
from kapjournal.journal.records import Records


class Pads:
    """The use cases of the dose pad. What is stamped lies in the drafts of two dosing records."""

    def __init__(self, records: Records, drafts: RecordDrafts) -> None:
        self._records = records
        self._drafts = drafts

    def open(self, case: CaseId, session: SessionNamed, day: dt.date) -> "OpenPad":
        """The pad of a couple's session: what is on the way goes on, what is a record is changed, and what
        is neither begins, about the `day` of the session (`Refused`)."""
        self._records.check_may_write(RecordKind.DOSING)
        first, second = (self.page(RecordKind.DOSING, case, about, session.number, day) for about in PERSONS)
        return OpenPad(self._drafts, PadDraft(case, session, (first, second)))

    def page(
        self, kind: RecordKind, case: CaseId, about: About, session: int, day: dt.date
    ) -> RecordDraft:
        """The page of a form that each person has once a session: the one on the way, else one that changes
        the record, else a new one about the `day`."""
        for draft in self._drafts.all(case):
            if (draft.kind, draft.about, session_of(draft)) == (kind, about, session):
                return draft
        for record in self._records.own(kind, case):
            of = record.text.session
            if record.text.about is about and of is not None and of.number == session:
                return record_drafts.draft_of_record(record)
        new = record_drafts.new_record_draft(form_for(kind), case, about, day)
        return replace(new, session=str(session))


class OpenPad:
    """Where one open pad is saved. Of the two drafts that one is sealed anew that has changed."""

    def __init__(self, drafts: RecordDrafts, pad: PadDraft) -> None:
        self._drafts = drafts
        self._kept = pad
        self._begun = pad

    @property
    def pad(self) -> PadDraft:
        """The pad as it is in the practice."""
        return self._kept

    def all(self) -> Sequence[PadDraft]:
        """Other pads that are on the way from this one: none, since whatever another program made of a draft
        is in the list of drafts."""
        return ()

    def save(self, pad: PadDraft) -> PadDraft:
        """Seal what changed in the place of its state before; returns once it is on the disk."""
        for about in PERSONS:
            draft, kept = self._placed(pad, about), self._kept.of(about)
            if draft != kept and not (draft.is_empty and not kept.id):
                self._kept = self._kept.with_record(about, self._drafts.save(draft))
        return self._now()

    def finish(self, pad: PadDraft) -> list[Record]:
        """Make records of what was written about each; of whom nothing was written there is none."""
        written = []
        for about in PERSONS:
            draft = self._placed(pad, about)
            is_unchanged = not draft.id and draft.rows == self._begun.of(about).rows
            if not draft.is_empty and not is_unchanged:
                written.append(self._drafts.finish(draft))
        return written

    def discard(self, _: str, __: dt.datetime | None = None) -> None:
        """Throw away what is on the way; what was a record before stays one."""
        for about in PERSONS:
            if draft_id := self._kept.of(about).id:
                with suppress(NotFound):
                    self._drafts.discard(draft_id, self._kept.of(about).saved)

    def _placed(self, pad: PadDraft, about: About) -> RecordDraft:
        kept = self._kept.of(about)
        return replace(pad.of(about), id=kept.id, saved=kept.saved)

    def _now(self) -> PadDraft:
        moments = [draft.saved for draft in self._kept.of_each if draft.saved]
        is_kept = any(draft.id for draft in self._kept.of_each)
        name = pad_id(self._kept.case, self._kept.session) if is_kept else ""
        return replace(self._kept, id=name, saved=max(moments, default=None))

