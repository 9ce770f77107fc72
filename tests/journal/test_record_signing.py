"""Signed records of a practice: what is locked, who adds their name, what is added, and what comes late."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kapjournal import clock, paths
from kapjournal.content import forms
from kapjournal.content import practice as rules
from kapjournal.domain import record_drafts
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import OF_ONE_PARTNER, About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.domain.signing import AddendumKind, SignatureState, Signer
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewRecord, RecordChange
from tests.journal.practices import NEEDED, Practice
from tests.journal.practices import practice as made
from tests.journal.test_records import SOAP
from tests.signed import known

LEE = Signer("Dr Mina Lee", "LMFT")
KIM = Signer("Kim Roe", "MD")
DAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with clock.at(NOON):
        practice = made(tmp_path)
        yield practice
        practice.close()


@pytest.fixture
def case(practice: Practice) -> CaseId:
    return practice.couple()


def progress(practice: Practice, case: CaseId, **fields: str) -> Record:
    return practice.lee.records.add(NewRecord(RecordKind.PROGRESS, case, fields or SOAP, date=DAY))


@pytest.mark.parametrize("kind", RecordKind)
def test_every_form_is_signed_and_locked_to_the_byte(
    practice: Practice, case: CaseId, kind: RecordKind
) -> None:
    about = About.SECOND if kind in OF_ONE_PARTNER else None
    session = SessionNamed(3, DAY) if kind in (RecordKind.DOSING, RecordKind.READY) else None
    text = {**NEEDED.get(kind, {}), forms.form_for(kind).fields[-1].id: ""}
    written = practice.lee.records.add(NewRecord(kind, case, text, about, DAY, session))
    signed = practice.lee.signing.sign(written.id, LEE, written.versions)
    assert signed.holds and [one.capacity for one in signed.signatures] == ["author"]
    record = practice.lee.records.get(written.id)
    assert record.is_signed and record.text == written.text
    with pytest.raises(Refused, match="stay as they are"):
        practice.lee.records.edit(written.id, RecordChange(date=DAY + dt.timedelta(days=1)))
    with pytest.raises(Refused, match="signed already"):
        practice.lee.signing.sign(written.id, LEE)
    assert practice.lee.check().is_clean
    with practice.copy(practice.folder / "there.kap") as there:
        assert known(there, written).digest == signed.digest and known(there, written).holds


def test_a_colleague_signs_too_and_adds_and_the_digest_stays(practice: Practice, case: CaseId) -> None:
    kim, ito = practice.joins("Kim", Role.SUPERVISOR), practice.joins("Dr Ito", Role.PRESCRIBER)
    record = progress(practice, case)
    practice.lee.signing.sign(record.id, LEE)
    practice.lee.signing.add(record.id, AddendumKind.ADDENDUM, "He rang.", "not known then", LEE)
    practice.lee.records.share(record.id, "Kim")
    practice.look()
    kim.signing.cosign(record.id, KIM)
    with clock.at(NOON + dt.timedelta(hours=1)):
        kim.signing.add(record.id, AddendumKind.AMENDMENT, "It was Tuesday.", "a wrong day", KIM)
    practice.look()
    with clock.at(NOON + dt.timedelta(hours=2)):
        practice.lee.signing.add(record.id, AddendumKind.LATE_ENTRY, "She wept.", "left out", LEE)
    practice.lee.records.share(record.id, "Dr Ito")
    practice.look()
    for journal in (practice.lee, kim):
        signed = known(journal, record)
        assert [(one.name, one.capacity) for one in signed.signatures] == [
            (LEE.name, "author"),
            (KIM.name, "co-signer"),
        ]
        assert [one.kind.value for one in signed.addenda] == ["addendum", "amendment", "late entry"]
        assert signed.holds and not any(one.follows_missing for one in signed.addenda)
        assert journal.check().is_clean
    late = known(ito, record).addenda
    assert [one.body for one in late] == ["He rang.", "She wept."], "Kim did not share hers with Dr Ito"
    assert [one.follows_missing for one in late] == [False, True] and ito.check().is_clean
    assert known(ito, record).digest == known(kim, record).digest
    practice.lee.records.withdraw(record.id, "Dr Ito")
    practice.look()
    assert ito.records.all() == [] and ito.check().is_clean
    with pytest.raises(NotFound):
        ito.signing.of(record.id)


def test_who_is_no_clinician_signs_nothing(practice: Practice, case: CaseId) -> None:
    pat = practice.joins("Pat", Role.PRACTICE_MANAGER)
    record = progress(practice, case)
    practice.lee.signing.sign(record.id, LEE)
    practice.lee.records.share(record.id, "Pat")
    practice.look()
    with pytest.raises(Refused, match="by clinicians"):
        pat.signing.cosign(record.id, Signer("Pat", ""))
    with pytest.raises(Refused, match="by clinicians"):
        pat.signing.add(record.id, AddendumKind.ADDENDUM, "x", "y", Signer("Pat", ""))


def test_what_waits_for_a_signature_is_named_across_couples(practice: Practice, case: CaseId) -> None:
    theirs = practice.couple("Uma and Vic")
    records, signing = practice.lee.records, practice.lee.signing
    second = progress(practice, theirs)
    first = records.add(NewRecord(RecordKind.CONTACT, case, {"text": "a"}, date=DAY - dt.timedelta(days=3)))
    for kind in (RecordKind.PROCESS, RecordKind.PLAN, RecordKind.CONSENT):
        records.add(NewRecord(kind, case))
    assert [one.id for one in signing.unsigned()] == [first.id, second.id]
    signing.sign(second.id, LEE)
    assert [one.id for one in signing.unsigned()] == [first.id]


def test_another_wording_than_was_read_is_not_signed(practice: Practice, case: CaseId) -> None:
    record = progress(practice, case)
    practice.lee.records.edit(record.id, RecordChange({"plan": "Another."}))
    with pytest.raises(Refused, match="changed elsewhere"):
        practice.lee.signing.sign(record.id, LEE, record.versions)
    assert not practice.lee.records.get(record.id).is_signed


def test_a_draft_on_the_way_is_finished_first(practice: Practice, case: CaseId) -> None:
    record = progress(practice, case)
    draft = practice.lee.record_drafts.save(record_drafts.draft_of_record(record))
    with pytest.raises(Refused, match="A draft of this record waits"):
        practice.lee.signing.sign(record.id, LEE)
    practice.lee.record_drafts.discard(draft.id)
    assert practice.lee.signing.sign(record.id, LEE).holds


def test_a_late_entry_is_signed_with_its_reason_and_no_other_needs_one(
    practice: Practice, case: CaseId
) -> None:
    """The day of the service ends at midnight by local time; 24 hours after that it is late."""
    signing = practice.lee.signing
    at_time = progress(practice, case, plan="a")
    with clock.at(NOON + dt.timedelta(days=3)):
        late = progress(practice, case, plan="b")
        with pytest.raises(UsageError, match="more than 24 hours after the service"):
            signing.sign(late.id, LEE)
        assert not practice.lee.records.get(late.id).is_signed
        assert signing.sign(late.id, LEE, late="the computer was broken").signatures[0].late == (
            "the computer was broken"
        )
        assert signing.sign(at_time.id, LEE).signatures[0].late == "", "written in time, and signed later"
    freely = progress(practice, case, plan="c")
    assert signing.sign(freely.id, LEE, late="from memory").signatures[0].late == "from memory"


def test_another_day_on_the_record_makes_no_late_entry_one_in_time(practice: Practice, case: CaseId) -> None:
    """The record of last month's session that bears today's date, or has one row stamped today."""
    lee, past = practice.lee, DAY - dt.timedelta(days=30)
    three = SessionNamed(3, past)
    in_time_by_its_date = NewRecord(RecordKind.PROGRESS, case, SOAP, date=DAY, session=three)
    row = new_row(RowKind.LINE, NOON, {"words": "."})
    by_a_row = NewRecord(
        RecordKind.DOSING, case, {}, about=About.FIRST, date=past, session=three, rows=(row,)
    )
    for new in (in_time_by_its_date, by_a_row):
        record = lee.records.add(new)
        with pytest.raises(UsageError, match="late entry"):
            lee.signing.sign(record.id, LEE)
    through_the_night = dosed_on(DAY - dt.timedelta(days=1), NOON - dt.timedelta(hours=11))
    assert lee.signing.sign(lee.records.add(through_the_night(case)).id, LEE).holds


def dosed_on(day: dt.date, at: dt.datetime) -> Callable[[CaseId], NewRecord]:
    row = new_row(RowKind.LINE, at, {"words": "steady"})
    return lambda case: NewRecord(
        RecordKind.DOSING, case, {}, about=About.SECOND, date=day, session=SessionNamed(4, day), rows=(row,)
    )


def test_how_late_is_late_is_the_clinics_to_say(practice: Practice, case: CaseId) -> None:
    with clock.at(NOON + dt.timedelta(days=3)):
        late = progress(practice, case)
        folder = paths.config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "practice.toml").write_text("late_entry_hours = 72\n")
        rules._read.cache_clear()
        try:
            assert practice.lee.signing.sign(late.id, LEE).signatures[0].late == ""
        finally:
            (folder / "practice.toml").unlink()
            rules._read.cache_clear()


def test_a_dosing_record_is_late_after_its_last_row(practice: Practice, case: CaseId) -> None:
    row = new_row(RowKind.LINE, NOON - dt.timedelta(hours=25), {"words": "x"})
    dosing = practice.lee.dosing
    early = dosing.put(case, About.FIRST, SessionNamed(1, DAY), [row])
    with pytest.raises(UsageError, match="late entry"):
        practice.lee.signing.sign(early.id, LEE)
    newer = new_row(RowKind.LINE, NOON - dt.timedelta(hours=23), {"words": "y"})
    in_time = dosing.put(case, About.SECOND, SessionNamed(1, DAY), [row, newer])
    assert practice.lee.signing.sign(in_time.id, LEE).holds


def test_one_is_cleared_and_signed_while_the_pad_of_the_other_goes_on(
    practice: Practice, case: CaseId
) -> None:
    three = SessionNamed(3, DAY)
    opened = practice.lee.pads.open(case, three, DAY)
    row = new_row(RowKind.LINE, NOON, {"words": "steady"})
    pad = opened.save(opened.pad.put(About.FIRST, row).put(About.SECOND, row.anew()))
    signed = practice.lee.clearance.sign(opened, pad, About.FIRST, LEE)
    assert signed.holds and signed.signatures[0].state is SignatureState.HOLDS
    again = practice.lee.pads.open(case, three, DAY)
    assert again.pad.signed == {About.FIRST} and len(again.pad.rows(About.SECOND)) == 1
    with pytest.raises(Refused, match="no more rows"):
        again.pad.put(About.FIRST, row.anew())
    with pytest.raises(Refused, match="no more rows"):
        again.pad.strike(About.FIRST, row.id)
    more = again.save(again.pad.put(About.SECOND, row.anew()))
    [record] = again.finish(more)
    assert record.text.about is About.SECOND and len(record.text.rows) == 2 and not record.is_signed
    with pytest.raises(Refused, match="stay as they are"):
        practice.lee.dosing.put(case, About.FIRST, three, [row.anew()])


def test_a_record_that_another_window_signed_keeps_the_others_back_no_more(
    practice: Practice, case: CaseId
) -> None:
    lee, three = practice.lee, SessionNamed(3, DAY)
    row = new_row(RowKind.LINE, NOON, {"words": "steady"})
    opened = lee.pads.open(case, three, DAY)
    opened.save(opened.pad.put(About.FIRST, row).put(About.SECOND, row.anew()))
    opened.finish(opened.pad)
    [first] = [one for one in lee.records.all() if one.text.about is About.FIRST]
    lee.signing.sign(first.id, LEE)
    pad = opened.save(opened.pad.put(About.FIRST, row.anew()).put(About.SECOND, row.anew()))
    assert pad.signed == {About.FIRST}, "the pad learns of it at the next save"
    [second] = opened.finish(pad)
    assert second.text.about is About.SECOND and len(second.text.rows) == 2
    assert len(lee.records.get(first.id).text.rows) == 1
    assert len(lee.pads.open(case, three, DAY).pad.rows(About.FIRST)) == 2, "what was typed is not lost"


def test_rows_that_the_pad_did_not_show_are_not_signed(practice: Practice, case: CaseId) -> None:
    lee, three = practice.lee, SessionNamed(3, DAY)
    row = new_row(RowKind.LINE, NOON, {"words": "seen"})
    one, other = lee.pads.open(case, three, DAY), lee.pads.open(case, three, DAY)
    pad = one.save(one.pad.put(About.FIRST, row))
    other.save(other.pad.put(About.FIRST, row.anew()))
    with pytest.raises(Refused, match="in another window"):
        lee.clearance.sign(one, pad, About.FIRST, LEE)
    [record] = lee.records.all()
    assert not record.is_signed and len(record.text.rows) == 2
    assert lee.clearance.sign(one, one.pad, About.FIRST, LEE).holds


def test_of_whom_nothing_is_written_nothing_is_signed(practice: Practice, case: CaseId) -> None:
    opened = practice.lee.pads.open(case, SessionNamed(3, DAY), DAY)
    with pytest.raises(Refused, match="Nothing is written"):
        practice.lee.clearance.sign(opened, opened.pad, About.SECOND, LEE)
    assert practice.lee.records.all() == []


def test_nothing_is_signed_at_two_texts(practice: Practice, case: CaseId) -> None:
    record = progress(practice, case)
    with practice.copy(practice.folder / "there.kap") as there:
        there.records.edit(record.id, RecordChange({"plan": "There."}))
    practice.lee.records.edit(record.id, RecordChange({"plan": "Here."}))
    practice.lee.copies.merge(practice.folder / "there.kap")
    assert practice.lee.records.get(record.id).beside
    with pytest.raises(Refused, match="two computers"):
        practice.lee.signing.sign(record.id, LEE)


def test_words_written_elsewhere_stand_beside_what_is_signed_and_never_in_its_place(
    practice: Practice, case: CaseId
) -> None:
    record = progress(practice, case)
    with practice.copy(practice.folder / "there.kap") as there:
        there.records.edit(record.id, RecordChange({"plan": "There."}))
    digest = practice.lee.signing.sign(record.id, LEE).digest
    practice.lee.copies.merge(practice.folder / "there.kap")
    now = practice.lee.records.get(record.id)
    assert (
        now.is_signed and now.text == record.text and [one.fields["plan"] for one in now.beside] == ["There."]
    )
    assert known(practice.lee, record).digest == digest and known(practice.lee, record).holds
