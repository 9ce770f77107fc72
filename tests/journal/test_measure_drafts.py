"""Answers on the way: sealed for their author alone with every choice, and made answers in one step."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.content import measures
from kapjournal.content.measure_packs import pack_for
from kapjournal.domain.measure_drafts import MeasureDraft, draft_of, new_draft
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import AnswersChange, Journal, NewAnswers
from tests.content.invented_packs import lay_packs
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import practice

PHQ = measures.measure("phq9")
FOUR = (1, 1, 0, 2, None, None, None, None, None)
MARKED = (0, 0, 0, 0, 0, 0, 0, 0, 1)


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9")


def begun(journal: Journal, answers: tuple[int | None, ...] = FOUR) -> MeasureDraft:
    pack = pack_for("phq9")
    assert pack is not None
    return replace(new_draft(PHQ, journal.me.id, pack.fingerprint), answers=answers, place=5)


def test_what_is_chosen_so_far_is_found_again_and_by_nobody_else(three: OpenJournals) -> None:
    lee = three.lee.me.id
    saved = three.ana.measure_drafts.save(replace(begun(three.ana), readers=frozenset({lee})))
    assert saved.id and saved.saved and (saved.answered, saved.place) == (4, 5)
    three.look()
    with three.open("Ana") as again:
        assert again.measure_drafts.all() == [saved]
    for other in (three.ben, three.lee):
        assert other.measure_drafts.all() == [] == other.measures.all() and other.measures.marks() == []
        assert vault_of(other).envelopes.drafts == {}
    assert three.ana.measures.all() == [], "it is no answer yet"


def test_saving_replaces_the_draft_in_its_place_and_leaves_no_history(three: OpenJournals) -> None:
    saved = three.ana.measure_drafts.save(begun(three.ana))
    for value in (0, 1, 2, 3):
        saved = three.ana.measure_drafts.save(saved.with_answer(5, value))
    assert three.ana.measure_drafts.all() == [saved] and saved.answers[4] == 3
    assert len(vault_of(three.ana).envelopes.drafts) == 1


def test_two_programs_that_go_on_with_one_draft_keep_both(three: OpenJournals) -> None:
    saved = three.ana.measure_drafts.save(begun(three.ana))
    with three.open("Ana") as there:
        other = there.measure_drafts.save(saved.with_answer(5, 1))
    three.ana.refresh()
    mine = three.ana.measure_drafts.save(saved.with_answer(5, 2))
    assert mine.id != other.id
    assert {one.answers[4] for one in three.ana.measure_drafts.all()} == {1, 2}


def test_finishing_makes_answers_for_the_readers_chosen_and_drops_the_draft(three: OpenJournals) -> None:
    lee = three.lee.me.id
    saved = three.ana.measure_drafts.save(begun(three.ana, MARKED))
    assert three.lee.measures.marks() == []
    found = three.ana.measure_drafts.finish(replace(saved, readers=frozenset({lee})))
    assert found.readers == {three.ana.me.id, lee} and found.text.answers == MARKED
    assert found.text.date == clock.today() and found.text.pack == saved.pack
    assert three.ana.measure_drafts.all() == []
    three.look()
    assert [one.is_open for one in three.lee.measures.marks()] == [True]
    assert three.ben.measures.all() == []


def test_what_was_left_out_stays_left_out(three: OpenJournals) -> None:
    found = three.ana.measure_drafts.finish(begun(three.ana))
    assert found.text.answers == FOUR and found.readers == {three.ana.me.id}


def test_the_other_partner_is_no_reader_whatever_a_draft_says(three: OpenJournals) -> None:
    wrong = replace(begun(three.ana), readers=frozenset({three.ben.me.id}))
    saved = three.ana.measure_drafts.save(wrong)
    with pytest.raises(Refused, match="never shared with the other partner"):
        three.ana.measure_drafts.finish(saved)
    assert three.ana.measure_drafts.all() == [saved], "and nothing is lost"


def test_a_change_of_answers_is_a_version_for_the_readers_they_have(three: OpenJournals) -> None:
    found = three.ana.measures.answer(NewAnswers("phq9", MARKED, share="Dr Lee"))
    changed = draft_of(found).with_answer(1, 3)
    saved = three.ana.measure_drafts.save(changed)
    three.look()
    assert three.lee.measures.get(found.id).text.answers == MARKED, "nothing of it leaves early"
    now = three.ana.measure_drafts.finish(saved)
    assert (now.id, now.readers, now.text.answers[0]) == (found.id, found.readers, 3)
    assert len(three.ana.measures.history(found.id)) == 2


def test_the_day_of_answers_is_not_ahead_but_one_that_stands_may_stay(three: OpenJournals) -> None:
    """A clock may have been wrong when they were given."""
    ahead = replace(begun(three.ana), date="2126-03-02")
    with pytest.raises(UsageError, match="2126-03-02 has not come yet: today is"):
        three.ana.measure_drafts.finish(ahead)
    with clock.at(dt.datetime(2126, 3, 2, 12, tzinfo=dt.UTC)):
        found = three.ana.measures.answer(NewAnswers("phq9", MARKED))
    now = three.ana.measure_drafts.finish(draft_of(found).with_answer(1, 3))
    assert now.text.date == found.text.date
    with pytest.raises(UsageError, match="has not come yet"):
        three.ana.measure_drafts.finish(replace(draft_of(now), date="2126-04-02"))


def test_what_was_written_meanwhile_stays_beside_a_change(three: OpenJournals) -> None:
    found = three.ana.measures.answer(NewAnswers("phq9", MARKED))
    draft = draft_of(found).with_answer(1, 3)
    three.ana.measures.edit(found.id, AnswersChange((2, *MARKED[1:])))
    now = three.ana.measure_drafts.finish(draft)
    assert {text.answers[0] for text in (now.text, *now.beside)} == {2, 3}


def test_a_change_of_answers_that_were_deleted_becomes_new_ones_for_their_author(three: OpenJournals) -> None:
    found = three.ana.measures.answer(NewAnswers("phq9", MARKED, share="Dr Lee"))
    draft = draft_of(found).with_answer(1, 3)
    three.ana.measures.delete(found.id)
    now = three.ana.measure_drafts.finish(draft)
    assert now.id != found.id and now.readers == {three.ana.me.id}


def test_a_therapist_enters_from_paper_and_that_partner_reads_it(three: OpenJournals) -> None:
    ana = three.ana.me.id
    draft = replace(new_draft(PHQ, ana, date="2026-03-02"), answers=MARKED)
    saved = three.lee.measure_drafts.save(draft)
    three.look()
    assert three.ana.measures.all() == [] and three.lee.measures.marks() == []
    found = three.lee.measure_drafts.finish(saved)
    assert found.text.is_from_paper and found.readers == {ana, three.lee.me.id}
    assert found.text.date == dt.date(2026, 3, 2)
    assert [one.is_open for one in three.lee.measures.marks()] == [True], "at once"
    three.look()
    assert three.ana.measures.all() == [found] and three.ben.measures.all() == []


def test_what_could_never_be_answers_of_this_member_is_refused(three: OpenJournals) -> None:
    pack = begun(three.ana).pack
    for journal, draft in (
        (three.lee, replace(begun(three.ana))),
        (three.ana, new_draft(PHQ, three.ana.me.id)),
        (three.ana, replace(begun(three.ana), of=three.ben.me.id)),
        (three.ben, replace(new_draft(PHQ, three.ana.me.id, pack))),
    ):
        for deed in (journal.measure_drafts.save, journal.measure_drafts.finish):
            with pytest.raises(Refused):
                deed(draft)
    with pytest.raises(UsageError):
        three.lee.measure_drafts.finish(new_draft(PHQ, three.ana.me.id, date="the day before"))
    assert all(one.measure_drafts.all() == [] for one in three.journals)


def test_a_draft_is_thrown_away_once(three: OpenJournals) -> None:
    saved = three.ana.measure_drafts.save(begun(three.ana))
    three.ana.measure_drafts.discard(saved.id, saved.saved)
    assert three.ana.measure_drafts.all() == []
    with pytest.raises(NotFound):
        three.ana.measure_drafts.discard(saved.id)


def test_in_a_practice_there_are_none(tmp_path: Path) -> None:
    made = practice(tmp_path)
    assert made.lee.measure_drafts.all() == []
    with pytest.raises(Refused, match="this is a practice"):
        made.lee.measure_drafts.save(new_draft(PHQ, made.lee.me.id))
    made.close()
