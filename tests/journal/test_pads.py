"""The dose pad in the practice: every stamp is sealed, comes back after a kill, and becomes two records."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal import clock
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.pad import place_of, session_of
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import Refused
from kapjournal.journal import Journal, unlock
from tests.journal.practices import LEE, Practice

TEN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
THREE, DAY = SessionNamed(3, TEN.date()), TEN.date()
FIRST, SECOND = About.FIRST, About.SECOND


def line(words: str, minutes: int = 0) -> Row:
    return new_row(RowKind.LINE, TEN + dt.timedelta(minutes=minutes), {"words": words})


def again(practice: Practice) -> Journal:
    """The program was killed, and the practice is opened anew."""
    practice.lee.close()
    practice.lee = unlock(
        practice.path, label="Dr Lee", passphrase=LEE, record_folder=practice.folder / "memory"
    )
    return practice.lee


def said(journal: Journal, about: About) -> list[str]:
    pad = journal.pads.open(journal.couples.all()[0].case, THREE, DAY).pad
    return [row.fields["words"] for row in pad.rows(about)]


def test_a_stamp_is_in_the_file_when_it_is_saved_and_of_the_other_nothing_is(practice: Practice) -> None:
    case = practice.couple()
    opened = practice.lee.pads.open(case, THREE, DAY)
    assert practice.lee.record_drafts.all() == []
    saved = opened.save(opened.pad.put(FIRST, line("a")))
    assert saved.id and place_of(saved.id) == (case, THREE) and not saved.of(SECOND).id
    lee = again(practice)
    assert said(lee, FIRST) == ["a"] and said(lee, SECOND) == []
    [draft] = lee.record_drafts.all()
    assert session_of(draft) == 3 and draft.kind is RecordKind.DOSING


def test_of_two_people_only_who_changed_is_sealed_anew(practice: Practice) -> None:
    opened = practice.lee.pads.open(practice.couple(), THREE, DAY)
    pad = opened.save(opened.pad.put(FIRST, line("a")).put(SECOND, line("b")))
    with clock.at(clock.now() + dt.timedelta(seconds=1)):
        more = opened.save(pad.put(SECOND, line("c", 1)))
    assert more.of(FIRST) == pad.of(FIRST) and more.of(SECOND).saved != pad.of(SECOND).saved
    assert len(practice.lee.record_drafts.all()) == 2


def test_the_finished_pad_is_a_record_of_each_and_goes_on_from_there(practice: Practice) -> None:
    case = practice.couple()
    opened = practice.lee.pads.open(case, THREE, DAY)
    pad = opened.save(opened.pad.put(FIRST, line("a")))
    [written] = opened.finish(pad)
    assert practice.lee.record_drafts.all() == [] and written.text.about is FIRST
    assert written.text.session == SessionNamed(3) and written.text.date == DAY
    opened = practice.lee.pads.open(case, THREE, DAY)
    assert opened.finish(opened.pad) == [], "nothing was changed"
    pad = opened.save(opened.pad.put(FIRST, line("b", 1)).put(SECOND, line("c")))
    first, second = opened.finish(pad)
    assert first.id == written.id and second.text.about is SECOND
    assert [row.fields["words"] for row in first.text.rows] == ["a", "b"]
    assert len(practice.lee.records.history(written.id)) == 2


def test_what_was_put_into_the_record_meanwhile_is_not_lost(practice: Practice) -> None:
    case = practice.couple()
    practice.lee.dosing.put(case, FIRST, THREE, [line("record")])
    opened = practice.lee.pads.open(case, THREE, DAY)
    pad = opened.save(opened.pad.put(FIRST, line("pad", 1)))
    practice.lee.dosing.put(case, FIRST, THREE, [line("meanwhile", 2)])
    [written] = opened.finish(pad)
    texts = [written.text, *written.beside]
    assert {row.fields["words"] for text in texts for row in text.rows} == {"record", "pad", "meanwhile"}


def test_a_pad_thrown_away_leaves_the_record(practice: Practice) -> None:
    case = practice.couple()
    practice.lee.dosing.put(case, FIRST, THREE, [line("record")])
    opened = practice.lee.pads.open(case, THREE, DAY)
    opened.save(opened.pad.put(FIRST, line("pad", 1)))
    opened.discard("")
    assert said(practice.lee, FIRST) == ["record"] and practice.lee.record_drafts.all() == []


def test_another_session_or_person_has_another_pad(practice: Practice) -> None:
    case = practice.couple()
    opened = practice.lee.pads.open(case, THREE, DAY)
    opened.save(opened.pad.put(FIRST, line("a")))
    four = practice.lee.pads.open(case, SessionNamed(4), DAY).pad
    assert four.lines == () and practice.lee.pads.open(practice.couple("Uma"), THREE, DAY).pad.lines == ()
    typed = replace(four.of(FIRST), session="next week")
    assert session_of(typed) is None


def test_who_writes_no_dosing_record_has_no_pad(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.SUPERVISOR)
    with pytest.raises(Refused, match="writes no"):
        kim.pads.open(practice.couple("Theirs", kim), THREE, DAY)
