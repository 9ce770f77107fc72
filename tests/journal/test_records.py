"""The clinical record of a practice: what is written, kept, changed, shared with one, and refused."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from kapjournal import paths
from kapjournal.content import forms
from kapjournal.domain.forms import OF_ONE_PARTNER, About, FieldKind, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewRecord, RecordChange
from kapjournal.store import JournalFile
from tests.cast import meet
from tests.journal.practices import NEEDED, Practice

DAY = dt.date(2026, 3, 2)
TYPED = {FieldKind.DATE: "2026-03-01", FieldKind.TIME: "09:30"}
SOAP = {"subjective": "They slept.", "plan": "Meet again.", "risk": "Asked both; nothing said."}


def progress(practice: Practice, **fields: str) -> NewRecord:
    return NewRecord(RecordKind.PROGRESS, practice.couple(), fields or SOAP, date=DAY)


@pytest.mark.parametrize("kind", RecordKind)
def test_every_form_is_kept_as_it_was_typed(practice: Practice, kind: RecordKind) -> None:
    values = {
        field.id: field.answers[0] if field.answers else TYPED.get(field.kind, " a line ")
        for field in forms.form_for(kind).fields
    } | NEEDED.get(kind, {})
    about = About.SECOND if kind in OF_ONE_PARTNER else None
    new = NewRecord(kind, practice.couple(), values, about, DAY, SessionNamed(3, DAY))
    written = practice.lee.records.add(new)
    with practice.copy(practice.folder / "there.kap") as there:
        read = there.records.get(written.id)
    assert read.text == written.text and read.text.fields == values
    assert read.text.about is (about or About.COUPLE) and read.text.session == SessionNamed(3, DAY)
    assert read.readers == {practice.lee.me.id} and read.revised is None


def test_another_layout_keeps_every_text(practice: Practice) -> None:
    records = practice.lee.records
    written = records.add(progress(practice))
    assert written.text.layout == "SOAP"
    records.edit(written.id, RecordChange({"data": "They slept, they say."}, layout="dap"))
    changed = records.edit(written.id, RecordChange(layout="GIRP"))
    assert changed.text.fields == {**SOAP, "data": "They slept, they say."} and changed.text.layout == "GIRP"
    assert [version.text.layout for version in records.history(written.id)] == ["SOAP", "DAP", "GIRP"]


def test_a_change_names_what_it_changes_and_the_version_before_is_kept(practice: Practice) -> None:
    records = practice.lee.records
    written = records.add(progress(practice))
    changed = records.edit(written.id, RecordChange({"plan": "", "homework": "A walk."}, About.FIRST))
    kept = {name: SOAP[name] for name in ("subjective", "risk")}
    assert changed.text.fields == {**kept, "homework": "A walk."}
    assert changed.text.about is About.FIRST and changed.revised and changed.written == written.written
    assert [version.text for version in records.history(written.id)] == [written.text, changed.text]
    assert records.edit(written.id, RecordChange({"homework": "A walk."})).revised == changed.revised
    assert records.edit(written.id, RecordChange(session=SessionNamed(2))).text.session == SessionNamed(2)
    assert records.edit(written.id, RecordChange(no_session=True)).text.session is None


def test_the_records_of_a_couple_are_in_order(practice: Practice) -> None:
    records, ours, theirs = practice.lee.records, practice.couple(), practice.couple("Uma and Vic")
    late = records.add(NewRecord(RecordKind.CONTACT, ours, {"text": "b"}, date=DAY))
    other = records.add(NewRecord(RecordKind.CONTACT, theirs, {"text": "c"}, date=DAY))
    early = records.add(NewRecord(RecordKind.INTAKE, ours, date=DAY - dt.timedelta(days=9)))
    assert [one.id for one in records.all(ours)] == [early.id, late.id]
    assert {one.id for one in records.all()} == {early.id, late.id, other.id}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"fields": {"dose": "80"}}, "“dose” is no field of “Progress note”"),
        ({"fields": {"next-date": "Friday"}}, "^Next date: not a day"),
        ({"layout": "PIE"}, "^Layout: “Progress note” has no “PIE”"),
        ({"session": SessionNamed(0)}, "^Session: a number between"),
        ({"kind": RecordKind.SAFETY}, "^About: .* one partner"),
        ({"kind": RecordKind.PROCESS, "fields": {"dose": "80"}}, "“dose” is no field of “Process note”"),
        ({"kind": RecordKind.PROCESS, "layout": "SOAP"}, "it has no layouts"),
        ({"kind": RecordKind.INTAKE, "about": About.FIRST}, "^About: “Intake summary” is about the couple"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(
    practice: Practice, new: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        practice.lee.records.add(NewRecord(**{"kind": RecordKind.PROGRESS, "case": practice.couple(), **new}))
    assert practice.lee.records.all() == []


def test_a_field_that_a_clinic_no_longer_has_is_kept(practice: Practice) -> None:
    folder = paths.config_folder() / "forms"
    folder.mkdir(parents=True)
    (folder / "contact.toml").write_text('[fields.line-used]\nheading = "Line"\n')
    records = practice.lee.records
    written = records.add(NewRecord(RecordKind.CONTACT, practice.couple(), {"line-used": "2", "text": "a"}))
    (folder / "contact.toml").unlink()
    forms._read.cache_clear()
    changed = records.edit(written.id, RecordChange({"text": "b"}))
    assert changed.text.fields == {"line-used": "2", "text": "b"}


def test_a_record_is_of_a_couple_that_is_here(practice: Practice) -> None:
    with pytest.raises(NotFound, match="no such couple"):
        practice.lee.records.add(NewRecord(RecordKind.CONTACT, CaseId(bytes(16))))


def test_a_record_is_shared_with_one_colleague_at_a_time(practice: Practice) -> None:
    kim, noor = (practice.joins(who, Role.SUPERVISOR) for who in ("Kim", "Noor"))
    records = practice.lee.records
    written = records.add(progress(practice))
    practice.look()
    assert kim.records.all() == [] == noor.records.all()
    with pytest.raises(NotFound):
        kim.records.get(written.id)
    records.share(written.id, "kim")
    practice.look()
    assert kim.records.get(written.id).text == written.text
    assert noor.records.all() == [] and not kim.couples.all()
    records.edit(written.id, RecordChange({"plan": "Another."}))
    records.withdraw(written.id, "Kim")
    records.edit(written.id, RecordChange({"plan": "A third."}))
    practice.look()
    assert kim.records.all() == []
    assert all(journal.check().is_clean for journal in (practice.lee, kim, noor))
    with pytest.raises(Refused, match="could not read"):
        records.withdraw(written.id, "Kim")


@pytest.mark.parametrize("kind", [RecordKind.PROCESS, RecordKind.SAFETY, RecordKind.PROGRESS])
@pytest.mark.parametrize("who", ["all", "ALL", "therapist", "co-therapists", "Kim,Noor", "all,Kim"])
def test_never_with_all_and_never_by_a_role(practice: Practice, kind: RecordKind, who: str) -> None:
    practice.joins("Kim", Role.CO_THERAPIST)
    practice.joins("Noor", Role.SUPERVISOR)
    written = practice.lee.records.add(NewRecord(kind, practice.couple(), about=About.FIRST))
    with pytest.raises(Refused, match="one colleague at a time"):
        practice.lee.records.share(written.id, who)
    with pytest.raises((NotFound, Refused)):
        practice.lee.records.withdraw(written.id, who)
    assert practice.lee.records.get(written.id).readers == {practice.lee.me.id}
    for nobody, error in (("Nobody", NotFound), ("Dr Lee", Refused)):
        with pytest.raises(error):
            practice.lee.records.share(written.id, nobody)


def test_nobody_but_the_author_changes_or_shares_a_record(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    practice.joins("Noor", Role.SUPERVISOR)
    written = practice.lee.records.add(progress(practice))
    practice.lee.records.share(written.id, "Kim")
    practice.look()
    for act in (
        lambda: kim.records.edit(written.id, RecordChange({"plan": "x"})),
        lambda: kim.records.share(written.id, "Noor"),
        lambda: kim.records.withdraw(written.id, "Dr Lee"),
        lambda: kim.records.history(written.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_what_a_role_writes(practice: Practice) -> None:
    for role, kinds in (
        (Role.CO_THERAPIST, set(RecordKind)),
        (Role.PRESCRIBER, {RecordKind.CONTACT}),
        (Role.SUPERVISOR, set()),
        (Role.PRACTICE_MANAGER, set()),
    ):
        colleague = practice.joins(f"A {role.in_words} of ours", role)
        case = practice.couple("Theirs", colleague)
        assert {form.kind for form in colleague.records.forms()} == kinds
        for kind in RecordKind:
            about = About.FIRST if kind in OF_ONE_PARTNER else None
            new = NewRecord(kind, case, NEEDED.get(kind, {}), about, session=SessionNamed(1))
            if kind in kinds:
                assert colleague.records.add(new).author == colleague.me.id
            else:
                with pytest.raises(Refused, match="in the clinical record"):
                    colleague.records.add(new)
    practice.look()
    assert practice.lee.records.all() == []


def test_two_computers_and_the_next_save(practice: Practice) -> None:
    written = practice.lee.records.add(progress(practice))
    path = practice.folder / "there.kap"
    there = practice.copy(path)
    practice.lee.records.edit(written.id, RecordChange({"plan": "here"}))
    there.records.edit(written.id, RecordChange({"plan": "there", "homework": "there too"}))
    there.close()
    practice.lee.copies.merge(path)
    both = practice.lee.records.get(written.id)
    assert {both.text.fields["plan"], *(text.fields["plan"] for text in both.beside)} == {"here", "there"}
    practice.joins("Kim", Role.SUPERVISOR)
    with pytest.raises(Refused, match="both texts stand"):
        practice.lee.records.share(written.id, "Kim")
    undecided = practice.lee.records.edit(written.id, RecordChange({"plan": "one"}))
    assert len(undecided.beside) == 1, "the homework of the other was not decided"
    seen = undecided.versions
    settled = practice.lee.records.edit(written.id, RecordChange({"plan": "one", "homework": "a"}, seen=seen))
    assert not settled.beside and settled.text.fields["homework"] == "a"
    said = {version.text.fields["plan"] for version in practice.lee.records.history(written.id)}
    assert said == {SOAP["plan"], "here", "there", "one"}
    assert practice.lee.check().is_clean


def test_what_was_written_unseen_meanwhile_stands_beside(practice: Practice) -> None:
    written = practice.lee.records.add(progress(practice))
    practice.lee.records.edit(written.id, RecordChange({"plan": "meanwhile"}))
    changed = practice.lee.records.edit(written.id, RecordChange({"plan": "late"}, seen=written.versions))
    assert [text.fields["plan"] for text in (changed.text, *changed.beside)] == ["late", "meanwhile"]
    settled = practice.lee.records.edit(written.id, RecordChange({"plan": "both"}, seen=changed.versions))
    assert settled.text.fields["plan"] == "both" and not settled.beside


def test_a_couples_journal_refuses_all_of_it(practice: Practice, tmp_path: Path) -> None:
    held = meet(tmp_path / "ours.kap", tmp_path / "ours")
    with Journal(JournalFile(tmp_path / "ours.kap"), held["Dr Lee"], tmp_path / "ours") as journal:
        records = journal.records
        for act in (
            lambda: records.add(NewRecord(RecordKind.CONTACT, practice.couple())),
            records.all,
            lambda: records.get("abcd"),
            lambda: records.edit("abcd", RecordChange()),
            lambda: records.share("abcd", "Ana"),
            lambda: records.withdraw("abcd", "Ana"),
            lambda: records.history("abcd"),
        ):
            with pytest.raises(Refused, match="kept in a practice"):
                act()


def test_the_clinics_form_says_who_reads_a_new_record_and_no_form_says_it_of_a_process_note(
    practice: Practice,
) -> None:
    kim = practice.joins("Kim", Role.PRESCRIBER)
    folder = paths.config_folder() / "forms"
    folder.mkdir(parents=True)
    for kind in (RecordKind.DOSING, RecordKind.PROCESS):
        (folder / f"{kind}.toml").write_text('readers = ["prescriber"]\n')
    forms._read.cache_clear()
    records, case = practice.lee.records, practice.couple()
    dosing = records.add(NewRecord(RecordKind.DOSING, case, about=About.FIRST, session=SessionNamed(1)))
    note = records.add(NewRecord(RecordKind.PROCESS, case, {"text": "mine alone"}))
    draft = practice.lee.pads.page(RecordKind.DOSING, case, About.SECOND, 1, DAY)
    finished = practice.lee.record_drafts.finish(draft)
    practice.look()
    assert records.default_readers(RecordKind.DOSING) == {kim.me.id}
    assert dosing.readers == finished.readers == {practice.lee.me.id, kim.me.id}
    assert note.readers == {practice.lee.me.id}
    assert {one.id for one in kim.records.all()} == {dosing.id, finished.id}
    assert records.edit(dosing.id, RecordChange({"escort": "a friend"})).readers == dosing.readers
