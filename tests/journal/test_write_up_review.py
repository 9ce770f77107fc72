"""The review of a write-up: what is found is decided by a person, once, and again when the words changed."""

import re

import pytest

from kapjournal.domain.review import Decision, Review
from kapjournal.domain.write_up_work import Choice
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, RecordChange
from tests.journal.practices import Practice
from tests.journal.written_up import MOMENT, ROE, all_accepted, named, write_up


def texts(review: Review) -> dict[str, str]:
    return {section.id: section.text for section in review.replaced()}


def test_names_places_and_days_are_found_in_their_line_and_replaced(practice: Practice) -> None:
    case = named(practice)
    review = practice.lee.write_ups.review(write_up(practice.lee, case), ROE)
    assert {it.text for it in review.items} == {
        "Ana",
        "Ben",
        "3 March 2026",
        "Northgate",
        "Hillside",
    }
    ana = next(it for it in review.items if it.text == "Ana" and it.heading == "One moment")
    assert (ana.before, ana.after[:5]) == ("0 min: ", " said")
    whole = " ".join(texts(review).values())
    assert not re.search("Ana|Ben|Northgate|Hillside|March", whole)
    words = {it.replacement for it in review.items if it.text == "Ana"}
    assert len(words) == 1 and whole.count(words.pop()) == 2
    assert review.case_word and review.case_word not in whole and review.open > 0
    assert not review.is_complete


def test_once_all_is_decided_it_is_complete_and_counts_what_was_done(practice: Practice) -> None:
    one = write_up(practice.lee, named(practice))
    review = all_accepted(practice.lee, one)
    assert review.is_complete and review.counts == (8, 8, 0)
    assert practice.lee.write_ups.review(one, ROE) == review


def test_what_changed_underneath_is_asked_again_and_the_rest_is_not(practice: Practice) -> None:
    lee = practice.lee
    one = write_up(lee, named(practice))
    all_accepted(lee, one)
    lee.records.edit(one, RecordChange(fields={"moment": MOMENT.replace("never asks", "always asks")}))
    review = lee.write_ups.review(one, ROE)
    again = {it.text for it in review.items if it.decided is None}
    assert again == {"Ana", "Ben"}, "those of the line that changed"
    assert [it.id for it in review.questions if it.decided is None] == ["known"]
    assert all(it.decided for it in review.items if "moment" not in it.heading and it.text == "Northgate")
    lee.records.edit(one, RecordChange(fields={"moment": MOMENT}))
    assert lee.write_ups.review(one, ROE).is_complete, "and what it was before is decided still"


def test_a_new_name_in_the_list_is_asked_of_a_text_that_was_reviewed(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="They fear the hallway and Moss.")
    all_accepted(lee, one)
    lee.write_ups.set_names(case, lee.write_ups.names(case) + "\nMoss")
    review = lee.write_ups.review(one, ROE)
    assert {it.text for it in review.items if it.decided is None} == {"Moss"} and not review.is_complete


def test_each_recipient_has_words_and_a_review_of_their_own(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case)
    first = all_accepted(lee, one)
    other = lee.write_ups.review(one, "Dr Kern")
    assert not other.is_complete and other.open == len(other.items) + len(other.words) + len(other.questions)
    words = [{it.replacement for it in each.items if it.kind != "date"} for each in (first, other)]
    assert not words[0] & words[1] and first.case_word != other.case_word
    assert lee.write_ups.review(one, " dr  ROE ").case_word == first.case_word


