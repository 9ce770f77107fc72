"""The write-ups of a practice: where their lines came from, who is named in them, their review for each
recipient, whether they may leave, and what came of them. Their text is a record like any other."""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain import departures as ledger
from kapjournal.domain import records as rules
from kapjournal.domain import supervision
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.deciding import checked_mark, decided_with
from kapjournal.domain.departures import Departure, Leaving
from kapjournal.domain.forms import FieldKind, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import Record
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.review import Decision, Review
from kapjournal.domain.supervision import Basis, Pulled, Source, checked_line
from kapjournal.domain.supervision_reply import Act, Reply, checked_act, checked_words
from kapjournal.domain.write_up_work import CaseNames, Choice
from kapjournal.errors import Refused
from kapjournal.journal.couples import Couples
from kapjournal.journal.couples_journal import CouplesJournal, OpenCouple, looked_into
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.departure import ACT_BYTES
from kapjournal.journal.kept import Kept
from kapjournal.journal.records import RecordChange, Records
from kapjournal.journal.vault import draft_writer
from kapjournal.journal.vault import write_up_writer as papers
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.journal.write_up_leaving import (
    check_basis,
    check_not_copied,
    check_sources,
)
from kapjournal.text import storable, storable_line

if TYPE_CHECKING:
    from kapjournal.journal.write_up_review import Told

_NO_LINES = frozenset({FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.DATE, FieldKind.TIME})


