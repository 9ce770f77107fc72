"""The write-ups of a practice: what belongs to them beside their text. They are records like any other."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.deidentify import known_from
from kapjournal.domain import records as rules
from kapjournal.domain import supervision
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.forms import FieldKind, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Pulled, Source, checked_line
from kapjournal.domain.supervision_reply import Act, Reply, checked_act, checked_words
from kapjournal.domain.write_up_work import CaseNames
from kapjournal.errors import Refused
from kapjournal.journal.documents.departure import ACT_BYTES
from kapjournal.journal.records import RecordChange, Records
from kapjournal.journal.vault import write_up_writer as papers
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable, storable_line

NO_LINES = frozenset({FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.DATE, FieldKind.TIME})


class WriteUps:
    """The use cases of write-ups. In a couple's own journal there are none."""

    def __init__(self, access: VaultAccess, records: Records) -> None:
        self._access = access
        self._records = records

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
            if field.kind in NO_LINES:
                raise Refused(f"{field.heading}: nothing is pulled into an answer that is chosen.")
            between = " " if field.kind is FieldKind.LINE else "\n"
            fields[one.field] = field.checked(between.join(filter(None, (fields.get(one.field), one.line))))
        with self._reading() as vault, vault.unit_of_work() as unit:  # before the words: none without it
            papers.remember(vault, unit, record, checked)
        return self._records.edit(record.id, RecordChange(fields=fields, seen=record.versions))

    def sources(self, record_id: str) -> tuple[Pulled, ...]:
        """Where the lines came from that stand in a write-up, some of them at least."""
        record = self.get(record_id)
        with self._reading() as vault:
            pulled = papers.work_on(vault, record.id, record.case).pulled
        texts = [value for text in (record.text, *record.beside) for _, value in text.values]
        return tuple(one for one in pulled if one.stands_in(texts))

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
        """Let these be the names (`Refused` says in which line there is none; `NotFound`)."""
        known_from(storable(text))
        with self._reading() as vault:
            if case is not None:
                vault.records.check_couple(case)
            with vault.unit_of_work() as unit:
                papers.put_names(vault, unit, CaseNames(case, text))

    # --- what came of it ------------------------------------------------------------------------------

    def reply(self, record_id: str, words: str, acts: Sequence[Act] = (), recipient: str = "") -> Reply:
        """Keep what a supervisor answered to a write-up, and what was agreed (`UsageError`, `Refused`)."""
        record = self.get(record_id)
        agreed = tuple(replace(checked_act(act), id=secrets.token_hex(ACT_BYTES)) for act in acts)
        words = checked_words(words, agreed)
        recipient = storable_line(recipient or record.text.fields.get(supervision.RECIPIENT, ""), "recipient")
        reply = Reply(record.case, record.id, recipient, words, clock.now(), agreed)
        with self._reading() as vault, vault.unit_of_work() as unit:
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
            found = [
                act
                for reply in papers.replies(vault)
                if case in (None, reply.case)
                for act in reply.acts
                if act.closed is None
            ]
        return sorted(found, key=lambda act: act.order)

    def happened(self, act_id: str, words: str) -> Act:
        """Say once what came of an act; without words it is put aside (`NotFound`, `Refused`,
        `UsageError`)."""
        with self._reading() as vault, vault.unit_of_work() as unit:
            pairs = ((reply, act) for reply in papers.replies(vault) for act in reply.acts)
            reply, act = one_by_id(pairs, act_id, "act", lambda pair: [pair[1].id])
            closed = act.answered(words, clock.today())
            acts = tuple(closed if one.id == act.id else one for one in reply.acts)
            papers.put_reply(vault, unit, replace(reply, acts=acts))
        return closed

    @contextmanager
    def _reading(self) -> Iterator[Vault]:
        with self._access.exclusive() as vault:
            vault.records.check_practice()
            rules.check_may_write(vault.membership.me.role, RecordKind.SUPERVISION)
            yield vault
