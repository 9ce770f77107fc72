"""Where a dialogue was interrupted: one small draft of the one whose door is open, without a word in it."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.dialogue import STEPS, Dialogue, DialogueDraft, Step, draft_of
from kapjournal.errors import Refused
from kapjournal.journal.documents.version import DocumentType
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice

NOW = dt.datetime(2026, 3, 20, 18, 30, tzinfo=dt.UTC)


def test_it_is_found_again_by_whoever_was_there_and_nobody_else(three: OpenJournals) -> None:
    ana, ben = three.ana.me.id, three.ben.me.id
    for step in STEPS[:-1]:
        three.ana.dialogue_drafts.save(draft_of(Dialogue(ben, ana, step, typed=True)))
    again = three.open("Ana").dialogue_drafts.current()
    assert again is not None and (again.first, again.step, again.typed) == (ben, Step.KEEP, True)
    three.look()
    assert three.ben.dialogue_drafts.current() is None and three.lee.dialogue_drafts.current() is None
    mine = [one for one in vault_of(three.ana).envelopes.drafts.values()]
    assert [one.version.type for one in mine] == [DocumentType.DIALOGUE_DRAFT], "one, whatever was saved"
    assert mine[0].version.text == ""
    assert all(one.check().is_clean for one in three.journals)


def test_it_goes_when_it_is_over(three: OpenJournals) -> None:
    three.ana.dialogue_drafts.drop()
    three.ana.dialogue_drafts.save(DialogueDraft(three.ana.me.id))
    three.ana.dialogue_drafts.drop()
    three.ana.dialogue_drafts.drop()
    assert three.open("Ana").dialogue_drafts.current() is None


def test_an_appointment_is_kept_by_both(three: OpenJournals) -> None:
    put_off = DialogueDraft(three.ana.me.id, at=NOW)
    for journal in (three.ana, three.ben):
        journal.dialogue_drafts.save(put_off)
    found = [journal.dialogue_drafts.current() for journal in (three.ana, three.ben)]
    assert [one.at for one in found if one] == [NOW, NOW]


def test_two_programs_leave_one(three: OpenJournals) -> None:
    other = three.open("Ana")
    with clock.at(NOW):
        three.ana.dialogue_drafts.save(DialogueDraft(three.ana.me.id, Step.MIRROR))
    other.refresh()
    with clock.at(NOW + dt.timedelta(minutes=1)):
        other.dialogue_drafts.save(DialogueDraft(three.ana.me.id, Step.SUMMARY))
    three.ana.refresh()
    found = three.ana.dialogue_drafts.current()
    assert found is not None and found.step is Step.SUMMARY
    three.ana.dialogue_drafts.drop()
    assert three.ana.dialogue_drafts.current() is None


def test_it_is_for_partners_in_their_journal(three: OpenJournals, practice: Practice) -> None:
    for journal in (three.lee, practice.lee):
        with pytest.raises(Refused):
            journal.dialogue_drafts.save(DialogueDraft(three.ana.me.id))
        assert journal.dialogue_drafts.current() is None
