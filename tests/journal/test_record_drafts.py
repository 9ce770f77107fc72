"""Forms on the way: sealed for their author alone, kept as typed, and made a record in one step."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal import paths
from kapjournal.content.forms import form_for
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.record_drafts import RecordDraft, draft_of_record, new_record_draft, problems
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal import NewRecord, RecordChange
from kapjournal.text import MAX_BODY_BYTES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice

DAY = dt.date(2026, 3, 2)
TYPED = (("data", "They slept.\u2028Both."), ("next-date", "next week"), ("plan", "Meet again."))


def page(case: CaseId, kind: RecordKind = RecordKind.PROGRESS, **said: object) -> RecordDraft:
    return replace(new_record_draft(form_for(kind), case, None, DAY), **said)  # type: ignore[arg-type]


def test_a_page_is_found_again_as_it_was_typed_and_by_nobody_else(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    case, other = practice.couple(), practice.couple("The two from Graz")
    draft = page(case, values=TYPED, date="tomorrow", session="third", layout="DAP", cursor=("plan", 0, 4))
    saved = practice.lee.record_drafts.save(draft)
    assert saved == replace(draft, id=saved.id, saved=saved.saved) and saved.id and saved.saved
    practice.look()
    with practice.copy(practice.folder / "there.kap") as there:
        assert practice.lee.record_drafts.all() == there.record_drafts.all(case) == [saved]
    assert practice.lee.record_drafts.all(other) == kim.record_drafts.all() == []
    assert not kim.records.all() and not practice.lee.records.all() and not practice.lee.drafts.all()


def test_saving_replaces_the_page_in_its_place(practice: Practice) -> None:
    saved = practice.lee.record_drafts.save(page(practice.couple()))
    for number in range(5):
        saved = practice.lee.record_drafts.save(replace(saved, values=(("plan", f"{number}"),)))
    assert practice.lee.record_drafts.all() == [saved] and saved.fields == {"plan": "4"}


def test_what_is_wrong_is_named_by_its_field_and_makes_no_record(practice: Practice) -> None:
    form = form_for(RecordKind.PROGRESS)
    draft = page(practice.couple(), values=TYPED, date="tomorrow", session="0")
    assert problems(draft, form).keys() == {"date", "session", "next-date"}
    assert problems(draft, form)["next-date"] == "Next date: not a day. Write it as YYYY-MM-DD."
    saved = practice.lee.record_drafts.save(draft)
    with pytest.raises(UsageError):
        practice.lee.record_drafts.finish(saved)
    assert practice.lee.record_drafts.all() == [saved] and practice.lee.records.all() == []


def test_a_page_becomes_a_record_its_author_alone_reads(practice: Practice) -> None:
    draft = page(practice.couple(), values=(("plan", "Meet."), ("next-date", "2026-03-09")), session=" 3 ")
    written = practice.lee.record_drafts.finish(practice.lee.record_drafts.save(draft))
    assert written.text.fields == dict(draft.values) and written.text.session == SessionNamed(3)
    assert (written.text.date, written.text.layout, written.text.about) == (DAY, "SOAP", About.COUPLE)
    assert written.readers == {practice.lee.me.id} and practice.lee.record_drafts.all() == []
    unsaved = practice.lee.record_drafts.finish(replace(draft, values=(("plan", "At once."),)))
    assert unsaved in practice.lee.records.all()


def test_a_page_about_one_partner_needs_to_know_which(practice: Practice) -> None:
    draft = page(practice.couple(), RecordKind.SAFETY, values=(("text", "Asked alone."),))
    assert problems(draft, form_for(RecordKind.SAFETY)).keys() == {"about"}
    written = practice.lee.record_drafts.finish(replace(draft, about=About.SECOND))
    assert written.text.about is About.SECOND


def test_a_change_becomes_one_more_version_for_the_same_readers(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    new = NewRecord(
        RecordKind.PROGRESS, practice.couple(), {"plan": "Meet.", "risk": "None."}, date=DAY,
        session=SessionNamed(3, DAY),
    )  # fmt: skip
    written = practice.lee.records.add(new)
    practice.lee.records.share(written.id, "Kim")
    draft = draft_of_record(practice.lee.records.get(written.id))
    saved = practice.lee.record_drafts.save(replace(draft, values=(("plan", "Meet on Monday."),)))
    practice.look()
    assert kim.records.get(written.id).text.fields["plan"] == "Meet."
    changed = practice.lee.record_drafts.finish(saved)
    assert changed.text.fields == {"plan": "Meet on Monday."} and changed.text.session == SessionNamed(3, DAY)
    assert changed.readers == {practice.lee.me.id, kim.me.id}
    assert len(practice.lee.records.history(written.id)) == 3  # sharing is a version, too
    again = practice.lee.record_drafts.finish(draft_of_record(changed))
    assert again == changed and len(practice.lee.records.history(written.id)) == 3


def test_what_was_written_meanwhile_stands_beside(practice: Practice) -> None:
    written = practice.lee.records.add(NewRecord(RecordKind.PROGRESS, practice.couple(), {"plan": "One."}))
    draft = draft_of_record(written)
    practice.lee.records.edit(written.id, RecordChange({"plan": "Meanwhile."}))
    changed = practice.lee.record_drafts.finish(replace(draft, values=(("plan", "Mine."),)))
    assert {text.fields["plan"] for text in (changed.text, *changed.beside)} == {"Mine.", "Meanwhile."}
    joined = practice.lee.record_drafts.finish(draft_of_record(changed))
    assert joined.beside == ()


def test_two_programs_on_one_page_keep_both(practice: Practice) -> None:
    saved = practice.lee.record_drafts.save(page(practice.couple(), values=(("plan", "One."),)))
    practice.lee.record_drafts.save(replace(saved, values=(("plan", "Two."),)))
    third = practice.lee.record_drafts.save(
        replace(saved, values=(("plan", "Three."),), saved=saved.saved and saved.saved - dt.timedelta(1))
    )
    assert third.id != saved.id
    assert {one.fields["plan"] for one in practice.lee.record_drafts.all()} == {"Two.", "Three."}


def test_a_field_the_clinic_took_away_keeps_its_text(practice: Practice) -> None:
    clinic = paths.config_folder() / "forms" / "contact.toml"
    clinic.parent.mkdir(parents=True, exist_ok=True)
    draft = page(practice.couple(), RecordKind.CONTACT, values=(("gone", "Kept."), ("text", "Called.")))
    written = practice.lee.record_drafts.finish(draft)
    assert written.text.fields == {"gone": "Kept.", "text": "Called."}
    changed = practice.lee.record_drafts.finish(replace(draft_of_record(written), values=draft.values))
    assert changed.text.fields == written.text.fields


@pytest.mark.parametrize("field", ["text", "plan"])
def test_the_longest_text_can_be_on_the_way_and_a_record(practice: Practice, field: str) -> None:
    kind = RecordKind.PROCESS if field == "text" else RecordKind.PROGRESS
    draft = page(practice.couple(), kind, values=((field, "a line of words\n" * (MAX_BODY_BYTES // 16 - 2)),))
    saved = practice.lee.record_drafts.save(draft)
    assert practice.lee.record_drafts.finish(saved).text.fields == draft.fields


@pytest.mark.parametrize("value", ["\x1b[2J", "x" * (MAX_BODY_BYTES + 1)], ids=["an escape", "too long"])
def test_what_no_record_can_hold_is_refused_and_the_page_before_stays(practice: Practice, value: str) -> None:
    saved = practice.lee.record_drafts.save(page(practice.couple(), values=(("plan", "One."),)))
    wrong = replace(saved, values=(("plan", value),))
    for deed in (practice.lee.record_drafts.save, practice.lee.record_drafts.finish):
        with pytest.raises(KapjournalError):
            deed(wrong)
    assert practice.lee.record_drafts.all() == [saved] and practice.lee.records.all() == []


def test_a_page_thrown_away_is_gone_and_is_not_a_note(practice: Practice) -> None:
    note = practice.lee.drafts.save(Draft("", None, NoteText("half", NoteKind.OBSERVATION, DAY)))
    saved = practice.lee.record_drafts.save(page(practice.couple()))
    assert [one.id for one in practice.lee.drafts.all()] == [note.id]
    for wrong in (note.id, "no such page", "ff" * 16):
        with pytest.raises(NotFound):
            practice.lee.record_drafts.discard(wrong)
    with pytest.raises(NotFound):
        practice.lee.drafts.discard(saved.id)
    practice.lee.record_drafts.discard(saved.id)
    assert practice.lee.record_drafts.all() == [] and len(practice.lee.drafts.all()) == 1


def test_a_role_that_does_not_write_a_kind_keeps_its_page(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.PRESCRIBER)
    saved = kim.record_drafts.save(page(practice.couple(journal=kim), values=(("plan", "x"),)))
    with pytest.raises(Refused):
        kim.record_drafts.finish(saved)
    assert kim.record_drafts.all() == [saved]


def test_in_a_couples_journal_there_is_none(three: OpenJournals) -> None:
    draft = page(CaseId(bytes(16)))
    for deed in (three.lee.record_drafts.all, lambda: three.lee.record_drafts.save(draft)):
        with pytest.raises(Refused, match="kept in a practice"):
            deed()
