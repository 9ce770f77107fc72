"""Two programs, or two computers, of one therapist with the same pad open: no stamped row is lost."""

import datetime as dt
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.forms import About
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import KapjournalError
from kapjournal.journal import Journal, RecordChange
from kapjournal.journal.vault import record_writer
from kapjournal.store import JournalFile
from tests.internals import vault_of
from tests.journal.practices import Practice

TEN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
THREE, DAY = SessionNamed(3, TEN.date()), TEN.date()
FIRST, SECOND = About.FIRST, About.SECOND


def line(words: str, minutes: int = 0) -> Row:
    return new_row(RowKind.LINE, TEN + dt.timedelta(minutes=minutes), {"words": words})


def second_program(practice: Practice) -> Journal:
    other = Journal(JournalFile(practice.path), vault_of(practice.lee).secrets, practice.folder / "memory")
    practice.opened.append(other)
    return other


def everything(journal: Journal) -> list[str]:
    """Every row that is in a draft or a record, each as often as it stands there."""
    journal.refresh()
    rows = [row for draft in journal.record_drafts.all() for row in draft.rows]
    for record in journal.records.all():
        rows += [row for text in (record.text, *record.beside) for row in text.rows]
    return sorted(row.fields["words"] for row in rows)


@pytest.mark.parametrize("minutes", [-1, 1], ids=["its clock is behind", "its clock is ahead"])
def test_two_programs_stamp_in_turn(practice: Practice, minutes: int) -> None:
    case, here, there = practice.couple(), practice.lee, second_program(practice)
    with clock.at(TEN):
        ours = here.pads.open(case, THREE, DAY)
        kept = ours.save(ours.pad.put(FIRST, line("a1")))
    there.refresh()
    with clock.at(TEN + dt.timedelta(minutes=minutes)):
        theirs = there.pads.open(case, THREE, DAY)
        theirs.save(theirs.pad.put(FIRST, line("b1", 1)))
    with clock.at(TEN + dt.timedelta(seconds=1)):
        kept = ours.save(kept.put(FIRST, line("a2", 2)))
    assert everything(here) == ["a1", "a2", "b1"] and len(here.record_drafts.all()) == 1
    assert sorted(row.fields["words"] for row in ours.pad.rows(FIRST)) == ["a1", "a2", "b1"]
    ours.finish(kept)
    assert everything(here) == ["a1", "a2", "b1"] and here.record_drafts.all() == []


def test_what_is_struck_here_does_not_come_back_from_there(practice: Practice) -> None:
    case, here, there = practice.couple(), practice.lee, second_program(practice)
    ours = here.pads.open(case, THREE, DAY)
    wrong = line("wrong")
    kept = ours.save(ours.pad.put(FIRST, wrong))
    there.refresh()
    theirs = there.pads.open(case, THREE, DAY)
    theirs.save(theirs.pad.put(FIRST, line("b1", 1)))
    ours.save(kept.strike(FIRST, wrong.id))
    assert everything(here) == ["b1"]


def test_two_programs_begin_one_pad_and_both_finish(practice: Practice) -> None:
    case, here, there = practice.couple(), practice.lee, second_program(practice)
    ours, theirs = here.pads.open(case, THREE, DAY), there.pads.open(case, THREE, DAY)
    mine = ours.save(ours.pad.put(FIRST, line("a1")))
    other = theirs.save(theirs.pad.put(FIRST, line("b1")))
    ours.finish(mine)
    theirs.finish(other)
    assert everything(here) == ["a1", "b1"] and len(here.records.all()) == 1


def test_words_that_could_not_be_saved_come_back_beside_another_programs(practice: Practice) -> None:
    case, here, there = practice.couple(), practice.lee, second_program(practice)
    ours = here.pads.open(case, THREE, DAY)
    unsaved = ours.save(ours.pad.put(FIRST, line("a1"))).put(FIRST, line("a2", 1))
    there.refresh()
    theirs = there.pads.open(case, THREE, DAY)
    theirs.save(theirs.pad.put(FIRST, line("b1", 2)))
    here.refresh()
    again = here.pads.open(case, THREE, DAY)
    again.save(again.pad.joined(unsaved))
    assert everything(here) == ["a1", "a2", "b1"]


def test_both_records_are_written_or_neither(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    case, here = practice.couple(), practice.lee
    opened = here.pads.open(case, THREE, DAY)
    pad = opened.save(opened.pad.put(FIRST, line("a1")).put(SECOND, line("b1")))
    real, written = record_writer.add, []

    def second_fails(*given: object) -> object:
        written.append(given)
        if len(written) == 2:
            raise KapjournalError("The disk is full.")
        return real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(record_writer, "add", second_fails)
        with pytest.raises(KapjournalError, match="disk"):
            opened.finish(pad)
    assert here.records.all() == [] and everything(here) == ["a1", "b1"]
    opened.save(pad.put(FIRST, line("a2", 1)))
    opened.finish(opened.pad)
    assert everything(here) == ["a1", "a2", "b1"] and here.record_drafts.all() == []


def test_a_command_puts_a_row_into_the_record_meanwhile(practice: Practice) -> None:
    case, here = practice.couple(), practice.lee
    here.dosing.put(case, FIRST, THREE, [line("before")], {"escort": "a friend"})
    opened = here.pads.open(case, THREE, DAY)
    pad = opened.save(opened.pad.put(FIRST, line("pad", 1)))
    here.dosing.put(case, FIRST, THREE, [line("command", 2)], {"escort": "a sister", "start": "09:30"})
    [record] = opened.finish(pad)
    assert everything(here) == ["before", "command", "pad"] and not record.beside
    assert record.text.fields["start"] == "09:30"


@pytest.mark.parametrize("finishes", [True, False])
def test_two_computers_meet(practice: Practice, tmp_path: Path, finishes: bool) -> None:
    case = practice.couple()
    laptop = practice.copy(tmp_path / "laptop.kap")
    for journal, word in ((practice.lee, "clinic"), (laptop, "laptop")):
        opened = journal.pads.open(case, THREE, DAY)
        pad = opened.save(opened.pad.put(FIRST, line(word)))
        if finishes:
            opened.finish(pad)
    laptop.close()
    practice.lee.copies.merge(tmp_path / "laptop.kap")
    assert everything(practice.lee) == ["clinic", "laptop"]
    opened = practice.lee.pads.open(case, THREE, DAY)
    opened.finish(opened.save(opened.pad.put(FIRST, line("after", 9))))
    assert practice.lee.record_drafts.all() == []
    assert everything(practice.lee) == ["after", "clinic", "laptop"]
    for record in practice.lee.records.all():
        changed = practice.lee.records.edit(record.id, RecordChange({"escort": "a friend"}))
        assert changed.text.fields["escort"] == "a friend"
    assert practice.lee.check().is_clean
