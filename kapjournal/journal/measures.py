"""Measures in a couple's journal: answer, enter from paper, share, ask for one, and keep safety marks."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.measure_packs import pack_for
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import answered_measures as answered
from kapjournal.domain.answered_measures import (
    AnsweredMeasure,
    MeasureRequest,
    MeasureText,
    MeasureVersion,
    SafetyMark,
)
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.measures import Answers, checked_answers
from kapjournal.domain.members import folded
from kapjournal.domain.parsing import not_ahead
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import measure_writer, version_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.earlier_versions import history
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable_line


@dataclass(frozen=True, slots=True)
class NewAnswers:
    """What is answered: the values in the order of the items. None means today; `share` are the labels of
    further readers. `language` is that of the pack, the first there is without it."""

    measure: str
    answers: Answers
    date: dt.date | None = None
    share: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class AnswersChange:
    """What to change of answers; None leaves it. `seen` is as of a note."""

    answers: Answers | None = None
    date: dt.date | None = None
    seen: tuple[EnvelopeId, ...] | None = None


class Measures:
    """The use cases of measures. In a practice there are none, and none is written."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def check_journal(self) -> None:
        """Refuse a practice (`Refused`): measures are in the journals of its couples."""
        with self._access.exclusive() as vault:
            vault.measures.check_course()

    def all(self, *, of: str | None = None, measure: str | None = None) -> list[AnsweredMeasure]:
        """All answers this member can read; of one partner or one measure, if named (`NotFound`). Those of
        one partner follow each other by day, and are never set beside the other's."""
        name = None if measure is None else content.measure(measure).id
        with self._access.exclusive() as vault:
            who = None if of is None else vault.membership.get(of).id
            found = [
                one
                for one in vault.measures.all()
                if who in (None, one.text.of) and name in (None, one.text.measure)
            ]
            label_of = vault.membership.label_of
            return sorted(found, key=lambda one: (folded(label_of(one.text.of)), one.text.of, *one.order))

    def get(self, answers_id: str) -> AnsweredMeasure:
        """The answers of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.measures.find(answers_id)[1]

    def answer(self, new: NewAnswers) -> AnsweredMeasure:
        """Answer a measure, for a partner, to the words of a pack on this computer. Nobody else reads it but
        those named. Answers that are not complete are kept (`Refused` without a pack)."""
        measure = content.measure(new.measure)
        with self._writing() as (vault, unit):
            me = vault.membership.me
            answered.check_may_answer(me.role)
            pack = pack_for(measure.id, new.language)
            if pack is None:
                raise Refused(f"There are no official words for {measure.title} on this computer.")
            given = checked_answers(measure, new.answers)
            text = MeasureText(measure.id, me.id, _day(new), given, pack.fingerprint)
            readers = frozenset({me.id})
            if new.share:
                readers |= answered.readers_from(new.share, me.id, vault.membership.members, me.id)
            stored = measure_writer.add(vault, unit, text, readers)
        return self._now(stored)

    def enter(self, new: NewAnswers, of: str) -> AnsweredMeasure:
        """Enter what a partner answered on paper, for a therapist. That partner reads it too, and who else is
        named (`Refused`, `NotFound`)."""
        measure = content.measure(new.measure)
        with self._writing() as (vault, unit):
            me, members = vault.membership.me, vault.membership.members
            answered.check_therapist(me.role, answered.THERAPISTS_ENTER)
            partner = answered.partner_called(of, vault.membership.get(of))
            given = checked_answers(measure, new.answers)
            text = MeasureText(measure.id, partner, _day(new), given)
            readers = frozenset({me.id, partner})
            if new.share:
                readers |= answered.readers_from(new.share, partner, members, me.id)
            stored = measure_writer.add(vault, unit, text, readers)
        return self._now(stored)

    def edit(self, answers_id: str, change: AnswersChange) -> AnsweredMeasure:
        """Change answers this member wrote down; their readers stay, and the version before is kept."""
        with self._writing() as (vault, unit):
            stored, before = vault.measures.find(answers_id, own=True)
            text = before.text
            if change.answers is not None:
                given = checked_answers(content.measure(text.measure), change.answers)
                text = replace(text, answers=given)
            if change.date not in (None, text.date):
                text = replace(text, date=not_ahead(change.date))
            stored = measure_writer.change(vault, unit, stored, before, text, change.seen)
        return self._now(stored)

    def share(self, answers_id: str, who: str) -> AnsweredMeasure:
        """Let more members read answers this member wrote down, each named by their label; never the other
        partner, and nothing of a measure is held back until later (`Refused`)."""
        with self._writing() as (vault, unit):
            stored, found = vault.measures.find(answers_id, own=True)
            chosen = answered.readers_from(who, found.text.of, vault.membership.members, vault.me)
            if not chosen <= frozenset(stored.version.readers):
                stored = version_writer.share(vault, unit, stored, chosen)
        return self._now(stored)

    def withdraw(self, answers_id: str, who: str) -> AnsweredMeasure:
        """Stop sharing answers with some of their readers, from this version on. A therapist's safety mark
        stays with them."""
        with self._writing() as (vault, unit):
            stored, found = vault.measures.find(answers_id, own=True)
            named = [vault.membership.get(word).id for word in filter(None, map(str.strip, who.split(",")))]
            lost = found.readers.intersection(named) - {vault.me}
            if not lost:
                raise Refused("They could not read these answers.")
            stored = version_writer.withdraw(vault, unit, stored, lost)
        return self._now(stored)

    def delete(self, answers_id: str) -> None:
        """Delete answers this member wrote down, with their history; a therapist's safety mark stays."""
        with self._writing() as (vault, unit):
            stored, _ = vault.measures.find(answers_id, own=True)
            document = stored.version.document
            standing = vault.envelopes.standing(vault.me, document)
            unit.delete(standing, vault.envelopes.versions.earlier.get(document, []))

    def history(self, answers_id: str) -> list[MeasureVersion]:
        """Every version of answers this member wrote down, oldest first, the present one last."""
        with self._access.exclusive() as vault:
            versions = history(vault, vault.measures.find(answers_id, own=True)[0])
        found: list[MeasureVersion] = []
        for version in versions:
            if version.type == registry.MEASURE.type:
                said = registry.MEASURE.decode(version)
                saved = version.written or said.revised or said.written
                found.append(MeasureVersion(len(found) + 1, saved, said.text, frozenset(version.readers)))
        return found

    def request(self, measure: str, of: str, date: dt.date | None = None, words: str = "") -> MeasureRequest:
        """Ask one partner for a measure, for a therapist: by a day, with one line. That partner alone reads
        it (`Refused`, `NotFound`)."""
        name = content.measure(measure).id
        line = storable_line(words, "line")
        with self._writing() as (vault, unit):
            answered.check_therapist(vault.membership.me.role, answered.THERAPISTS_ASK)
            partner = answered.partner_called(of, vault.membership.get(of))
            document, spec = new_document_id(), registry.MEASURE_REQUEST
            request = MeasureRequest(vault.me, name, partner, date, line, clock.now())
            readers = frozenset({vault.me, partner})
            unit.put(DocumentChange(document, spec.type, readers, spec.encode(request, None)))
        return replace(request, id=document_name(request.author, document))

    def requests(self) -> list[MeasureRequest]:
        """What this member asked for or is asked for, the oldest first; whether it is answered goes by what
        this member can read."""
        with self._access.exclusive() as vault:
            found = [request for _, request in vault.measures.requests()]
        return sorted(found, key=lambda one: (one.written, one.id))

    def take_back(self, request_id: str) -> None:
        """Ask no more for what this member asked for (`NotFound`)."""
        with self._writing() as (vault, unit):
            own = (pair for pair in vault.measures.requests() if pair[1].author == vault.me)
            stored, _ = one_by_id(own, request_id, "request of yours", lambda pair: [pair[1].id])
            unit.delete(vault.envelopes.standing(vault.me, stored.version.document), [])

    def marks(self) -> list[SafetyMark]:
        """A therapist's own marks, the one met last first: open ones, and those that a contact line closed.
        To everybody else there are none."""
        with self._access.exclusive() as vault:
            found = [one.mark for one in vault.measures.marks()]
        return sorted(found, key=lambda one: (one.is_open, one.shown.moment, one.id), reverse=True)

    def mark(self, mark_id: str) -> SafetyMark:
        """The therapist's own mark of that id or beginning of one (`Refused` to whoever is none, `NotFound`,
        `UsageError` for several)."""
        answered.check_therapist(self._access.peek().membership.me.role, answered.THERAPISTS_MARK)
        return one_by_id(self.marks(), mark_id, "mark", lambda mark: [mark.id])

    def contact(
        self,
        mark_id: str,
        when: dt.datetime,
        how: str,
        outcome: str,
        *,
        seen: SafetyMark | None = None,
    ) -> SafetyMark:
        """Write a contact line into a mark, which closes it: when somebody was in touch, how, and what came
        of it (`UsageError`, `NotFound`, `Refused`). It closes what was open in the mark as it was `seen`, or
        what is open now without that: what came while the line was typed stays open."""
        with self._writing() as (vault, unit):
            answered.check_therapist(vault.membership.me.role, answered.THERAPISTS_MARK)
            stored = one_by_id(vault.measures.marks(), mark_id, "mark", lambda one: [one.mark.id])
            line = answered.contact_from(when, how, outcome, clock.now())
            changed = stored._replace(mark=stored.mark.with_contact(line, seen or stored.mark))
            unit.put(changed.change(vault.me))
        return changed.mark

    def _now(self, stored: StoredVersion) -> AnsweredMeasure:
        with self._access.exclusive() as vault:
            measure_writer.note_marks(vault)
            return vault.measures.of(stored)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._access.exclusive() as vault:
            vault.measures.check_course()
            with vault.unit_of_work() as unit:
                yield vault, unit


def _day(new: NewAnswers) -> dt.date:
    """The day of new answers (`UsageError` for one that is ahead)."""
    return clock.today() if new.date is None else not_ahead(new.date)
