"""Measures between the three: who answers, who enters from paper, who reads, what is asked for and stays."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.answered_measures import MAX_MET, Contact, Met, SafetyMark
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import AnswersChange, Journal, NewAnswers, NewNote
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import contacts
from tests.content.invented_packs import lay_packs
from tests.internals import finding_sentences, vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import practice

DAY = dt.date(2026, 3, 2)
NINE = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
CALM = (1, 1, 0, 2, 0, 0, 1, 0, 0)
MARKED = (0, 0, 0, 0, 0, 0, 0, 0, 1)
WELL = NewAnswers("phq9", CALM, DAY)


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9", "gad7", "csi4")


def at_mark(share: str = "", answers: tuple[int | None, ...] = MARKED) -> NewAnswers:
    return NewAnswers("phq9", answers, DAY, share)


def contacted(journal: Journal, mark: SafetyMark, outcome: str = "Safe; again on Friday.") -> SafetyMark:
    return journal.measures.contact(mark.id, NINE, "on the phone", outcome)


# who writes and who reads


def test_a_partner_answers_and_reads_it_alone(three: OpenJournals) -> None:
    found = three.ana.measures.answer(WELL)
    assert found.readers == {three.ana.me.id} and found.text.of == three.ana.me.id
    assert found.text.answers == CALM and found.text.date == DAY and found.text.pack.startswith("en - ")
    three.look()
    assert three.ana.measures.all() == [found]
    assert three.lee.measures.all() == [] == three.ben.measures.all()
    with three.open("Ana") as again:
        assert again.measures.get(found.id[:4]) == found


def test_without_official_words_a_partner_cannot_answer(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="no official words for PCL-5"):
        three.ana.measures.answer(NewAnswers("pcl5", [0] * 20))
    with pytest.raises(NotFound, match="no pack in “fr”"):
        three.ana.measures.answer(NewAnswers("phq9", CALM, language="fr"))


def test_what_is_left_out_is_kept_and_not_scored(three: OpenJournals) -> None:
    found = three.ana.measures.answer(NewAnswers("phq9", (1, None, 0, 0, 0, 0, 0, 0, None), share="Dr Lee"))
    three.look()
    assert three.lee.measures.get(found.id).text.answers[1] is None
    assert saying.score_lines(three.lee, found.text) == [("total", "not scored: items 2, 9 left out")]
    with pytest.raises(UsageError, match="PHQ-9, item 9: no answer"):
        three.ana.measures.answer(NewAnswers("phq9", CALM[:8]))
    with pytest.raises(UsageError, match="PHQ-9, item 1: 4 is none"):
        three.ana.measures.answer(NewAnswers("phq9", (4, *CALM[1:])))


def test_a_therapist_enters_from_paper_for_one_partner_who_reads_it(three: OpenJournals) -> None:
    found = three.lee.measures.enter(NewAnswers("pcl5", [1] * 20, DAY), "Ana")
    assert found.text.is_from_paper and found.readers == {three.lee.me.id, three.ana.me.id}
    three.look()
    assert three.ana.measures.all() == [found] and three.ben.measures.all() == []
    with pytest.raises(NotFound, match="of yours"):
        three.ana.measures.share(found.id, "Dr Lee")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PRESCRIBER])
def test_others_of_the_clinic_neither_answer_nor_enter_nor_ask(three: OpenJournals, role: Role) -> None:
    sand = three.join("Dr Sand", role)
    for refused in (
        lambda: sand.measures.answer(WELL),
        lambda: sand.measures.enter(WELL, "Ana" if role is Role.PRESCRIBER else "First partner"),
        lambda: sand.measures.request("phq9", "Ana"),
        lambda: three.lee.measures.answer(WELL),
        lambda: three.ana.measures.enter(WELL, "Ana"),
        lambda: three.ana.measures.enter(WELL, "Ben"),
        lambda: three.ana.measures.request("phq9", "Ben"),
        lambda: three.lee.measures.enter(WELL, "Dr Lee"),
        lambda: three.lee.measures.request("phq9", "Dr Sand"),
        lambda: three.ana.measures.contact("abcd", NINE, "x", "y"),
    ):
        with pytest.raises(Refused):
            refused()
    three.look()
    assert all(not one.measures.all() and not one.measures.requests() for one in (*three.journals, sand))


def test_each_reader_is_named_and_the_other_partner_never_is(three: OpenJournals) -> None:
    sand = three.join("Dr Sand", Role.SUPERVISOR)
    found = three.ana.measures.answer(WELL)
    for who in ("Ben", "Dr Lee, Ben"):
        with pytest.raises(Refused, match="never shared with the other partner"):
            three.ana.measures.share(found.id, who)
    for who in ("all", "therapist", "partners"):
        with pytest.raises(Refused, match="by their label"):
            three.ana.measures.share(found.id, who)
    with pytest.raises(NotFound):
        three.ana.measures.share(found.id, "Eve")
    with pytest.raises(Refused, match="never shared"):
        three.ana.measures.answer(NewAnswers("csi4", (1, 1, 1, 1), share="Ben"))
    with pytest.raises(Refused, match="never shared"):
        three.lee.measures.enter(NewAnswers("csi4", (1, 1, 1, 1), share="Ben"), "Ana")
    shared = three.ana.measures.share(found.id, "Dr Lee, Dr Sand")
    assert shared.readers == {three.ana.me.id, three.lee.me.id, sand.me.id}
    three.look()
    assert (
        [one.id for one in sand.measures.all()] == [found.id] == [one.id for one in three.lee.measures.all()]
    )
    assert three.ben.measures.all() == [] == three.ben.measures.all(of="Ana")


def test_withdrawing_and_deleting(three: OpenJournals) -> None:
    one, other = (three.ana.measures.answer(NewAnswers("phq9", CALM, share="Dr Lee")) for _ in range(2))
    three.look()
    assert len(three.lee.measures.all()) == 2
    three.ana.measures.withdraw(one.id, "dr lee")
    three.ana.measures.delete(other.id)
    three.look()
    assert three.lee.measures.all() == []
    assert [found.readers for found in three.ana.measures.all()] == [{three.ana.me.id}]
    with pytest.raises(Refused, match="could not read these answers"):
        three.ana.measures.withdraw(one.id, "Dr Lee")
    with pytest.raises(NotFound):
        three.ana.measures.get(other.id)


def test_changing_keeps_the_readers_and_those_before_for_their_author_alone(three: OpenJournals) -> None:
    found = three.ana.measures.answer(NewAnswers("phq9", (None, *CALM[1:]), DAY, "Dr Lee"))
    changed = three.ana.measures.edit(found.id, AnswersChange(CALM, DAY + dt.timedelta(1), found.versions))
    assert (changed.id, changed.readers, changed.written) == (found.id, found.readers, found.written)
    assert changed.revised and changed.text.answers == CALM and changed.text.pack == found.text.pack
    assert three.ana.measures.edit(found.id, AnswersChange(CALM)).versions == changed.versions, "nothing new"
    versions = three.ana.measures.history(found.id)
    assert [one.text.answers[0] for one in versions] == [None, 1] and [one.number for one in versions] == [
        1,
        2,
    ]
    three.look()
    assert three.lee.measures.get(found.id) == changed
    with pytest.raises(NotFound):
        three.lee.measures.history(found.id)
    with pytest.raises(NotFound):
        three.lee.measures.edit(found.id, AnswersChange(CALM))


def test_two_computers_that_change_answers_at_once(three: OpenJournals) -> None:
    three.join("Dr Ode", Role.CO_THERAPIST)
    found = three.ana.measures.answer(NewAnswers("gad7", [1] * 7, share="Dr Lee"))
    with three.open("Ana", memory=three.folder / "other") as other:
        seen = other.measures.get(found.id).versions
        three.ana.measures.edit(found.id, AnswersChange([2] * 7))
        both = other.measures.edit(found.id, AnswersChange([3] * 7, seen=seen))
        assert both.text.answers == (3,) * 7 and [one.answers for one in both.beside] == [(2,) * 7]
        with pytest.raises(Refused, match="two computers"):
            other.measures.share(found.id, "Dr Ode")
        one = other.measures.edit(found.id, AnswersChange([0] * 7))
        assert one.beside == () and len(one.versions) == 1


def test_answers_are_listed_by_partner_and_day_and_narrowed(three: OpenJournals) -> None:
    later = three.ana.measures.answer(NewAnswers("gad7", [0] * 7, DAY + dt.timedelta(7), "Dr Lee"))
    first = three.ana.measures.answer(NewAnswers("phq9", CALM, DAY, "Dr Lee"))
    bens = three.ben.measures.answer(NewAnswers("phq9", CALM, DAY + dt.timedelta(1), "Dr Lee"))
    three.look()
    ids = [one.id for one in three.lee.measures.all()]
    assert ids == [first.id, later.id, bens.id], "one partner's, then the other's"
    assert [one.id for one in three.lee.measures.all(of="Ana")] == [first.id, later.id]
    assert [one.id for one in three.lee.measures.all(measure="PHQ-9")] == [first.id, bens.id]
    with pytest.raises(NotFound):
        three.lee.measures.all(of="Eve")
    with pytest.raises(NotFound):
        three.lee.measures.get(ids[0][:3])


def test_answers_are_no_notes(three: OpenJournals) -> None:
    three.ana.measures.answer(at_mark("Dr Lee"))
    three.ana.notes.add(NewNote("hallway"))
    three.look()
    for journal in three.journals:
        assert journal.check().is_clean and journal.findings == ()
    assert len(three.ana.notes.all()) == 1 == three.ana.check().notes and three.lee.notes.all() == []
    assert three.lee.check().notes == 0 and not three.lee.search("phq9")


def test_in_a_practice_there_are_none(tmp_path: Path) -> None:
    made = practice(tmp_path)
    assert not (made.lee.measures.all() or made.lee.measures.requests() or made.lee.measures.marks())
    with pytest.raises(Refused, match="answered in a couple’s journal"):
        made.lee.measures.enter(WELL, "Ana")
    made.close()


# what is asked for


def test_a_therapist_asks_one_partner_and_any_later_answers_are_the_answer(three: OpenJournals) -> None:
    before = three.ana.measures.answer(NewAnswers("phq9", CALM, share="Dr Lee"))
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        asked = three.lee.measures.request("PHQ-9", "Ana", DAY, " Before we meet. ")
    assert (asked.measure, asked.words, asked.date) == ("phq9", "Before we meet.", DAY)
    three.look()
    assert three.lee.measures.requests() == [asked] == three.ana.measures.requests()
    assert three.ben.measures.requests() == []
    assert saying.request_in_words(three.ana, asked) == (
        "Dr Lee asks you for PHQ-9, by 2 March 2026: Before we meet."
    )
    assert saying.request_in_words(three.lee, asked).startswith("You ask Ana for PHQ-9")
    with clock.at(clock.now() + dt.timedelta(hours=2)):
        given = three.ana.measures.answer(WELL)
    three.look()
    assert [one.answered for one in three.ana.measures.requests()] == [given.id]
    assert [one.answered for one in three.lee.measures.requests()] == [""], "and nobody is told"
    three.ana.measures.share(given.id, "Dr Lee")
    three.look()
    assert [one.answered for one in three.lee.measures.requests()] == [given.id] != [before.id]


def test_answers_from_paper_answer_a_request_and_it_can_be_taken_back(three: OpenJournals) -> None:
    asked = three.lee.measures.request("csi4", "Ben")
    entered = three.lee.measures.enter(NewAnswers("csi4", (3, 3, 3, 3)), "Ben")
    three.look()
    assert [one.answered for one in three.ben.measures.requests()] == [entered.id]
    with pytest.raises(NotFound, match="no request of yours"):
        three.ben.measures.take_back(asked.id)
    three.lee.measures.take_back(asked.id[:6])
    three.look()
    assert three.ben.measures.requests() == [] == three.lee.measures.requests()


# item 9


@pytest.mark.parametrize("answers", [MARKED, (3,) * 9, (None,) * 8 + (1,), (None,) * 8 + (3,)])
def test_item_nine_marks_the_therapist_at_the_next_opening_whatever_the_total(
    three: OpenJournals, answers: tuple[int | None, ...]
) -> None:
    three.lee.close()
    found = three.ana.measures.answer(at_mark("Dr Lee", answers))
    with three.open("Dr Lee") as lee:
        [mark] = lee.measures.marks()
        assert mark.is_open and mark.answers == found.id and mark.item == 9
        assert (mark.of, mark.shown.value) == (three.ana.me.id, answers[8])
        assert "Ana · PHQ-9 of 2 March 2026 · item 9 at" in saying.mark_in_words(lee, mark)
        assert saying.open_marks(lee, "here") == "A safety mark is open. See: here."
    with three.open("Dr Lee") as lee:
        assert lee.measures.marks() == [mark], "and it is one"
    three.look()
    assert three.ana.measures.marks() == [] == three.ben.measures.marks()
    assert saying.open_marks(three.ana, "here") == "" == saying.open_marks(three.ben, "here")
    assert finding_sentences(three.ben) == []


def test_without_item_nine_or_without_sharing_there_is_no_mark(three: OpenJournals) -> None:
    three.ana.measures.answer(at_mark("Dr Lee", (3,) * 8 + (0,)))
    three.ana.measures.answer(at_mark("Dr Lee", (3,) * 8 + (None,)))
    three.ana.measures.answer(NewAnswers("gad7", [3] * 7, share="Dr Lee"))
    private = three.ana.measures.answer(at_mark())
    three.look()
    assert three.lee.measures.marks() == []
    three.ana.measures.share(private.id, "Dr Lee")
    three.look()
    assert len(three.lee.measures.marks()) == 1


@pytest.mark.parametrize("gone", ["withdraw", "delete"])
def test_a_mark_stays_when_the_answers_go_and_goes_with_a_contact_line(
    three: OpenJournals, gone: str
) -> None:
    found = three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    if gone == "withdraw":
        three.ana.measures.withdraw(found.id, "Dr Lee")
    else:
        three.ana.measures.delete(found.id)
    three.look()
    assert three.lee.measures.all() == []
    with three.open("Dr Lee") as lee:
        [mark] = lee.measures.marks()
        assert mark.is_open and "withdrawn or deleted since" in saying.mark_in_words(lee, mark)
        closed = contacted(lee, mark)
        assert not closed.is_open and saying.open_marks(lee, "x") == ""
        [line] = closed.contacts
        assert (line.when, line.how, line.outcome) == (NINE, "on the phone", "Safe; again on Friday.")
    with three.open("Dr Lee") as lee:
        assert lee.measures.marks() == [closed], "the history stays"


def test_answers_that_go_before_they_were_met_leave_no_mark(three: OpenJournals) -> None:
    found = three.ana.measures.answer(at_mark("Dr Lee"))
    three.ana.measures.withdraw(found.id, "Dr Lee")
    three.look()
    assert three.lee.measures.marks() == []


def test_a_contact_line_says_when_how_and_what_came_of_it(three: OpenJournals) -> None:
    three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    [mark] = three.lee.measures.marks()
    for how, outcome in (("", "x"), ("  ", "x"), ("by phone", ""), ("by phone", " \n"), ("a\nb", "x")):
        with pytest.raises(UsageError):
            three.lee.measures.contact(mark.id, NINE, how, outcome)
    with pytest.raises(Refused, match="an escape"):
        three.lee.measures.contact(mark.id, NINE, "by phone", "\x1b[2J")
    with pytest.raises(NotFound, match="no mark"):
        three.lee.measures.contact("zzzz", NINE, "by phone", "x")
    assert three.lee.measures.marks() == [mark]


def test_a_higher_answer_opens_a_closed_mark_again_and_a_lower_one_does_not(three: OpenJournals) -> None:
    found = three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    contacted(three.lee, three.lee.measures.marks()[0])
    three.ana.measures.edit(found.id, AnswersChange(CALM))
    three.look()
    assert not three.lee.measures.marks()[0].is_open
    later = clock.now() + dt.timedelta(minutes=1)
    with clock.at(later):
        three.ana.measures.edit(found.id, AnswersChange((*MARKED[:8], 3)))
        three.look()
    [mark] = three.lee.measures.marks()
    assert mark.is_open and [one.value for one in mark.met] == [1, 0, 3] and len(mark.contacts) == 1
    assert [one.value for one in mark.at_mark] == [1, 3] and mark.shown.value == 3
    with clock.at(later + dt.timedelta(minutes=1)):
        assert not contacted(three.lee, mark, "Seen the same day.").is_open


def test_each_therapist_has_a_mark_of_their_own(three: OpenJournals) -> None:
    ode = three.join("Dr Ode", Role.CO_THERAPIST)
    varga = three.join("Dr Varga", Role.PRESCRIBER)
    three.ana.measures.answer(at_mark("Dr Lee, Dr Ode, Dr Varga"))
    three.look()
    assert len(varga.measures.all()) == 1 and varga.measures.marks() == []
    contacted(three.lee, three.lee.measures.marks()[0])
    three.look()
    assert not three.lee.measures.marks()[0].is_open
    [open_still] = ode.measures.marks()
    assert open_still.is_open and open_still.contacts == ()


def test_a_paper_entry_at_the_mark_is_marked_for_who_enters_it_too(three: OpenJournals) -> None:
    three.lee.measures.enter(at_mark(), "Ben")
    [mark] = three.lee.measures.marks()
    assert mark.is_open and mark.of == three.ben.me.id and mark.author == three.lee.me.id
    three.look()
    assert three.ben.measures.marks() == [] and len(three.ben.measures.all()) == 1


def test_a_mark_can_be_read_where_it_cannot_be_written(three: OpenJournals) -> None:
    three.lee.close()
    three.ana.measures.answer(at_mark("Dr Lee"))
    with three.open("Dr Lee") as lee:
        vault = vault_of(lee)
        [stored] = vault.measures._written_marks().values()
        with vault.unit_of_work() as unit:
            unit.drop_versions(stored.standing)
        assert vault.measures._written_marks() == {}
        [mark] = lee.measures.marks()
        assert mark.is_open
        assert not contacted(lee, mark).is_open and len(lee.measures.marks()) == 1


def test_two_computers_of_a_therapist_join_what_each_noted() -> None:
    met, later = Met(NINE, 1, b"the one "), Met(NINE + dt.timedelta(1), 2, b"another ")
    one, two = (
        Contact(NINE, how, "x", NINE + dt.timedelta(hours=hours), closes)
        for how, hours, closes in (("a", 30, (b"the one ",)), ("b", 31, (b"another ", b"the one ")))
    )
    mark = SafetyMark("ab" * 10, MemberId(b"a" * 32), MemberId(b"a" * 32), "phq9", DAY, 9, 1, (met,), (one,))
    other = replace(mark, met=(met, later), contacts=())
    joined = mark.joined(other)
    assert joined == other.joined(mark) and joined.met == (met, later) and joined.contacts == (one,)
    assert joined.is_open, "a line written later, about the answer before, does not close the other"
    both = joined.joined(replace(other, contacts=(two,)))
    assert both.contacts == (one, two) and not both.is_open and both.joined(both) == both


def test_a_mark_lets_the_earliest_go_and_never_the_highest_that_is_open() -> None:
    met = [Met(NINE + dt.timedelta(n), 3 if n == 4 else n % 2, n.to_bytes(8)) for n in range(MAX_MET + 50)]
    mark = SafetyMark("ab" * 10, MemberId(b"a" * 32), MemberId(b"a" * 32), "phq9", DAY, 9, 1, ())
    for one in met:
        mark = mark.met_also([one])
    assert len(mark.met) == MAX_MET and mark.shown == met[4] and mark.met[1:] == tuple(met[51:])
    closed = mark.with_contact(Contact(NINE, "a", "x", NINE), mark)
    assert not closed.is_open and not closed.met_also([Met(NINE, 0, b"calm now")]).is_open


def test_a_line_closes_what_its_author_saw_and_nothing_that_came_meanwhile(three: OpenJournals) -> None:
    found = three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    [seen] = three.lee.measures.marks()
    three.ana.measures.edit(found.id, AnswersChange((*MARKED[:8], 3)))
    three.look()
    after, said = contacts.write(three.lee, seen, NINE, "on the phone", "A passing thought.")
    assert after.is_open and after.shown.value == 3 and said.startswith(contacts.STAYS_OPEN)
    after, said = contacts.write(three.lee, after, NINE, "on the phone", "Seen today.")
    assert not after.is_open and said.startswith(contacts.CLOSED)


def test_lower_answers_are_noted_and_are_no_mark(three: OpenJournals) -> None:
    """Whether the therapist's program wrote a row says nothing of the item."""
    three.ana.measures.answer(at_mark("Dr Lee", CALM))
    three.look()
    assert three.lee.measures.marks() == [] and not saying.has_open_mark(three.lee)
    [noted] = vault_of(three.lee).measures.noted_marks()
    assert [one.value for one in noted.mark.met] == [0] and noted.standing


