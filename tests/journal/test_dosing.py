"""Dosing records: one for each person and session, row by row, in drafts, histories and two copies."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal.domain import dosing, record_drafts
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewRecord, RecordChange
from tests.journal.practices import Practice

TEN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
THREE = SessionNamed(3, TEN.date())


def row(words: str, minutes: int = 0) -> Row:
    return new_row(RowKind.LINE, TEN + dt.timedelta(minutes=minutes), {"what": "said", "words": words})


def words(rows: tuple[Row, ...]) -> list[str]:
    return [one.fields["words"] for one in rows]


def test_each_person_has_one_record_a_session(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    first = lee.dosing.put(case, About.FIRST, THREE, [row("a")])
    again = lee.dosing.put(case, About.FIRST, THREE, [row("b", 5)], {"escort": "a friend"})
    other = lee.dosing.put(case, About.SECOND, THREE, [row("c")])
    assert again.id == first.id != other.id and words(again.text.rows) == ["a", "b"]
    assert again.text.fields == {"escort": "a friend"} and again.text.date == TEN.date()
    with pytest.raises(Refused, match="a dosing record of this person for session 3"):
        lee.records.add(NewRecord(RecordKind.DOSING, case, about=About.FIRST, session=THREE))
    with pytest.raises(Refused, match="a dosing record of this person for session 3"):
        lee.records.edit(other.id, RecordChange(about=About.FIRST))
    with pytest.raises(UsageError, match=r"^Session: a dosing record is of one"):
        lee.records.add(NewRecord(RecordKind.DOSING, case, about=About.FIRST))
    assert {one.id for one in lee.dosing.all(case, 3)} == {first.id, other.id}
    assert lee.dosing.find(case, About.SECOND, 4) is None
    elsewhere = lee.dosing.put(practice.couple("Uma and Vic"), About.FIRST, THREE, [row("d")])
    assert words(elsewhere.text.rows) == ["d"]


def test_rows_are_changed_and_struck_and_every_version_is_kept(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    kept, wrong = row("stays"), row("wrog", 3)
    written = lee.dosing.put(case, About.FIRST, THREE, [kept, wrong])
    changed = lee.dosing.change_row(written.id, wrong.with_fields({"words": "wrong"}))
    assert words(changed.text.rows) == ["stays", "wrong"]
    struck = lee.dosing.strike_row(written.id, kept.id[:5])
    assert words(struck.text.rows) == ["wrong"]
    none = lee.dosing.strike_row(written.id, wrong.id)
    assert none.text.rows == ()
    said = [words(version.text.rows) for version in lee.records.history(written.id)]
    assert said == [["stays", "wrog"], ["stays", "wrong"], ["wrong"], []]
    with pytest.raises(NotFound):
        lee.dosing.strike_row(written.id, wrong.id)


def test_two_computers_add_rows_and_the_next_save_has_them_all(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    shared, struck = row("both"), row("struck")
    written = lee.dosing.put(case, About.FIRST, THREE, [shared, struck])
    path = practice.folder / "there.kap"
    there = practice.copy(path)
    lee.dosing.strike_row(written.id, struck.id)
    lee.dosing.put(case, About.FIRST, THREE, [row("here", 5)])
    there.dosing.put(case, About.FIRST, THREE, [row("there", 6)])
    there.close()
    lee.copies.merge(path)
    both = lee.records.get(written.id)
    assert len(both.beside) == 1
    joined = lee.dosing.put(case, About.FIRST, THREE, [row("after", 9)])
    assert not joined.beside and {"both", "here", "there", "after"} <= {*words(joined.text.rows)}
    assert len({one.id for one in joined.text.rows}) == len(joined.text.rows)
    assert lee.check().is_clean


def test_what_was_struck_or_changed_does_not_come_back_from_what_stood_beside() -> None:
    kept, struck, changed = row("kept"), row("struck", 1), row("old", 2)
    new = changed.with_fields({"words": "new"})
    before = dosing.put((), kept, struck, changed)
    now = dosing.put((), kept, new)
    beside = dosing.put((), kept, struck, changed, row("theirs", 3))
    assert words(dosing.joined_after(before, now, [beside])) == ["kept", "new", "theirs"]


def test_rows_on_the_way_are_a_sealed_draft_and_become_the_record(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    written = lee.dosing.put(case, About.FIRST, THREE, [row("a")])
    draft = record_drafts.draft_of_record(written)
    with_clocks = new_row(RowKind.LINE, TEN, {"words": "b"}, steady=TEN + dt.timedelta(hours=1))
    saved = lee.record_drafts.save(replace(draft, rows=dosing.put(draft.rows, with_clocks)))
    assert lee.records.get(written.id).text.rows == written.text.rows
    [read] = lee.record_drafts.all(case)
    assert read.rows == saved.rows and with_clocks in read.rows and not read.is_empty
    with practice.copy(practice.folder / "there.kap") as there:
        assert there.record_drafts.all() == [read]
    record = lee.record_drafts.finish(read)
    assert record.id == written.id and record.text.rows == read.rows
    assert len(lee.records.history(written.id)) == 2 and lee.record_drafts.all() == []


def test_rows_stand_in_no_other_record(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    for kind in (RecordKind.PROCESS, RecordKind.PROGRESS, RecordKind.COUPLE):
        with pytest.raises(Refused, match="stand in a dosing record alone"):
            lee.records.add(NewRecord(kind, case, {}, rows=(row("a"),)))
    written = lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "a"}))
    with pytest.raises(Refused, match="stand in a dosing record alone"):
        lee.records.edit(written.id, RecordChange(rows=(row("a"),)))
