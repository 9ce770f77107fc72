"""What stands in an archive beside the notes, as pages for reading: answers, check-ins, after-effects, what
the two agreed, intentions, and the records of a practice.

Each is made of what the screens show of it, so that nobody finds more in an archive than there.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.content import measure_packs
from kapjournal.content import measures as known_measures
from kapjournal.content.forms import form_for
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind
from kapjournal.domain.joint_standing import has_held
from kapjournal.domain.members import Role
from kapjournal.domain.records import Record
from kapjournal.domain.self_reports import Report, SelfReport
from kapjournal.presentation import (
    answered_measures,
    days,
    intentions,
    joint,
    kept_dialogues,
    self_reports,
    signing,
)
from kapjournal.presentation import records as of_records
from kapjournal.presentation.measures import answers_in_words

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SORTS = ("measures", "check-ins", "after-effects", "together", "intentions", "records")
"""The sorts of pages; each lies in a folder called so."""

Lines = tuple[tuple[str, str], ...]
"""Labels and what stands under them, plain text of one line or several."""


@dataclass(frozen=True, slots=True)
class ForReading:
    """A page of one `sort`. `whose` is the label of whoever said it, of a record the name of the couple;
    `session` is the number of the session it belongs to, if it does."""

    sort: str
    id: str
    title: str
    date: dt.date
    whose: str
    lines: Lines
    session: int | None = None


def heading_of(journal: "Journal", sort: str) -> str:
    """What an index calls a sort of pages."""
    named = {
        "measures": "Answered measures",
        "together": joint.heading(journal),
        "records": "Clinical record",
    }
    return named.get(sort, sort.capitalize())


def pages_of_course(journal: "Journal") -> list[ForReading]:
    """The pages of a couple's journal, sort by sort, each by day."""
    return [
        *(_answers(journal, one) for one in journal.measures.all()),
        *(_report(journal, "check-ins", one) for one in journal.check_ins.all()),
        *(_report(journal, "after-effects", one) for one in journal.after_effects.all()),
        *_joints(journal),
        *_intentions(journal),
    ]


def pages_of_records(journal: "Journal", records: Sequence[Record]) -> list[ForReading]:
    """A page for each record."""
    couples = {couple.case: couple for couple in journal.couples.all()}
    return [_record(journal, one, couples.get(one.case)) for one in records]


def taken_along(journal: "Journal", *, process_notes: bool) -> list[Record]:
    """The records that go into an archive. A safety note never does, a process note only if its author asks
    for it; what was written up for supervision leaves one by one, through its ledger."""
    kept_back = {RecordKind.SAFETY, RecordKind.SUPERVISION}
    return [
        record
        for record in journal.records.all()
        if record.kind not in kept_back
        and (record.kind is not RecordKind.PROCESS or (process_notes and record.author == journal.me.id))
    ]


def _answers(journal: "Journal", found: AnsweredMeasure) -> ForReading:
    lines: list[tuple[str, str]] = []
    for text in (found.text, *found.beside):
        lines += [
            (heading.capitalize(), words) for heading, words in answered_measures.score_lines(journal, text)
        ]
        if (measure := known_measures.known(text.measure)) is not None:
            pack = measure_packs.pack_with(measure.id, text.pack)
            is_staff = journal.me.role is not Role.PARTNER
            lines += answers_in_words(measure, text.answers, pack, for_staff=is_staff)
    title, text = answered_measures.title_of(found.text.measure), found.text
    return ForReading("measures", found.id, title, text.date, _label(journal, text.of), tuple(lines))


def _report(journal: "Journal", sort: str, report: SelfReport[Report]) -> ForReading:
    said = report.said
    place = self_reports.place_in_words(said)
    lines = [("When", place), *self_reports.lines_of(said)] if place else self_reports.lines_of(said)
    session = said.session.number if said.session else None
    whose = _label(journal, report.author)
    return ForReading(sort, report.id, self_reports.title_of(said), said.date, whose, tuple(lines), session)


def _joints(journal: "Journal") -> Iterator[ForReading]:
    every = journal.joints.all()
    for one in sorted(every, key=lambda each: each.text.date):
        title, lines = _said_together(journal, one, every)
        yield ForReading("together", one.id, title, one.text.date, _label(journal, one.author), lines)


def _said_together(journal: "Journal", one: Joint, every: Sequence[Joint]) -> tuple[str, Lines]:
    if one.text.kind is JointKind.DIALOGUE and has_held(one):
        words = kept_dialogues.lines(one, kept_dialogues.second_of(journal, one))
        return kept_dialogues.title(one), (("What was kept", "\n\n".join(words)),)
    standing = ("How it stands", "\n".join(joint.standing_lines(journal, one, every)))
    return joint.title_of(one.text.kind), (*joint.lines_of(journal, one), standing)


def _intentions(journal: "Journal") -> Iterator[ForReading]:
    threads = intentions.read_threads(journal)
    for author, thread in threads.of.items():
        lines = tuple((days.long_day(one.date), f"“{one.line}”") for one in thread)
        name, last = threads.names[author], thread[-1]
        yield ForReading("intentions", last.note, f"Intentions of {name}", last.date, name, lines)


def _record(journal: "Journal", record: Record, couple: Couple | None) -> ForReading:
    form = form_for(record.kind)
    lines = [("Written by", _label(journal, record.author))]
    for text in (record.text, *record.beside):
        if text is not record.text:
            lines.append(("Beside it", of_records.beside_in_words(is_signed=record.is_signed)))
        lines += [fact for fact in of_records.facts(text, couple) if fact[1]]
        lines += of_records.filled_fields(text, form)
    if record.is_signed and (signed := journal.signing.of(record.id)):
        lines.append(
            ("Signed", "\n".join(signing.lines(signed, record.text.date, record.revised or record.written)))
        )
    session = record.text.session.number if record.text.session else None
    title, whose = (
        of_records.name_of(record.text, couple),
        couple.name if couple else of_records.UNKNOWN_COUPLE,
    )
    return ForReading("records", record.id, title, record.text.date, whose, tuple(lines), session)


def _label(journal: "Journal", member: MemberId) -> str:
    return journal.members.label_of(member)