def test_another_write_up_of_the_couple_has_the_same_words_for_the_same_recipient(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    first = lee.write_ups.review(write_up(lee, case), ROE)
    second = lee.write_ups.review(write_up(lee, case, loop="Ben asks Ana."), ROE)
    assert second.case_word == first.case_word
    words = {it.text: it.replacement for it in first.items}
    assert all(words[it.text] == it.replacement for it in second.items if it.text in words)


@pytest.mark.parametrize("text", ["Ana", "Ben", "Northgate", "Hillside", "3 March 2026"])
def test_no_name_place_employer_or_day_is_ever_kept(practice: Practice, text: str) -> None:
    one = write_up(practice.lee, named(practice))
    item = next(it for it in practice.lee.write_ups.review(one, ROE).items if it.text == text)
    assert not item.may_stay
    with pytest.raises(Refused, match="stays in no write-up"):
        practice.lee.write_ups.decide(one, ROE, [Decision(Choice.KEEP, item.id, "They do not mind.")])


@pytest.mark.parametrize(
    ("loop", "text"),
    [("He asks and May goes.", "May"), ("They write to may.lim@mail.org.", "may.lim@mail.org")],
)
def test_a_name_that_is_a_month_too_or_stands_in_an_address_is_never_kept(
    practice: Practice, loop: str, text: str
) -> None:
    lee, case = practice.lee, practice.couple("May Lim and Ben Okri")
    one = write_up(lee, case, loop=loop)
    assert not next(it for it in lee.write_ups.review(one, ROE).items if it.text == text).may_stay


def test_a_word_between_marks_of_emphasis_is_shown_in_its_line(practice: Practice) -> None:
    one = write_up(practice.lee, named(practice), loop="First this.\nThen _zorbing_ again.")
    word = next(it for it in practice.lee.write_ups.review(one, ROE).words if it.word == "zorbing")
    assert word.line == "Then _zorbing_ again."


def test_initials_are_never_kept(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple("Ana Lim and Ben Okri")
    one = write_up(lee, case, loop="A.L. asks, B.O. goes.")
    items = [it for it in lee.write_ups.review(one, ROE).items if it.text in ("A.L.", "B.O.")]
    assert len(items) == 2 and not any(it.may_stay for it in items)


def test_what_is_kept_has_a_reason_and_what_is_changed_has_words(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="They rang 020 7946 0018, where nobody lives.")
    number = next(it for it in lee.write_ups.review(one, ROE).items if it.kind == "phone")
    for choice in (Choice.KEEP, Choice.CHANGE):
        with pytest.raises(UsageError):
            lee.write_ups.decide(one, ROE, [Decision(choice, number.id, "  ")])
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.KEEP, number.id, "A number of no one.")])
    assert "020 7946 0018" in texts(review)["loop"] and review.counts[2] == 1
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.CHANGE, number.id, "a helpline")])
    assert "They rang a helpline, where" in texts(review)["loop"]


@pytest.mark.parametrize("words", ["Benji", "ana", "the man from Northgate"])
def test_no_name_stands_in_the_place_of_another(practice: Practice, words: str) -> None:
    one = write_up(practice.lee, named(practice))
    item = practice.lee.write_ups.review(one, ROE).items[0]
    with pytest.raises(Refused, match="stays in no write-up"):
        practice.lee.write_ups.decide(one, ROE, [Decision(Choice.CHANGE, item.id, words)])


def test_the_therapist_marks_more_for_every_recipient(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="They met at the regatta of the blue boats.")
    review = lee.write_ups.decide(one, ROE, marks=["regatta of the blue boats"])
    assert "regatta" not in texts(review)["loop"]
    assert [it.kind for it in review.items if it.text.startswith("regatta")] == ["marked"]
    assert "regatta" not in texts(lee.write_ups.review(one, "Dr Kern"))["loop"]
    with pytest.raises(Refused, match="does not stand in the text"):
        lee.write_ups.decide(one, ROE, marks=["a race of rowers"])


def test_words_in_no_dictionary_are_looked_at_once(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="The Zorblatt came. Again the Zorblatt.", tried="A Zorblatt.")
    review = lee.write_ups.review(one, ROE)
    (word,) = [it for it in review.words if "orblat" in it.word]
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.NOBODY, word.word)])
    assert next(it for it in review.words if it.word == word.word).decided
    lee.records.edit(one, RecordChange(fields={"wrong": "Zorblatt is my aunt."}))
    review = lee.write_ups.review(one, ROE)
    assert next(it for it in review.words if it.word == word.word).decided is None, "in another line"


def test_a_short_word_means_nobody_by_itself(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="They say that Mum would laugh.")
    assert "Mum" in {it.word for it in lee.write_ups.review(one, ROE).words}
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.NOBODY, "mum")])
    assert next(it for it in review.words if it.word == "Mum").decided


def test_if_a_colleague_would_know_them_the_text_has_to_change(practice: Practice) -> None:
    lee = practice.lee
    one = write_up(lee, named(practice))
    all_accepted(lee, one)
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.STORY, "known", "Yes, I think so")])
    assert review.open == 0 and not review.is_complete and "change the text" in review.why_not
    lee.records.edit(one, RecordChange(fields={"why-now": "They missed a dose."}))
    review = lee.write_ups.review(one, ROE)
    assert [it.id for it in review.questions if it.decided is None] == ["known"]
    review = lee.write_ups.decide(one, ROE, [Decision(Choice.STORY, "known", "No, changed")])
    assert review.is_complete


