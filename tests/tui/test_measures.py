"""Measures at the screens of a partner: answer one, come back to it, choose who reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList

from kapjournal.journal import Journal, NewAnswers
from kapjournal.tui.screens.questions import QuestionsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.checklist import Checklist
from tests.content.invented_packs import lay_packs
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.measure_steps import CALL, begins, comes_back, to_the_measures
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9")


async def test_a_partner_answers_question_by_question_and_only_they_read_it(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("q")
        await comes_to(pilot, "measures")
        await sees(pilot, "You have answered nothing yet. n begins")
        await pilot.press("n")
        await sees(pilot, "Which one?")
        await sees(pilot, "There are no official words on this computer for GAD-7,")
        await pilot.press("enter")
        await sees(pilot, "Of pebbles.")
        await pilot.press("enter")
        await sees(pilot, "1 of 9 PHQ-9 Pebble 1?")
        await pilot.press("1")
        await sees(pilot, "2 of 9 PHQ-9 Pebble 2?")
        await pilot.press("down", "enter")
        await sees(pilot, "3 of 9 PHQ-9 Pebble 3?")
        await pilot.press("minus")
        await sees(pilot, "4 of 9")
        await pilot.press("left")
        await sees(pilot, "3 of 9")
        await pilot.press("left")
        await sees(pilot, "2 ● pebble 1")
        await pilot.press("2", "3", *["1"] * 6)
        await sees(pilot, "9 of 9 answered")
        await sees(pilot, "Only you, unless you tick somebody.")
        assert "Ben" not in painted(app), "the other partner is not in the list"
        await pilot.press("shift+tab", "home", "down", "down")
        await sees(pilot, "3 Pebble 3? pebble 2 (2)")
        await pilot.press("enter")
        await sees(pilot, "3 of 9")
        await pilot.press("ctrl+s")
        await sees(pilot, "9 of 9 answered")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is kept. Only you can read it.")
        await sees(pilot, "3 of 27, lower is better")
        assert not any(word in painted(app) for word in ("minimal", "mild", "cut-off", "band"))
    with opened("Ana") as ana:
        [found] = ana.measures.all()
        assert found.text.answers == (0, 1, 2, 0, 0, 0, 0, 0, 0) and found.readers == {ana.me.id}
        assert ana.measure_drafts.all() == []


async def test_what_is_left_out_is_kept_and_not_scored(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("right", "1", "1", "right", *["1"] * 6)
        await sees(pilot, "Left out: 3. That is kept so")
        await pilot.press("ctrl+s")
        await sees(pilot, "not scored: item 3 left out")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "Total: not scored: item 3 left out")
        await sees(pilot, "4 Pebble 4? pebble 0 (0)")


async def test_the_mouse_chooses_and_a_number_that_is_none_says_so(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "9")
        await sees(pilot, "Choose a number from 1 to 4, or leave it out.")
        rows = app.screen.query_one(OptionList)
        await pilot.click(rows, offset=(8, 2))
        await sees(pilot, "2 of 9")
        screen = app.screen
        assert isinstance(screen, QuestionsScreen) and screen._draft.answers[0] == 2


async def test_a_therapist_who_is_ticked_reads_it_and_nobody_is_said_to_watch(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["2"] * 8, "1")
        await sees(pilot, "9 of 9 answered")
        assert CALL not in painted(app)
        app.screen.query_one(Checklist).focus()
        await pilot.press("space")
        await sees(pilot, "This journal is not monitored; in an emergency:")
        app.screen.query_one("#keep", Button).press()
        await sees(pilot, "It is kept. You and Dr Lee can read it.")
    with opened("Dr Lee") as lee, opened("Ben") as ben:
        assert [sum(value or 0 for value in one.text.answers) for one in lee.measures.all()] == [8]
        assert ben.measures.all() == []


# half-done answers


def in_the_file(opened: Open) -> list[tuple[int | None, ...]]:
    """What another program of hers finds this moment, as after a kill."""
    with opened("Ana") as ana:
        assert ana.measures.all() == []
        return [one.answers for one in ana.measure_drafts.all()]


async def test_every_answer_is_in_the_file_before_the_next_question(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "2", "3")
        await until(pilot, lambda: in_the_file(opened) == [(1, 2, *[None] * 7)])
        assert b"pebble" not in Path(str(app._journal and app._journal.path)).read_bytes()


async def test_a_lock_in_the_middle_of_question_five_comes_back_to_it(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["2"] * 4)
        await sees(pilot, "5 of 9 PHQ-9 Pebble 5?")
        screen = app.screen
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "Pebble" not in painted(app)
        assert isinstance(screen, QuestionsScreen) and screen._draft.answered == 0
        await comes_back(pilot, "Ana")
        await sees(pilot, "5 of 9 PHQ-9 Pebble 5?")
        await pilot.press("left")
        await sees(pilot, "● pebble 1")
        await pilot.press("escape")
        await sees(pilot, "What you answered so far is kept")
        await sees(pilot, "Not finished: PHQ-9. Press q to go on.")
        await pilot.press("q")
        await sees(pilot, "PHQ-9 · not finished")
        await sees(pilot, "4 of 9 answered. Enter goes on.")
        await pilot.press("enter")
        await sees(pilot, "4 of 9 PHQ-9 Pebble 4?")
    with opened("Ben") as ben:
        assert ben.measure_drafts.all() == []


async def test_answers_that_could_not_be_saved_are_on_the_page_again(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        with monkeypatch.context() as broken:
            broken.setattr("kapjournal.journal.measure_drafts.MeasureDrafts.save", lambda *_: 1 / 0)
            await pilot.press("enter", "3", "3")
            await sees(pilot, "could not be saved")
            await pilot.press("ctrl+l")
            await sees(pilot, "They are kept until you open your door")
        await comes_back(pilot, "Ana")
        await sees(pilot, "3 of 9 PHQ-9 Pebble 3?")
        await until(pilot, lambda: in_the_file(opened) == [(2, 2, *[None] * 7)])


async def test_one_measure_is_answered_on_one_page_and_can_be_thrown_away(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "2", "escape")
        await sees(pilot, "1 of 9 answered")
        await pilot.press("n", "enter")
        await sees(pilot, "2 of 9 PHQ-9 Pebble 2?")
        await pilot.press("f8")
        await sees(pilot, "Throw these answers away?")
        app.screen.query_one("#yes", Button).press()
        await sees(pilot, "They are thrown away.")
        await sees(pilot, "You have answered nothing yet.")
        assert in_the_file(opened) == []


async def test_a_page_on_which_nothing_was_answered_leaves_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "right", "minus", "ctrl+s")
        await sees(pilot, "0 of 9 answered")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is answered yet.")
        await pilot.press("escape")
        await comes_to(pilot, "measures")
        assert in_the_file(opened) == []


# item 9


async def test_whom_to_call_stands_there_before_anything_is_saved(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["1"] * 8)
        await sees(pilot, "9 of 9 PHQ-9 Pebble 9?")
        assert CALL not in painted(app)
        monkeypatch.setattr("kapjournal.journal.measure_drafts.MeasureDrafts.save", lambda *_: 1 / 0)
        await pilot.press("2")
        await sees(pilot, "You need not wait until somebody reads this. Whom to call:")
        await sees(pilot, "9 of 9 PHQ-9 Pebble 9?")
        assert CALL in painted(app), "and the page stays"
        await pilot.press("1")
        await sees(pilot, "9 of 9 answered")
        assert CALL in painted(app), "until the page is left, also if the answer is changed"


async def test_it_stands_at_the_end_and_with_the_answers_and_ben_sees_nothing(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["1"] * 8, "2", "right")
        await sees(pilot, "9 of 9 answered")
        assert CALL in painted(app)
        app.screen.query_one(Checklist).focus()
        await pilot.press("space", "ctrl+s")
        await sees(pilot, "It is kept. You and Dr Lee can read it.")
        assert "safety" not in painted(app).lower() and "mark" not in painted(app)
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "Whom to call:")
        assert CALL in painted(app)
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        for keys in ((), ("q",), ("escape", "p"), ("escape", "v"), ("escape", "slash")):
            await pilot.press(*keys)
            await pilot.pause()
            assert not any(word in painted(app) for word in ("PHQ", "safety", CALL, "mark is"))
    with opened("Dr Lee") as lee:
        assert [one.is_open for one in lee.measures.marks()] == [True]


async def test_after_a_lock_it_stands_there_at_once(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["1"] * 8, "2")
        await sees(pilot, "Whom to call:")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert CALL not in painted(app)
        await comes_back(pilot, "Ana")
        await sees(pilot, "Whom to call:")


# what was answered


async def test_answers_are_shared_withdrawn_changed_and_deleted(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("phq9", (1, 0, 0, 0, 0, 0, 0, 0, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "1 of 27")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await pilot.press("w")
        await sees(pilot, "there is nobody to stop sharing them with.")
        await pilot.press("s")
        await sees(pilot, "Now: Only you. The other partner never can.")
        assert "Ben" not in painted(app)
        app.screen.query_one("#share", Button).press()
        await sees(pilot, "You and Dr Lee (not compared yet) can read these answers now.")
        await pilot.press("e")
        await comes_to(pilot, "questions")
        await sees(pilot, "1 of 9")
        await sees(pilot, "● pebble 1")
        await pilot.press("3", "ctrl+s")
        await sees(pilot, "You and Dr Lee can read these answers; that stays so.")
        assert not app.screen.query(Checklist)
        await pilot.press("ctrl+s")
        await sees(pilot, "Total: 2 of 27")
        await pilot.press("h")
        await comes_to(pilot, "answers-history")
        await sees(pilot, "item 1: 1 → 2")
        await pilot.press("escape")
        await comes_to(pilot, "answers")
        await pilot.press("w")
        await sees(pilot, "Stop sharing these answers")
        app.screen.query_one("#stop", Button).press()
        await sees(pilot, "Now: Only you.")
        await pilot.press("delete")
        await sees(pilot, "Delete these answers?")
        app.screen.query_one("#yes", Button).press()
        await sees(pilot, "You have answered nothing yet.")
    with opened("Ana") as ana, opened("Dr Lee") as lee:
        assert ana.measures.all() == [] == lee.measures.all()


async def test_answers_that_a_therapist_entered_are_read_and_not_changed(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.measures.enter(NewAnswers("gad7", (1,) * 7), "Ana")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "7 of 21")
        await sees(pilot, "Dr Lee · from paper")
        await pilot.press("enter")
        await sees(pilot, "from paper, entered by Dr Lee")
        await sees(pilot, "item 1 1")
        await pilot.press("e")
        await sees(pilot, "Dr Lee wrote these down; only Dr Lee can change them.")
        assert "anxiety" not in painted(app).lower(), "topics are for the clinic"


async def test_what_the_therapist_asks_for_stands_first_and_on_the_course(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("phq9", (0,) * 9))
    with opened("Dr Lee") as lee:
        lee.measures.request("phq9", "Ana", None, "before we meet")
        lee.measures.request("gad7", "Ana")
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Dr Lee asks you for PHQ-9: before we meet")
        await sees(pilot, "Press q to answer.")
        await pilot.press("q")
        await sees(pilot, "Dr Lee asks: PHQ-9")
        first = painted(app)
        assert first.index("asks: PHQ-9") < first.index("0 of 27")
        await pilot.press("down", "enter")
        await sees(pilot, "There are no official words for GAD-7 on this computer")
        await pilot.press("up", "enter")
        await comes_to(pilot, "questions")
        await pilot.press("enter", *["1"] * 9, "ctrl+s")
        await sees(pilot, "It is kept.")
        await sees(pilot, "Dr Lee asked for it and cannot read it")
        await until(pilot, lambda: "Dr Lee asks: PHQ-9" not in painted(app))
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        assert "asks" not in painted(app)


@pytest.mark.parametrize("words", ["questionnaire", "measure", "PHQ answer", "form", "score"])
async def test_the_palette_finds_the_measures(app: KapApp, words: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("ctrl+p", *["space" if letter == " " else letter for letter in words])
        await sees(pilot, "Answer a measure, or read what was answered.")