def test_copies_of_two_computers_are_united_with_both_contact_lines(three: OpenJournals) -> None:
    three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    at_home = three.folder / "home.kap"
    three.lee.backup(at_home)
    [mark] = three.lee.measures.marks()
    with three.open("Dr Lee", path=at_home, memory=three.folder / "home") as home:
        contacted(home, mark, "At home.")
    contacted(three.lee, mark, "At the clinic.")
    three.lee.copies.merge(at_home)
    [joined] = three.lee.measures.marks()
    assert {one.outcome for one in joined.contacts} == {"At home.", "At the clinic."}
    three.lee.close()
    with three.open("Dr Lee") as lee:
        assert lee.measures.marks() == [joined] and lee.check().is_clean
        [stored] = vault_of(lee).measures._written_marks().values()
        assert len(stored.standing) == 1


def test_who_has_answered_is_shown_whom_to_call_and_nobody_else_is(three: OpenJournals) -> None:
    found = three.ana.measures.answer(at_mark("Dr Lee"))
    three.look()
    assert "988" in saying.crisis_lines(three.ana, found)
    assert saying.crisis_lines(three.lee, found) == ""
    assert saying.crisis_lines(three.ana, three.ana.measures.answer(WELL)) == ""
    entered = three.lee.measures.enter(at_mark(), "Ana")
    assert "988" in saying.crisis_lines(three.lee, entered)
