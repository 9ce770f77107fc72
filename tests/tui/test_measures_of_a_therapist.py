"""Measures at a therapist's screens: one partner at a time, from paper, asked for, and the safety mark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.journal import Journal, NewAnswers, unlock
from kapjournal.tui.editor.growing_area import GrowingArea
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.cast import joins
from tests.content.invented_packs import lay_packs
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.measure_steps import CALL, begins, chooses_whose, comes_back, front, to_the_measures
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
OPEN = "A safety mark is open."
MARKED = (0, 0, 0, 0, 0, 0, 0, 0, 1)


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9", "csi4")


@pytest.fixture
def marked(opened: Open) -> None:
    """Ana's item 9 is at its mark, and Dr Lee can read it."""
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("phq9", MARKED, share="Dr Lee"))


async def test_one_partner_is_chosen_at_a_time_and_nothing_is_remembered(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana, opened("Ben") as ben:
        ana.measures.answer(NewAnswers("csi4", (1, 1, 1, 1), share="Dr Lee"))
        ben.measures.answer(NewAnswers("csi4", (5, 5, 5, 5), share="Dr Lee"))
    async with app.run_test(size=(80, 24)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await sees(pilot, "4 of 21")
        await sees(pilot, "below 13.5: reached")
        assert "20 of 21" not in painted(app)
        await pilot.press("o")
        await sees(pilot, "Whose measures?")
        await pilot.press("down", "enter")
        await sees(pilot, "Measures of Ben")
        await sees(pilot, "20 of 21")
        assert "4 of 21" not in painted(app)
        await pilot.press("escape")
        await comes_to(pilot, "course")
        await pilot.press("q")
        await sees(pilot, "Whose measures?")
        await pilot.press("escape")
        await comes_to(pilot, "course")


async def test_bands_and_cut_offs_are_for_the_clinic_alone(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.measures.answer(NewAnswers("csi4", (1, 1, 1, 1), share="Dr Lee"))
    async with app.run_test(size=(80, 24)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "Cut-off: below 13.5: reached")
        await sees(pilot, "Beyond the cut-off:")
        await pilot.press("e")
        await sees(pilot, "Ana wrote these down; only Ana can change them.")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "4 of 21, higher is better")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await sees(pilot, "Total: 4 of 21, higher is better")
        assert not any(word in painted(app).lower() for word in ("cut-off", "13.5", "reached"))


# from paper


async def to_the_paper(pilot: AppPilot, measure: str = "PHQ-9") -> None:
    await chooses_whose(pilot, "Dr Lee", "Ana")
    await pilot.press("p")
    await sees(pilot, "Which one did Ana answer?")
    rows = app_of(pilot).screen.query_one(OptionList)
    at = next(at for at, row in enumerate(rows.options) if str(row.prompt).startswith(measure))
    await pilot.press(*["down"] * at, "enter")
    await comes_to(pilot, "paper")
    await sees(pilot, f"{measure} of Ana, from paper")


async def test_a_therapist_types_the_values_and_that_partner_reads_them(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_paper(pilot)
        await sees(pilot, "0 of 9 answered")
        await pilot.press("1", "1", "0", "2", "minus", "0", "1", "0", "0")
        await sees(pilot, "8 of 9 answered")
        await sees(pilot, "That was the last one. Ctrl+S writes it down.")
        assert "?" not in painted(app), "a topic is no question"
        await pilot.press("ctrl+s")
        await sees(pilot, "Left out: 5. That is kept so")
        await pilot.press("escape", "up", "up", "up", "up", "3", "ctrl+s")
        await sees(pilot, "It is kept. You and Ana can read it.")
        await sees(pilot, "8 of 27 · mild")
        await sees(pilot, "from paper")
    with opened("Ana") as ana, opened("Ben") as ben:
        [found] = ana.measures.all()
        assert found.text.answers == (1, 1, 0, 2, 3, 0, 1, 0, 0) and found.text.is_from_paper
        assert ben.measures.all() == []


async def test_a_value_that_cannot_be_and_a_day_that_is_none_are_named(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_paper(pilot)
        await pilot.press("7")
        await sees(pilot, "PHQ-9, item 1, has the values 0, 1, 2, 3.")
        await pilot.press(*["0"] * 9, "enter")
        app.screen.query_one("#date", Field).value = "yesterday"
        await pilot.press("ctrl+s")
        await sees(pilot, "Day on the paper: ")
        app.screen.query_one("#date", Field).value = "2126-03-02"
        await pilot.press("ctrl+s")
        await sees(pilot, "Day on the paper: 2126-03-02 has not come yet: today is")
        app.screen.query_one("#date", Field).value = "2026-03-02"
        await pilot.press("ctrl+s")
        await sees(pilot, "It is kept.")
        await sees(pilot, "2 Mar")


async def test_a_lock_while_it_is_entered_loses_no_digit(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_paper(pilot, "CSI-4")
        await pilot.press("6", "5", "5")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await comes_back(pilot, "Dr Lee")
        await comes_to(pilot, "paper")
        await sees(pilot, "3 of 4 answered")
        await pilot.press("4", "ctrl+s")
        await sees(pilot, "It is kept. You and Ana can read it.")
    with opened("Dr Lee") as lee:
        assert [one.text.answers for one in lee.measures.all()] == [(6, 5, 5, 4)]
        assert lee.measure_drafts.all() == []


async def test_item_nine_from_paper_says_whom_to_call_and_marks_at_once(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_paper(pilot)
        await pilot.press(*["0"] * 8)
        assert CALL not in painted(app)
        await pilot.press("1")
        await sees(pilot, "Whom to call:")
        assert CALL in painted(app)
        await pilot.press("ctrl+s")
        await sees(pilot, OPEN)


# asking


async def test_a_therapist_who_asks_is_told_first_what_nobody_will_see(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("a")
        await sees(pilot, "Ask Ana for a measure")
        await sees(pilot, "Nobody sees the answers before you open this")
        app.screen.query_one("#date", Field).value = "2026-12-03"
        app.screen.query_one("#line", Field).value = "before we meet"
        await sees(pilot, "Ask Not now")
        await pilot.press("ctrl+s")
        await sees(pilot, "You ask Ana for PHQ-9, by 3 December 2026: before we meet.")
        await sees(pilot, "You ask: PHQ-9")
        await pilot.press("x")
        await sees(pilot, "Ask no more for this?")
        await pilot.press("escape")
    with opened("Ana") as ana, opened("Ben") as ben:
        assert [one.words for one in ana.measures.requests()] == ["before we meet"]
        assert ben.measures.requests() == []


async def test_what_is_asked_for_is_taken_back(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.measures.request("phq9", "Ana")
    async with app.run_test(size=(80, 24)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await sees(pilot, "You ask: PHQ-9")
        await pilot.press("enter")
        await sees(pilot, "x asks no more.")
        await pilot.press("x")
        await sees(pilot, "Ask no more for this?")
        app.screen.query_one("#yes", Button).press()
        await sees(pilot, "There is nothing of Ana here that you can read. p enters from paper")
        await pilot.press("x")
        await sees(pilot, "Choose what you asked for")
    with opened("Ana") as ana:
        assert ana.measures.requests() == []


async def test_a_supervisor_reads_one_partner_and_does_nothing(
    app: KapApp, opened: Open, journal_file: Path, memory: Path
) -> None:
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Dr Sand", Role.SUPERVISOR)
    joins(journal_file, "Dr Sand", code, memory)
    with opened("Dr Lee") as lee:
        lee.refresh()
    passphrase = "Dr Sand opens this door"
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.front_screen.NAME == "doors")
        sand = unlock(journal_file, label="Dr Sand", passphrase=passphrase, record_folder=memory)
        await app.enter(sand)
        await sees(pilot, "The course")
        await pilot.press("q")
        await sees(pilot, "Whose measures?")
        await pilot.press("enter")
        await sees(pilot, "There is nothing of")
        assert "from paper" not in painted(app) and "ask" not in painted(app).splitlines()[-1]
        await pilot.press("exclamation_mark", "p", "a")
        assert front(pilot) == "measures"


# the safety mark


async def test_an_open_mark_stands_on_the_course_and_names_nobody(app: KapApp, marked: None) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, f"{OPEN} Press ! to read it.")
        row = next(line for line in painted(app).splitlines() if "safety mark" in line)
        assert "Ana" not in row and "PHQ" not in row
        await pilot.press("q")
        await sees(pilot, "Whose measures?")
        await pilot.press("down", "enter")
        await sees(pilot, OPEN)
        await pilot.press("escape", "exclamation_mark")
        await comes_to(pilot, "marks")
        await sees(pilot, "Ana · PHQ-9")
        await sees(pilot, "item 9 at 1 · met")


async def test_nothing_but_a_contact_line_closes_a_mark(app: KapApp, opened: Open, marked: None) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, OPEN)
        await pilot.press("exclamation_mark")
        await comes_to(pilot, "marks")
        for key in ("x", "delete", "d", "k", "ctrl+s", "f8", "backspace"):
            await pilot.press(key)
            await pilot.pause()
        await sees(pilot, "open")
        await pilot.press("enter")
        await sees(pilot, "Contact line")
        await sees(pilot, "This journal was not opened from")
        await pilot.press("escape")
        await pilot.press("c")
        await sees(pilot, "Contact line")
        app.screen.query_one("#write", Button).press()
        await sees(pilot, "Say how you were in contact.")
        app.screen.query_one("#how", Field).value = "on the phone"
        app.screen.query_one("#write", Button).press()
        await sees(pilot, "Say what came of it.")
        with opened("Dr Lee") as lee:
            assert lee.measures.marks()[0].is_open
        today = app.screen.query_one("#date", Field).value
        app.screen.query_one("#date", Field).value = "2126-03-02"
        app.screen.query_one(GrowingArea).load_text("x")
        app.screen.query_one("#write", Button).press()
        await sees(pilot, f"2126-03-02 has not come yet: today is {today}.")
        app.screen.query_one("#date", Field).value = today
        app.screen.query_one(GrowingArea).empty()
        app.screen.query_one(GrowingArea).focus()
        await types(pilot, "safe for now")
        await pilot.press("escape")
        await sees(pilot, "the mark stays as it is.")
        await pilot.press("enter")
        await sees(pilot, "safe for now")
        app.screen.query_one("#write", Button).press()
        await sees(pilot, "The contact line is written, and the mark is closed.")
        await sees(pilot, "on the phone")
        await sees(pilot, "safe for now")
        await pilot.press("c")
        await sees(pilot, "The mark is closed already.")
        app.screen.query_one("#how", Field).value = "in person"
        app.screen.query_one(GrowingArea).focus()
        await types(pilot, "still safe")
        app.screen.query_one("#write", Button).press()
        await sees(pilot, "The contact line is added. The mark was closed already.")
        await pilot.press("escape")
        await comes_to(pilot, "course")
        await until(pilot, lambda: OPEN not in painted(app))
    with opened("Dr Lee") as lee:
        assert [one.is_open for one in lee.measures.marks()] == [False]


async def test_a_contact_line_of_many_lines_has_its_button_in_sight_and_is_written_by_a_key(
    app: KapApp, opened: Open, marked: None
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, OPEN)
        await pilot.press("exclamation_mark", "c")
        await sees(pilot, "Contact line")
        await sees(pilot, "Write it")
        await pilot.press(*"phone", "tab")
        for number in range(12):
            await types(pilot, f"line {number}")
            await pilot.press("enter")
        await types(pilot, "the last")
        await sees(pilot, "the last")
        await sees(pilot, "Write it")
        await pilot.press("ctrl+s")
        await sees(pilot, "The contact line is written, and the mark is closed.")
    with opened("Dr Lee") as lee:
        assert lee.measures.marks()[0].contacts[0].outcome.endswith("line 11\nthe last")


async def test_a_lock_says_that_what_was_typed_in_a_dialog_is_gone_and_not_what_it_was(
    app: KapApp, marked: None
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, OPEN)
        await pilot.press("exclamation_mark", "c")
        await sees(pilot, "Contact line")
        await pilot.press(*"phone", "ctrl+l")
        await sees(pilot, "Locked. What you had typed was kept nowhere, and is gone.")
        assert not any(word in painted(app) for word in ("phone", "contact", "mark"))
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("a")
        await sees(pilot, "Ask Ana for a measure")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "typed" not in painted(app)
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("a")
        await sees(pilot, "Ask Ana for a measure")
        app.screen.query_one("#line", Field).value = "soon"
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked. What you had typed was kept nowhere, and is gone.")


async def test_withdrawn_answers_leave_the_mark_open(app: KapApp, opened: Open, marked: None) -> None:
    with opened("Dr Lee"), opened("Ana") as ana:
        ana.measures.withdraw(ana.measures.all()[0].id, "Dr Lee")
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, OPEN)
        await pilot.press("exclamation_mark")
        await comes_to(pilot, "marks")
        await pilot.press("c")
        await sees(pilot, "withdrawn or deleted since")


@pytest.mark.parametrize("who", ["Ana", "Ben"])
async def test_no_partner_meets_a_mark(app: KapApp, marked: None, who: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, who, PASSPHRASES[who])
        for keys in (("exclamation_mark",), ("q",), ("exclamation_mark",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert "safety" not in painted(app) and front(pilot) != "marks"
        await pilot.press("ctrl+p", *"safety")
        await pilot.pause()
        assert "safety mark" not in painted(app)


# through a practice


async def at_the_desk(pilot: AppPilot, memory: Path) -> None:
    practice = app_of(pilot)._start[0]
    assert practice is not None
    await app_of(pilot).enter(unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory))
    await sees(pilot, "The two from Graz")


async def test_the_couple_has_the_word_safety_until_the_line_is_written_and_in_the_record(
    desk: KapApp, memory: Path, marked: None
) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot, memory)
        await sees(pilot, "safety")
        [row] = [line for line in painted(desk).splitlines() if "safety" in line]
        assert "Hallway" in row and "Ana" not in row and len(row.rstrip()) <= 80
        await pilot.press("home", "enter")
        await sees(pilot, f"{OPEN} Press ! to read it.")
        await pilot.press("exclamation_mark", "c")
        await sees(pilot, "A contact note about Ana goes")
        await sees(pilot, "In your record this is")
        desk.screen.query_one("#how", Field).value = "phone"
        desk.screen.query_one(GrowingArea).focus()
        await types(pilot, "safe")
        desk.screen.query_one("#write", Button).press()
        await sees(pilot, "Say whether your record is to be about the first")
        desk.screen.query_one("#about").value = About.FIRST  # type: ignore[attr-defined]
        desk.screen.query_one("#write", Button).press()
        await sees(pilot, "A contact note about Ana is in your clinical record.")
        await pilot.press("f10")
        await sees(pilot, "The two from Graz")
        await until(pilot, lambda: "safety" not in painted(desk))
        practice = desk._journal
        assert practice is not None and practice.is_practice
        [record] = practice.records.all()
        assert (record.kind, record.text.about) == (RecordKind.CONTACT, About.FIRST)


async def test_a_partner_answers_and_the_therapist_meets_the_mark_at_the_next_opening(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("enter", *["1"] * 8, "2", "right", "space", "ctrl+s")
        await sees(pilot, "It is kept. You and Dr Lee can read it.")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, OPEN)