@pytest.mark.parametrize(
    ("decision", "error"),
    [
        (Decision(Choice.ACCEPT, "0000"), NotFound),
        (Decision(Choice.NOBODY, "hallway"), NotFound),
        (Decision(Choice.STORY, "weather", "No."), UsageError),
        (Decision(Choice.STORY, "event", " "), UsageError),
        (Decision(Choice.ASK, "0000"), UsageError),
    ],
)
def test_what_cannot_be_decided_decides_nothing(
    practice: Practice, decision: Decision, error: type[Exception]
) -> None:
    one = write_up(practice.lee, named(practice))
    before = practice.lee.write_ups.review(one, ROE)
    good = Decision(Choice.ACCEPT, before.items[0].id)
    with pytest.raises(error):
        practice.lee.write_ups.decide(one, ROE, [good, decision])
    assert practice.lee.write_ups.review(one, ROE) == before


def test_two_computers_that_decide_differently_are_asked_again(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="They rang 020 7946 0018.")
    review = all_accepted(lee, one)
    number = next(it for it in review.items if it.kind == "phone")
    away = practice.copy(practice.folder / "away.kap")
    lee.write_ups.decide(one, ROE, [Decision(Choice.KEEP, number.id, "nobody's")])
    away.write_ups.decide(one, ROE, [Decision(Choice.CHANGE, number.id, "a helpline")])
    lee.copies.merge(away.path)
    lee.refresh()
    after = lee.write_ups.review(one, ROE)
    assert [it.id for it in after.items if it.decided is None] == [number.id]
    assert after.case_word == review.case_word
    lee.write_ups.decide(one, ROE, [Decision(Choice.ACCEPT, number.id)])
    assert lee.write_ups.review(one, ROE).is_complete


def test_a_review_comes_along_to_new_keys_and_old_keys_decide_nothing(practice: Practice) -> None:
    lee = practice.lee
    one, other = write_up(lee, named(practice)), write_up(lee, lee.couples.all()[0].case)
    all_accepted(lee, one)
    away = practice.copy(practice.folder / "away.kap")
    lee.keys.replace("another door in the evening", None, strength=FLOOR)
    assert lee.write_ups.review(one, ROE).is_complete
    lee.records.edit(one, RecordChange(fields={"loop": "Ana waits."}))
    before = lee.write_ups.review(one, ROE)
    all_accepted(away, other)
    away.records.edit(one, RecordChange(fields={"loop": "Ana waits."}))
    all_accepted(away, one)
    lee.copies.merge(away.path)
    lee.refresh()
    assert lee.write_ups.review(one, ROE).open == before.open > 0
    assert lee.write_ups.review(other, ROE).open > 0


def test_what_a_couple_is_called_makes_no_second_person_of_anybody(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    lee.write_ups.set_names(case, "Ben, Benjamin, Benji")
    one = write_up(lee, case, loop="Ana asks. B. goes, as Ben does.")
    items = {it.text: it.replacement for it in lee.write_ups.review(one, ROE).items}
    assert items["B."] == items["Ben"]


PULLED = (
    "+3 min · first partner · did: [second partner] laid his coat over her.\n"
    "second partner wrote: “I asked my first partner.”"
)


def test_a_line_of_the_record_says_the_word_that_stands_for_the_person(practice: Practice) -> None:
    """At the begin of a line and in brackets, and in headings; not where the words are somebody's own."""
    case = named(practice)
    one = write_up(practice.lee, case, moment=PULLED, **{"alliance-first": "Easy."})
    review = all_accepted(practice.lee, one)
    [ana, ben] = [next(it.replacement for it in review.items if it.text == name) for name in ("Ana", "Ben")]
    sections = {section.id: section for section in review.replaced()}
    assert sections["moment"].text == (
        f"+3 min · {ana} · did: {ben} laid his coat over her.\n{ben} wrote: “I asked my first partner.”"
    )
    assert sections["alliance-first"].heading == f"Alliance with {ana}"
    assert sections["loop"].text.startswith(f"{ana} asks, {ben} leaves")


def test_who_is_not_named_in_the_text_has_a_word_for_its_lines_and_the_therapist_sees_whose(
    practice: Practice,
) -> None:
    """Even where a therapist knows them by one letter."""
    lee, case = practice.lee, practice.couple()
    lee.couples.name_partners(case, "A", "B")
    fields = {"loop": "[first partner] asks.", "moment": "Silence.", "why-now": "Now."}
    one = write_up(lee, case, **fields)
    said = {section.id: section.text for section in lee.write_ups.review(one, ROE).replaced()}["loop"]
    [(recipient, words)] = lee.write_ups.words_for(one).items()
    assert recipient == ROE and words["A"] != words["B"] and said == f"{words['A']} asks."


def test_without_names_nobody_is_taken_for_the_first(practice: Practice) -> None:
    one = write_up(practice.lee, practice.couple(), loop="[first partner] asks.")
    said = {section.id: section.text for section in practice.lee.write_ups.review(one, ROE).replaced()}
    assert said["loop"] == "[first partner] asks."
