"""Answers on the way: sealed for their author alone with every choice, until they are answers."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import answered_measures as answered
from kapjournal.domain.answered_measures import AnsweredMeasure, MeasureText
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import checked_answers
from kapjournal.domain.members import Member
from kapjournal.domain.parsing import day_from, not_ahead
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import draft_writer, measure_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable_line

_SPEC = registry.MEASURE_DRAFT


class MeasureDrafts:
    """The use cases of answers on the way. In a practice there are none, and none is saved."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[MeasureDraft]:
        """This member's drafts, the one saved last first."""
        found: list[MeasureDraft] = []
        with self._access.exclusive() as vault:
            for stored in draft_writer.newest(vault, _SPEC.type):
                with suppress(NotGenuine):
                    found.append(_SPEC.decode(stored.version))
        return sorted(found, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def save(self, draft: MeasureDraft) -> MeasureDraft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id (`Refused`).

        If another program went on with the draft since it was `saved`, both are kept: this one gets another
        id.
        """
        with self._course() as vault, vault.unit_of_work(remember=False) as unit:
            _check_author(vault.membership.me, draft)
            checked = replace(draft, date=storable_line(draft.date, "day"))
            stored = draft_writer.save(vault, unit, _SPEC, checked, draft.id, draft.saved)
        return _SPEC.decode(stored.version)

    def finish(self, draft: MeasureDraft) -> AnsweredMeasure:
        """Make a draft answers for the readers chosen, or a version of the answers it changes, whose readers
        stay; and drop the draft. Where those were deleted meanwhile it becomes new ones for its author and
        whose they are (`Refused`, `UsageError`)."""
        measure = content.measure(draft.measure)
        with self._course() as vault:
            me = vault.membership.me
            _check_author(me, draft)
            given = checked_answers(measure, draft.answers)
            date = day_from(draft.date.strip()) if draft.date.strip() else clock.today()
            with vault.unit_of_work() as unit:
                try:
                    before = vault.measures.find(draft.changes, own=True) if draft.changes else None
                except NotFound:
                    before, draft = None, replace(draft, readers=frozenset())
                if before is None or date != before[1].text.date:
                    not_ahead(date)
                text = MeasureText(measure.id, draft.of, date, given, draft.pack)
                if before is None:
                    stored = measure_writer.add(vault, unit, text, draft.readers | {me.id, draft.of})
                else:
                    seen = draft.replaces or None
                    stored = measure_writer.change(vault, unit, *before, text, seen)
                draft_writer.drop_finished(vault, unit, _SPEC.type, draft.id, draft.saved)
            measure_writer.note_marks(vault)
            return vault.measures.of(stored)

    def discard(self, draft_id: str, saved: datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        with self._course() as vault, vault.unit_of_work() as unit:
            draft_writer.drop(vault, unit, _SPEC.type, draft_id, saved)

    @contextmanager
    def _course(self) -> Iterator[Vault]:
        with self._access.exclusive() as vault:
            vault.measures.check_course()
            yield vault


def _check_author(me: Member, draft: MeasureDraft) -> None:
    """Refuse what could never be answers of this member's."""
    if draft.is_from_paper:
        answered.check_therapist(me.role, answered.THERAPISTS_ENTER)
    else:
        answered.check_may_answer(me.role)
        if draft.of != me.id:
            raise Refused(answered.PARTNERS_ANSWER)
