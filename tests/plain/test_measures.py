"""Measures line by line: a question at a time, from the page, asked for; a mark until there was contact."""

import pytest

from kapjournal.journal import NewAnswers
from tests.cli.command_line import ANA, BEN, LEE
from tests.content.invented_packs import lay_packs

from .plain_conversation import PlainConversation, opened

CALL = "Whom to call: 988 (call or text) or 911."
OPEN = "A safety mark is open. See: measures, then marks."


@pytest.fixture(autouse=True)
def words(plain: PlainConversation) -> None:
    lay_packs("phq9", "csi4")


def answers_of(plain: PlainConversation, label: str = "Ana", door: str = ANA) -> list[tuple[int | None, ...]]:
    with opened(plain, label, door) as journal:
        return [one.text.answers for one in journal.measures.all()]


def test_a_partner_answers_a_question_at_a_time_and_chooses_who_reads(plain: PlainConversation) -> None:
    nine = ("1", "2", "", "5", "x", "1", "1", "1", "1", "1", "2")
    said = plain.enters("Ana", ANA, "measures", "answer", "PHQ-9", *nine, "dr lee", "back", "quit")
    assert plain.not_typed == []
    for sentence in ("Of pebbles.", "1 of 9", "Pebble 9?", "  2  pebble 1", "Choose a number from 1 to 4"):
        assert sentence in said
    assert said.count("Choose a number from 1 to 4") == 2
    assert (
        said.index("Pebble 9?") < said.index(CALL) < said.index("Saved. PHQ-9: not scored: item 3 left out.")
    )
    assert "Readers: Only you." in said and "Readers: You and Dr Lee." in said
    assert answers_of(plain) == [(0, 1, None, 0, 0, 0, 0, 0, 1)]
    assert OPEN not in said and "band" not in said
    assert OPEN in plain.enters("Dr Lee", LEE, "quit") and OPEN not in plain.enters("Ben", BEN, "quit")


def test_going_back_keeps_what_is_answered_if_wanted_and_it_is_finished_later(
    plain: PlainConversation,
) -> None:
    said = plain.enters("Ana", ANA, "measures", "answer", "CSI", "7", "back", "no", "back", "quit")
    assert "Nothing was kept." in said and answers_of(plain) == []
    said = plain.enters("Ana", ANA, "measures", "answer", "CSI", "7", "back", "yes", "", "back", "quit")
    assert answers_of(plain) == [(6, None, None, None)] and "Saved. CSI-4: not scored" in said
    said = plain.enters("Ana", ANA, "measures", "answer", "CSI", "back", "answer", "", "back", "quit")
    assert "Nothing was kept." in said
    steps = ("read", "1", "finish", "1", "2", "3", "hear", "delete", "no", "back", "back", "back", "quit")
    said = plain.enters("Ana", ANA, "measures", *steps)
    assert answers_of(plain) == [(6, 0, 1, 2)] and "Saved. CSI-4: 9 of 21, higher is better." in said
    assert "item 1: 6 · pebble 6" in said and "satisf" not in said and "cut-off" not in said


def test_what_was_answered_is_sealed_at_once_and_goes_on(plain: PlainConversation) -> None:
    """A lock, or a terminal that is closed, takes no answer away."""
    plain.enters("Ana", ANA, "measures", "answer", "CSI", "7", "2")
    with opened(plain, "Ana", ANA) as ana:
        assert ana.measures.all() == [] and ana.measure_drafts.all()[0].answers == (6, 1, None, None)
    said = plain.enters("Ana", ANA, "measures", "answer", "CSI", "3", "4", "", "back", "quit")
    assert "It goes on where you stopped." in said and answers_of(plain) == [(6, 1, 2, 3)]
    plain.enters("Ana", ANA, "measures", "answer", "CSI", "7", "back", "no", "back", "quit")
    with opened(plain, "Ana", ANA) as ana:
        assert ana.measure_drafts.all() == []


