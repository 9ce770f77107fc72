"""Builds the practice of the demo: its couples, and the clinical record of each."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from kapjournal import clock
from kapjournal.demo.practice_story import PracticeStory, StoryCouple, StoryRecord, StoryRow
from kapjournal.demo.story import date_of, evening_of
from kapjournal.demo.supervision import take_to_supervision
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import Row, new_row
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.signing import Signer
from kapjournal.journal import Journal, KdfStrength, NewRecord, RecordChange, create


def build_practice(
    told: PracticeStory, path: Path, record_folder: Path | None, strength: KdfStrength
) -> None:
    """Build the practice at `path`; the journals of its couples lie beside it already."""
    made, _ = create(
        path,
        label=told.label,
        role=told.role,
        passphrase=told.passphrase,
        kind=JournalKind.PRACTICE,
        with_recovery=False,
        strength=strength,
        record_folder=record_folder,
    )
    with made as practice:
        for couple in told.couples:
            added = _added(practice, couple, path.parent)
            _write_record(practice, couple, added.case, told.signer)
            if couple.supervision:
                take_to_supervision(practice, added, couple.supervision)


def _added(practice: Journal, couple: StoryCouple, folder: Path) -> Couple:
    keeper = couple.course.people[0]
    added = practice.couples.add(
        couple.name,
        folder / couple.file,
        label=keeper.label,
        passphrase=keeper.passphrase,
        opens=couple.opens,
    )
    practice.couples.name_partners(added.case, couple.first, couple.second)
    return practice.couples.get(couple.name)


def _write_record(practice: Journal, couple: StoryCouple, case: CaseId, signer: Signer) -> None:
    for minutes, entry in enumerate(couple.records):  # those of one day keep their order
        new, later = _new_record(entry, case), dt.timedelta(minutes=minutes)
        with clock.at(evening_of(entry.written) + later):
            record = practice.records.add(new)
        for one in entry.changes:
            change = RecordChange(_said(one.fields))
            with clock.at(evening_of(one.day)):
                practice.records.edit(record.id, change)
        if entry.is_signed:
            stands = max([entry.written, *(one.day for one in entry.changes)])
            with clock.at(evening_of(stands) + later + dt.timedelta(minutes=5)):
                practice.signing.sign(record.id, signer, late=entry.late)
        for added in entry.addenda:
            with clock.at(evening_of(added.day)):
                practice.signing.add(record.id, added.what, added.text, added.reason, signer)


def _new_record(entry: StoryRecord, case: CaseId) -> NewRecord:
    day = date_of(entry.day)
    return NewRecord(
        kind=entry.kind,
        case=case,
        fields=_said(entry.fields),
        about=entry.about,
        date=day,
        session=SessionNamed(entry.session, day) if entry.session else None,
        layout=entry.layout,
        rows=tuple(_rows(entry.rows, day)),
    )


def _said(fields: Mapping[str, str | int]) -> dict[str, str]:
    """Values of fields as they are typed; a number is a day."""
    return {
        name: date_of(value).isoformat() if isinstance(value, int) else value
        for name, value in fields.items()
    }


def _rows(rows: tuple[StoryRow, ...], day: dt.date) -> Iterator[Row]:
    for row in rows:
        moment = clock.local(dt.datetime.combine(day, row.at))
        yield new_row(row.kind, moment, row.fields)
