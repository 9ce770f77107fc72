"""A journal of a couple beside a practice: everybody who has a door in one of them, and what each finds."""

import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.exchange.markdown_document import export_document
from kapjournal.journal import Journal
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import bringing, joint, joint_deeds, joint_history
from kapjournal.presentation.self_reports import all_reports, in_a_row, lines_of, reminders
from tests.golden.second_reader_2 import Person
from tests.internals import vault_of
from tests.journal.practices import Practice
from tests.privacy.canary import BEGINNING

LEE, ANA, BEN = "therapist", "partner A", "partner B"
ODE, SAND, VARGA, KIM = "co-therapist", "supervisor", "prescriber", "practice manager"
NOBODY = "somebody with the files and no door"
STAFF: Mapping[str, tuple[str, Role]] = {
    ODE: ("Dr Ode", Role.CO_THERAPIST),
    SAND: ("Dr Sand", Role.SUPERVISOR),
    VARGA: ("Dr Varga", Role.PRESCRIBER),
    KIM: ("Kim", Role.PRACTICE_MANAGER),
}
ROLES = (ANA, BEN, LEE, *STAFF, NOBODY)


@dataclass
class Everybody:
    """Each role with what is open to it: the therapist both files, the partners and the staff one."""

    folder: Path
    practice: Practice
    opened: dict[str, tuple[Journal, ...]]
    held: dict[str, tuple[tuple[Path, Secrets], ...]] = field(default_factory=dict)
    case: CaseId | None = None

    @property
    def lee(self) -> Journal:
        """The therapist's door into the practice."""
        return self.opened[LEE][1]

    @property
    def couple(self) -> CaseId:
        """The couple whose record is written."""
        assert self.case is not None
        return self.case

    def in_the_journal(self, role: str) -> Journal:
        """A member's door into the couple's journal."""
        return self.opened[role][0]

    def look(self) -> None:
        """Let every program take in what the others wrote."""
        for journals in self.opened.values():
            for journal in journals:
                journal.refresh()

    def said_to(self, role: str) -> str:
        """All that any use case says to a role: what is listed, read, found, counted, checked, exported."""
        return "\n".join(text for one in self.opened[role] for text in self._said(one))

    def _said(self, journal: Journal) -> Iterator[str]:
        yield from map(repr, (journal.title, journal.members.all(), journal.sessions.all()))
        yield from map(repr, (journal.findings, journal.check(), journal.couples.all()))
        notes = journal.notes.all()
        for note in notes:
            yield repr((note.id, note.author, sorted(note.readers), note.text.title, note.text.body))
            yield repr((note.text, note.beside, journal.notes.is_new(note)))
            for file in journal.attachments.of(note.id):
                journal.attachments.write(note.id, file.name, into := io.BytesIO())
                yield repr((file.name, into.getvalue()))
            if note.author == journal.me.id:
                yield repr([version.text for version in journal.notes.history(note.id)])
        yield repr([draft.text for draft in journal.drafts.all()])
        yield repr([(hit.note.id, hit.title, hit.excerpt, hit.places) for hit in journal.search(BEGINNING)])
        exported = self.folder.parent / "exported"
        exported.mkdir()
        export_document(journal, exported / "notes.md", notes, force=False, tell=str)
        yield "\n".join(
            file.read_text(encoding="utf-8") for file in sorted(exported.rglob("*")) if file.is_file()
        )
        shutil.rmtree(exported)
        yield from self._said_of_measures(journal)
        for report in all_reports(journal):
            yield repr((report, sorted(report.readers), lines_of(report.said), in_a_row(journal, report)))
        yield repr((journal.self_report_drafts.all(), reminders(journal)))
        yield repr((journal.bringing.all(), bringing.read_lines(journal), bringing.reads_when(journal)))
        yield repr(journal.cycle.loop())
        every = journal.joints.all()
        yield repr([(one, joint.lines_of(journal, one)) for one in every])
        yield repr([joint.standing_lines(journal, one, every) for one in every])
        yield repr([joint_history.less_lines(journal, one) for one in every])
        yield repr(joint_deeds.reminders(journal))
        yield repr((journal.authorisations.all(), journal.authorisations.current()))
        yield repr((journal.page_consents.all(), sorted(journal.page_consents.of_pages())))
        yield repr((journal.talking.current(), journal.policies.current(), journal.dialogue_drafts.current()))
        yield from self._said_of_records(journal)

    def _said_of_measures(self, journal: Journal) -> Iterator[str]:
        for found in journal.measures.all():
            yield repr((found, sorted(found.readers), saying.score_lines(journal, found.text)))
            if found.author == journal.me.id:
                yield repr([version.text for version in journal.measures.history(found.id)])
        yield repr((journal.waiting.all(), journal.waiting.pause_until()))
        yield repr((journal.measures.requests(), journal.measures.marks(), journal.measure_drafts.all()))
        yield saying.open_marks(journal, "")

    def _said_of_records(self, journal: Journal) -> Iterator[str]:
        if not journal.is_practice:
            for refused in (journal.records.all, journal.record_drafts.all, journal.dosing.all):
                with suppress(Refused):
                    raise AssertionError(refused())
            return
        for record in journal.records.all():
            yield repr((record.id, record.author, sorted(record.readers), record.case, record.text))
            yield repr(record.beside)
            if record.author == journal.me.id:
                yield repr([version.text for version in journal.records.history(record.id)])
        yield repr([record.id for record in journal.dosing.all()])
        yield repr(journal.record_drafts.all())
        yield repr((journal.kept.all(), journal.kept.withdrawn()))
        with suppress(Refused):  # of whoever is no therapist
            yield repr((journal.write_ups.departures(), journal.write_ups.acts_due()))
            yield repr(journal.packs.requests())
            for case in (None, *(one.case for one in journal.couples.all())):
                yield journal.write_ups.names(case)
            for record in journal.records.all():
                if record.kind is RecordKind.SUPERVISION and record.author == journal.me.id:
                    yield repr((journal.write_ups.sources(record.id), journal.write_ups.replies(record.id)))

    def close(self) -> None:
        """Close every door, so that the files lie as they do at night; what the doors hold is kept."""
        if self.held:
            return
        for role, journals in self.opened.items():
            self.held[role] = tuple((one.path, vault_of(one).secrets) for one in journals)
            for journal in journals:
                journal.close()
        self.practice.close()

    def lies_open_to(self, role: str) -> bytes:
        """What a role's keys open in the closed files, read by the second program, which knows no rules."""
        return b"\n".join(text for one in self.held.get(role, ()) for text in _plaintexts(*one))

    def raw(self) -> bytes:
        """Every byte of both files and of all that is kept about them on this computer, names included."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return b"\n".join((*(str(path).encode() for path in files), *(path.read_bytes() for path in files)))


def _plaintexts(path: Path, held: Secrets) -> Iterator[bytes]:
    """What was sealed, of every row of a file that a key of this person's opens, whatever it is."""
    reader = Person(path, held=b"".join((held.first, held.journal_key, held.keeper, held.member)))
    slots = [*reader.own_slots(), *reader.drafts()]
    slots += [slot for *_, incoming in reader.channels_in() for slot in incoming]
    slots += [slot for _, slot, _ in reader.on_shared()]
    for slot in slots:
        if not slot.row.dropped and not slot.notice:
            yield slot.row.body(slot.key)


Write = Callable[[Everybody, str], object]
"""Writes something with a word in each of its places, through the use cases."""