def test_answers_are_shared_withdrawn_and_deleted_and_never_offered_to_the_partner(
    plain: PlainConversation,
) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.measures.answer(NewAnswers("csi4", (0, 0, 0, 0)))
    steps = ("measures", "read", "1", "share", "ben", "share", "1", "withdraw", "1", "delete", "yes")
    said = plain.enters("Ana", ANA, *steps, "back", "quit")
    offered = said[said.index("These answers") : said.index("never shared with the other partner")]
    assert "Dr Lee, therapist" in offered and "Ben, partner" not in offered
    assert "It is shared.\nReaders: You and Dr Lee." in said and "Readers now: Only you." in said
    assert "The answers are gone, for their readers too." in said and "There are none yet." in said
    assert answers_of(plain) == []


def test_a_therapist_enters_from_the_page_and_hears_the_score(plain: PlainConversation) -> None:
    page = ("4", "3", "3", "1", "2", "", "0", "0", "0", "0")
    said = plain.enters(
        "Dr Lee", LEE, "measures", "enter", "PHQ-9", "Ben", "2126-03-02", "2026-03-02", *page, "back", "quit"
    )
    assert "2126-03-02 has not come yet: today is " in said
    assert "PHQ-9, item 1, has the values 0, 1, 2, 3." in said and "1 · interest (0, 1, 2, 3):" in said
    assert answers_of(plain, "Ben", BEN) == [(3, 3, 1, 2, None, 0, 0, 0, 0)] and CALL not in said
    all_at_once = ("3,3,3", "3,3,3,3,3,3,3,3,1")
    said = plain.enters(
        "Dr Lee", LEE, "measures", "enter", "PHQ-9", "Ben", "", *all_at_once, "read", "1", "back"
    )
    assert "PHQ-9, item 4: no answer" in said and CALL in said and "band: severe" in said
    said = plain.enters("Ben", BEN, "measures", "read", "1", "back", "back", "quit")
    assert "From paper." in said and "band" not in said and CALL not in said and "death" not in said
    assert answers_of(plain) == []


def test_a_therapist_asks_and_the_partner_hears_it(plain: PlainConversation) -> None:
    asking = ("ask", "CSI-4", "Ana", "2026-03-06", "Before we meet.", "asked", "back", "quit")
    said = plain.enters("Dr Lee", LEE, "measures", *asking)
    assert "You ask Ana for CSI-4, by 6 March 2026: Before we meet." in said
    assert "Nobody sees the answers before you open this journal again" in said
    hers = plain.enters("Ana", ANA, "quit")
    assert "Dr Lee asks you for CSI-4, by 6 March 2026: Before we meet." in hers
    assert "asks you" not in plain.enters("Ben", BEN, "quit")
    plain.enters("Ana", ANA, "measures", "answer", "CSI-4", "1", "1", "1", "1", "", "back", "quit")
    assert "asks you" not in plain.enters("Ana", ANA, "quit")


def test_a_mark_is_closed_by_a_contact_line(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        found = ana.measures.answer(NewAnswers("phq9", (*[0] * 8, 2), share="Dr Lee"))
    opened(plain, "Dr Lee", LEE).close()
    with opened(plain, "Ana", ANA) as ana:
        ana.measures.delete(found.id)
    line = ("on the phone", "2126-03-02", "2026-03-02", "9:30", "Safe; again on Friday.")
    steps = (
        "measures",
        "marks",
        "1",
        "",
        "1",
        "on the phone",
        "",
        "",
        "",
        "1",
        *line,
        "back",
        "back",
        "quit",
    )
    said = plain.enters("Dr Lee", LEE, *steps)
    assert plain.not_typed == [] and OPEN in said
    assert "Open: Ana · PHQ-9 of " in said and "withdrawn or deleted since" in said
    assert "Say what came of it." in said and "2126-03-02 has not come yet: today is " in said
    assert "Noted: 2 Mar 2026, 09:30 · on the phone · Safe; again on Friday." in said
    assert "The contact line is written, and the mark is closed." in said
    once_more = ("1", "in person", "", "", "Still safe.")
    again = plain.enters("Dr Lee", LEE, "measures", "marks", *once_more, "back", "back", "quit")
    assert OPEN not in again and "Closed: Ana" in again and "Safe; again on Friday." in again
    assert "The mark is closed already. One more contact line stays in it" in again
    assert "The contact line is added. The mark was closed already." in again