class WriteUps:
    """The use cases of write-ups. In a couple's own journal there are none. Where `theirs` can be said it is
    the couple's journal, for a face that has it open; without it, it is looked into where it opens so."""

    def __init__(
        self, access: VaultAccess, records: Records, couples: Couples, kept: Kept, open_couple: OpenCouple
    ) -> None:
        self._access = access
        self._records = records
        self._couples = couples
        self._kept = kept
        self._open_couple = open_couple

    def get(self, record_id: str) -> Record:
        """The write-up of this member's of that id or beginning of one (`NotFound`, `Refused` for a record of
        another kind)."""
        with self._reading() as vault:
            record = vault.records.find(record_id, own=True)[1]
        if record.kind is not RecordKind.SUPERVISION:
            raise Refused(supervision.NO_WRITE_UP)
        return record

    # --- its lines ------------------------------------------------------------------------------------

    def pull(self, record_id: str, lines: Sequence[Pulled]) -> Record:
        """Add lines to fields of a write-up and remember where each came from (`Refused` for a safety note,
        and for a process note without a reason; `UsageError`, `NotFound`)."""
        record = self.get(record_id)
        checked = [self._checked(record, line) for line in lines]
        form, fields = form_for(RecordKind.SUPERVISION), record.text.fields
        for one in checked:
            field = form.field(one.field)
            if field.kind in _NO_LINES:
                raise Refused(f"{field.heading}: nothing is pulled into an answer that is chosen.")
            between = " " if field.kind is FieldKind.LINE else "\n"
            fields[one.field] = field.checked(between.join(filter(None, (fields.get(one.field), one.line))))
        with self._writing() as (vault, unit):  # before the words: none of them without its source
            papers.remember(vault, unit, record, checked)
        return self._records.edit(record.id, RecordChange(fields=fields, seen=record.versions))

    def sources(self, record_id: str) -> tuple[Pulled, ...]:
        """Where the lines came from that stand in a write-up, some of them at least."""
        record = self.get(record_id)
        with self._reading() as vault:
            pulled = papers.work_on(vault, record.id, record.case).pulled
        texts = [value for text in (record.text, *record.beside) for _, value in text.values]
        return supervision.still_standing(pulled, texts)

    def _all_sources(self, record: Record) -> tuple[Pulled, ...]:
        """Where its lines came from, those too that were pulled into another write-up of this couple: what is
        copied from one into another is still of the same source."""
        with self._reading() as vault:
            works = papers.all_work(vault, record.case)
        texts = [value for _, value in record.text.values]
        return supervision.still_standing((one for work in works for one in work.pulled), texts)

    def _checked(self, record: Record, line: Pulled) -> Pulled:
        line = checked_line(line)
        if line.kind is not Source.RECORD:
            return line
        source = self._records.get(line.of)
        if source.case != record.case:
            raise Refused(supervision.ANOTHER_COUPLE)
        supervision.check_source(source.kind.value, line.reason)
        return replace(line, source=f"{Source.RECORD}:{source.id}")

    # --- names ----------------------------------------------------------------------------------------

    def names(self, case: CaseId | None) -> str:
        """The names of a couple, or with None of the whole practice: the text of a names file."""
        with self._reading() as vault:
            return papers.names_of(vault, case).words

    def set_names(self, case: CaseId | None, text: str) -> None:
        """Let these be the names (`UsageError` says in which line there is none; `Refused`, `NotFound`)."""
        from kapjournal.deidentify import known_from  # noqa: PLC0415 - many patterns, which others need not

        known_from(storable(text))
        with self._writing() as (vault, unit):
            if case is not None:
                vault.records.check_couple(case)
            papers.put_names(vault, unit, CaseNames(case, text))

    # --- its review -----------------------------------------------------------------------------------

    def review(self, record_id: str, recipient: str, theirs: CouplesJournal | None = None) -> Review:
        """All that was found in a write-up for a recipient, decided or open. The words that stand for names
        are kept from then on."""
        return self.decide(record_id, recipient, theirs=theirs)

    def decide(
        self,
        record_id: str,
        recipient: str,
        decisions: Sequence[Decision] = (),
        marks: Sequence[str] = (),
        theirs: CouplesJournal | None = None,
    ) -> Review:
        """Decide on what was found, and mark more: words or spans that stand in the text. All of it or
        nothing (`Refused`, `UsageError`, `NotFound`); returns the review as it is then."""
        from kapjournal.journal.write_up_review import reviewed, sections_of  # noqa: PLC0415 - as above

        record, recipient = self.get(record_id), supervision.checked_recipient(recipient)
        with looked_into(self._open_couple, record.case, theirs) as journal:
            told = self._told(record.case, journal)
        with self._writing() as (vault, unit):
            before = papers.work_on(vault, record.id, record.case)
            others = papers.all_work(vault, record.case)
            sections = sections_of(form_for(record.kind), record.text)
            work = before.with_marks([checked_mark(mark, sections) for mark in marks])
            review, work = reviewed(work, others, sections, recipient, told)
            if decisions:
                made = decided_with(review, decisions)
                changed = [said.words for said in made.values() if said.choice is Choice.CHANGE]
                told.check_words(changed, recipient)
                work = work.with_decided(recipient, made)
                review = review.with_decided(work.decided_for(recipient))
            if work != before:
                papers.put_work(vault, unit, work)
        return review

    def recipients(self, record_id: str) -> tuple[str, ...]:
        """For whom a review of a write-up began, in the order of their names."""
        record = self.get(record_id)
        with self._reading() as vault:
            return tuple(one.recipient for one in papers.work_on(vault, record.id, record.case).reviews)

    def words_for(self, record_id: str) -> dict[str, dict[str, str]]:
        """For whom a review of a write-up began, and the word that stands for each name to them. It tells who
        is who, and never leaves."""
        record = self.get(record_id)
        with self._reading() as vault:
            reviews = papers.work_on(vault, record.id, record.case).reviews
        return {one.recipient: dict(one.words) for one in reviews}

    # --- leaving --------------------------------------------------------------------------------------

    def leaving(
        self,
        record_id: str,
        recipient: str,
        basis: Basis,
        purpose: str = supervision.PURPOSE,
        theirs: CouplesJournal | None = None,
        around: Mapping[str, str] | None = None,
    ) -> Leaving:
        """The write-up as it may leave now (`Refused` says why it may not). `around` is what else goes with
        it, by what it is: the name of the file."""
        from kapjournal.journal import write_up_review  # noqa: PLC0415 - as above

        record, recipient = self.get(record_id), supervision.checked_recipient(recipient)
        purpose = storable_line(purpose, "purpose") or supervision.PURPOSE
        if record.beside:
            raise Refused(supervision.TWO_TEXTS)
        with looked_into(self._open_couple, record.case, theirs) as journal:
            records, couple = self._records.all(record.case), self._couples.of(record.case)
            if isinstance(journal, str) and not (couple and couple.first):
                raise Refused(f"{supervision.NAMES_FIRST} {journal}")
            authorisation = check_basis(basis, recipient, purpose, records, couple, journal, clock.today())
            sources = self._all_sources(record)
            check_sources(sources, basis, self._records, self._kept, record.case, journal)
            sections = write_up_review.sections_of(form_for(record.kind), record.text)
            check_not_copied(sections, basis, self._records, self._kept, record.case, journal)
            told = self._told(record.case, journal)
        with self._reading() as vault:
            work = papers.work_on(vault, record.id, record.case)
            others = papers.all_work(vault, record.case)
        review, work = write_up_review.reviewed(work, others, sections, recipient, told)
        review.check_complete()
        told.check_words(review.changed, recipient)
        said = dict(around or {})
        if basis is not Basis.AUTHORISED:  # else both of them signed these very words
            said |= {"the name of the recipient": recipient, "the purpose": purpose}
        told.check_around(said, recipient)
        leaving = review.replaced()
        write_up_review.check_nothing_is_named(leaving, told, work, recipient)
        return Leaving(
            *(record.case, record.id, recipient, basis, purpose, authorisation),
            *(review.case_word, leaving, review.counts),
        )

    def leave(
        self,
        leaving: Leaving,
        form: str,
        sha256: str,
        destroy_by: dt.date | None = None,
        theirs: CouplesJournal | None = None,
    ) -> Departure:
        """Write into the ledger that it leaves, if it still may, as it was made (`Refused`)."""
        until = ledger.destroy_by(destroy_by, clock.today())
        now = self.leaving(leaving.write_up, leaving.recipient, leaving.basis, leaving.purpose, theirs)
        if now != leaving:
            raise Refused(ledger.CHANGED_MEANWHILE)
        left = Departure.of(leaving, form, sha256, clock.now(), until)
        with self._writing() as (vault, unit):
            return replace(left, id=papers.put_departure(vault, unit, left))

    def did_not_leave(self, left: Departure) -> None:
        """Take an entry back whose file could not be written."""
        with self._writing() as (vault, unit):
            papers.drop_departure(vault, unit, left.id)

    def departures(self, case: CaseId | None = None) -> list[Departure]:
        """All that left of a couple, or of all, oldest first."""
        with self._reading() as vault:
            return [one for one in papers.departures(vault) if case in (None, one.case)]

    def destroy_due(self, today: dt.date | None = None) -> list[Departure]:
        """What should be destroyed by now, as far as nobody noted that it was."""
        return [one for one in self.departures() if one.is_due(today or clock.today())]

    def destroyed(self, departure_id: str) -> Departure:
        """Note that the recipient destroyed what left (`NotFound`, `Refused` if that was noted)."""
        with self._writing() as (vault, unit):
            found = papers.departures(vault)
            left = one_by_id(found, departure_id, "entry of the ledger", lambda one: [one.id])
            gone = left.noted_destroyed(clock.today())
            papers.put_departure(vault, unit, gone)
        return gone

    # --- what came of it ------------------------------------------------------------------------------

    def reply(
        self,
        record_id: str,
        words: str,
        acts: Sequence[Act] = (),
        recipient: str = "",
        *,
        draft: ReplyDraft | None = None,
    ) -> Reply:
        """Keep what a supervisor answered to a write-up, and what was agreed (`UsageError`, `Refused`). The
        `draft` that it was goes."""
        record = self.get(record_id)
        agreed = tuple(replace(checked_act(act), id=secrets.token_hex(ACT_BYTES)) for act in acts)
        words = checked_words(words, agreed)
        recipient = storable_line(recipient or record.text.fields.get(supervision.RECIPIENT, ""), "recipient")
        reply = Reply(record.case, record.id, recipient, words, clock.now(), agreed)
        with self._writing() as (vault, unit):
            if draft is not None:
                draft_writer.drop_finished(vault, unit, registry.REPLY_DRAFT.type, draft.id, draft.saved)
            return replace(reply, id=papers.put_reply(vault, unit, reply))

    def replies(self, record_id: str) -> list[Reply]:
        """What was answered to a write-up, oldest first."""
        record = self.get(record_id)
        with self._reading() as vault:
            return [reply for reply in papers.replies(vault) if reply.write_up == record.id]

    def acts_due(self, case: CaseId | None = None) -> list[Act]:
        """What was agreed and nobody has said what came of, of a couple or of all, by its day: for the brief,
        from the day it was agreed."""
        with self._reading() as vault:
            replies = [reply for reply in papers.replies(vault) if case in (None, reply.case)]
        return sorted(
            (act for reply in replies for act in reply.acts if act.closed is None), key=lambda act: act.order
        )

    def happened(self, act_id: str, words: str) -> Act:
        """Say once what came of an act; without words it is put aside (`NotFound`, `Refused`,
        `UsageError`)."""
        with self._writing() as (vault, unit):
            pairs = ((reply, act) for reply in papers.replies(vault) for act in reply.acts)
            reply, act = one_by_id(pairs, act_id, "act", lambda pair: [pair[1].id])
            closed = act.answered(words, clock.today())
            papers.put_reply(vault, unit, reply.with_act(closed))
        return closed

    # --- around it ------------------------------------------------------------------------------------

    def _told(self, case: CaseId, theirs: CouplesJournal | str) -> "Told":
        from kapjournal.journal.write_up_review import told  # noqa: PLC0415 - as above

        with self._reading() as vault:
            labels = [member.label for member in vault.membership.members]
            title = vault.membership.info.title
            names = [papers.names_of(vault, one).words for one in (None, case)]
        return told(self._couples.all(), case, self._records.all(case), theirs, labels, title, names)

    @contextmanager
    def _reading(self) -> Iterator[Vault]:
        with self._access.practice() as vault:
            rules.check_may_write(vault.membership.me.role, RecordKind.SUPERVISION)
            yield vault

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._reading() as vault, vault.unit_of_work() as unit:
            yield vault, unit
