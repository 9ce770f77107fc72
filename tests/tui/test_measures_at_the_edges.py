"""Measures where it is narrow, in other scripts, on paste, on a quit, and what each screen says of itself."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from kapjournal import paths
from kapjournal.content import measure_packs
from kapjournal.journal import Journal, NewAnswers
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.content.invented_packs import invented, lay_packs
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.measure_steps import begins, chooses_whose, front, to_the_measures
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
LONG = "\n".join(f"Line {number} of a long introduction about pebbles." for number in range(40))


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9")


def lay(text: str, introduction: str = "Of pebbles.") -> None:
    """A pack in which the first question and all answers begin so."""
    pack = invented("phq9")
    pack["item"][0]["text"] = introduction
    for item in pack["item"][0]["item"]:
        item["text"] = f"{text} {item['text']}"
        for answer in item["answerOption"]:
            answer["valueCoding"]["display"] = f"{text} {answer['valueCoding']['display']}"
    (paths.config_folder() / "packs" / "phq9.json").write_text(json.dumps(pack), encoding="utf-8")
    measure_packs._read.cache_clear()


@pytest.mark.parametrize("size", [(20, 6), (40, 12)])
async def test_a_small_window_has_the_question_and_its_answers(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter")
        await pilot.resize_terminal(*size)
        await sees(pilot, "Pebble 1?")
        await pilot.press("down", "down", "down")
        await sees(pilot, "pebble 3")
        await pilot.press("enter")
        await sees(pilot, "2 of 9")
        await pilot.press(*["1"] * 7, "2")
        await sees(pilot, "You need not wait")
        await pilot.press("right", "shift+tab")
        await pilot.resize_terminal(80, 24)
        await sees(pilot, "9 of 9 answered")


async def test_right_to_left_words_and_emoji_are_shown_and_steering_signs_are_marked(
    app: KapApp, opened: Open
) -> None:
    lay("אבן 🪨 \u202e حجر")
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter")
        await sees(pilot, "1 of 9")
        await sees(pilot, "אבן 🪨")
        assert "\u202e" not in painted(app), "nothing turns a line round"
        await pilot.press(*["2"] * 9)
        await until(pilot, lambda: "9 of 9" in painted(app))
        await pilot.press("right", "ctrl+s")
        await sees(pilot, "It is kept.")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "אבן 🪨")
        assert "\u202e" not in painted(app)
    with opened("Ana") as ana:
        assert ana.measures.all()[0].text.answers == (1,) * 9


async def test_a_pack_with_control_characters_is_not_offered(app: KapApp) -> None:
    lay("\x1b]0;pebbles\x07")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await pilot.press("n")
        await sees(pilot, "Which one?")
        assert "PHQ-9   " not in painted(app)


async def test_what_is_pasted_into_a_day_or_a_line_loses_its_control_characters(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("a")
        await sees(pilot, "Ask Ana")
        line = app.screen.query_one("#line", Field)
        line.focus()
        app.post_message(Paste("before\x1b[2J we\x07 meet"))
        await until(pilot, lambda: line.value == "before[2J we meet")
        await pilot.press("escape", "p", "enter")
        await comes_to(pilot, "paper")
        day = app.screen.query_one("#date", Input)
        day.focus()
        app.post_message(Paste("2026-03-02\x1b\x00"))
        await until(pilot, lambda: day.value.endswith("2026-03-02"))
        await sees(pilot, "control characters were left out")


async def test_a_long_introduction_is_read_with_the_arrow_keys(app: KapApp) -> None:
    lay("A", LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await pilot.press("n", "enter")
        await sees(pilot, "Line 0 of a long introduction")
        await pilot.press("end")
        await sees(pilot, "Line 39 of a long introduction")
        await sees(pilot, "Begin")
        await pilot.press("enter")
        await sees(pilot, "1 of 9 PHQ-9 A Pebble 1?")


async def test_leaving_the_program_keeps_what_was_answered(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "2", "2", "ctrl+q")
    with opened("Ana") as ana:
        assert [one.answers[:3] for one in ana.measure_drafts.all()] == [(1, 1, None)]


async def test_words_that_were_changed_meanwhile_keep_the_answers_and_take_no_more(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("phq9", (1,) * 9))
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", "2", "escape")
        await sees(pilot, "1 of 9 answered")
        lay("Other")
        await pilot.press("enter")
        await comes_to(pilot, "questions")
        await sees(pilot, "are not on this computer, or were changed")
        await pilot.press("1", "minus", "right", "ctrl+s", "escape")
        await comes_to(pilot, "measures")
        await pilot.press("down", "enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "item 1 1")
        await pilot.press("e")
        await sees(pilot, "are not on this computer, or were changed")
    with opened("Ana") as ana:
        assert [one.answers[0] for one in ana.measure_drafts.all()] == [1]


# F1


async def explains(pilot: AppPilot, words: str) -> None:
    await pilot.press("f1")
    await sees(pilot, words)
    await pilot.press("escape")


async def test_every_screen_of_a_partner_explains_itself(app: KapApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await to_the_measures(pilot, "Ana")
        await explains(pilot, "Measures are published questionnaires.")
        await pilot.press("n")
        await sees(pilot, "Which one?")
        await explains(pilot, "This is a question")
        await pilot.press("enter")
        await comes_to(pilot, "questions")
        await explains(pilot, "You answer one question at a time")
        await pilot.press("enter", *["1"] * 9, "ctrl+s")
        await sees(pilot, "It is kept.")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await explains(pilot, "These are the answers to one measure")
        await pilot.press("h")
        await comes_to(pilot, "answers-history")
        await explains(pilot, "These are the versions of your answers")
        await pilot.press("escape", "c")
        await comes_to(pilot, "measure-chart")
        await explains(pilot, "This is the course of one measure")
        await pilot.press("x", "enter")
        await comes_to(pilot, "save-measures")
        await explains(pilot, "This writes a chart")


async def test_every_screen_of_a_therapist_explains_itself(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("phq9", (0,) * 8 + (1,), share="Dr Lee"))
    async with app.run_test(size=(100, 40)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("p", "enter")
        await comes_to(pilot, "paper")
        await explains(pilot, "You enter what a partner answered on paper")
        await pilot.press("escape")
        await comes_to(pilot, "measures")
        await pilot.press("exclamation_mark")
        await comes_to(pilot, "marks")
        await explains(pilot, "A safety mark says that item 9")
        await pilot.press("c")
        await sees(pilot, "Contact line")
        await explains(pilot, "You write when and how you were in contact")
        await pilot.press("escape")
        assert front(pilot) == "marks"


async def test_the_palette_says_where_measures_are_and_offers_a_partner_no_mark(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await pilot.press("ctrl+p", *"questionnaire")
        await sees(pilot, "Answer a measure, or read what was answered.")
        await sees(pilot, "Go to the measures first.")
        for of_the_clinic in ("answered on paper", "Ask this partner", "whose measures"):
            assert of_the_clinic not in painted(app_of(pilot))
        await pilot.press("home")
        await pilot.press("enter")
        await comes_to(pilot, "measures")
        await pilot.press("ctrl+p", *"paper")
        await pilot.pause()
        assert "answered on paper" not in painted(app_of(pilot))


async def test_the_palette_offers_a_therapist_nothing_that_is_for_partners(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("ctrl+p", *"questionnaire")
        await sees(pilot, "Ask this partner for a measure.")
        await sees(pilot, "Go to the measures first.")
        assert "Answer a measure." not in painted(app_of(pilot))
