"""What is told of the records of a couple as a whole."""

import datetime as dt
from dataclasses import replace

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import Record, RecordText, last_service

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def record(day: dt.date) -> Record:
    text = RecordText(RecordKind.CONTACT, About.COUPLE, day)
    return Record("ab", MemberId(bytes(32)), frozenset(), CaseId(bytes(16)), text, NOW, None)


def test_the_last_service_is_the_latest_day_of_any_text() -> None:
    early, late = record(dt.date(2026, 3, 2)), record(dt.date(2026, 3, 9))
    assert last_service([]) is None
    assert last_service([late, early]) == dt.date(2026, 3, 9)
    beside = replace(early, beside=(replace(early.text, date=dt.date(2026, 4, 1)),))
    assert last_service([beside, late]) == dt.date(2026, 4, 1)


def test_a_write_up_for_supervision_is_no_service() -> None:
    written = record(dt.date(2026, 4, 1))
    written = replace(written, text=replace(written.text, kind=RecordKind.SUPERVISION))
    assert last_service([record(dt.date(2026, 3, 2)), written]) == dt.date(2026, 3, 2)
