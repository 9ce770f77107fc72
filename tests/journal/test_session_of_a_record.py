"""A record that names its session by number gets the day of it from the journal of the couple."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain import record_drafts
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import UsageError
from kapjournal.journal import NewRecord, RecordChange
from tests.cast import PASSPHRASES, meet
from tests.journal.practices import Practice
from tests.journal.practices import practice as made
from tests.journal.test_record_signing import LEE, NOON
from tests.journal.test_records import SOAP

HELD = dt.date(2026, 2, 10)
TODAY = NOON.date()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with clock.at(NOON):
        practice = made(tmp_path)
        yield practice
        practice.close()


@pytest.fixture
def case(practice: Practice) -> CaseId:
    """A couple whose session 3 was three weeks ago."""
    meet(path := practice.folder / "ours.kap", practice.folder / "memory")
    passphrase = PASSPHRASES["Dr Lee"]
    couple = practice.lee.couples.add("Ana and Ben", path, label="Dr Lee", passphrase=passphrase)
    with practice.lee.open_couple(couple.case) as theirs:
        theirs.sessions.add(number=3, kind=SessionKind.INTEGRATION, date=HELD)
    return couple.case


def test_a_record_of_an_earlier_session_under_todays_date_is_late(practice: Practice, case: CaseId) -> None:
    lee = practice.lee
    added = lee.records.add(NewRecord(RecordKind.PROGRESS, case, SOAP, session=SessionNamed(3)))
    draft = record_drafts.new_record_draft(form_for(RecordKind.PROGRESS), case, About.COUPLE, TODAY)
    typed = replace(draft, session="3", values=tuple(SOAP.items()))
    finished = lee.record_drafts.finish(lee.record_drafts.save(typed))
    changed = lee.records.edit(
        lee.records.add(NewRecord(RecordKind.PROGRESS, case, SOAP)).id, RecordChange(session=SessionNamed(3))
    )
    for record in (added, finished, changed):
        assert record.text.session == SessionNamed(3, HELD)
        with pytest.raises(UsageError, match="late entry"):
            lee.signing.sign(record.id, LEE)


def test_the_day_the_author_gives_stays(practice: Practice, case: CaseId) -> None:
    lee, given = practice.lee, SessionNamed(3, TODAY)
    record = lee.records.add(NewRecord(RecordKind.PROGRESS, case, SOAP, session=given))
    assert record.text.session == given
    draft = record_drafts.draft_of_record(record)
    assert lee.record_drafts.finish(lee.record_drafts.save(draft)).text.session == given


def test_where_no_session_can_be_looked_up_there_is_no_day(practice: Practice, case: CaseId) -> None:
    lee, unknown = practice.lee, SessionNamed(8)
    assert lee.records.add(NewRecord(RecordKind.PROGRESS, case, session=unknown)).text.session == unknown
    lee.couples.ask_each_time(case)
    three = SessionNamed(3)
    assert lee.records.add(NewRecord(RecordKind.PROGRESS, case, session=three)).text.session == three
