"""The page on which somebody types for a partner: it goes to them, and nothing of it stays at the screen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kapjournal.domain.members import Role
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal
from kapjournal.journal.scribe import Scribe
from kapjournal.tui.editor import autosave
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.screens.scribe import ScribeScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, forgotten, presses, remembered

Open = Callable[[str], Journal]
WORDS = "green hallway light"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save after a moment, so that no test has to wait."""
    monkeypatch.setattr(autosave, "SAVE_AFTER", 0.02)


async def begins(pilot: AppPilot, label: str = "Dr Lee") -> ScribeScreen:
    """From the doors to the page for Ana."""
    await enters(pilot, label, PASSPHRASES[label])
    await goes_to_the_page(pilot)
    screen = app_of(pilot).screen
    assert isinstance(screen, ScribeScreen)
    return screen


async def goes_to_the_page(pilot: AppPilot) -> None:
    await pilot.press("T")
    await sees(pilot, "Whose words are these?")
    await pilot.press("enter")
    await comes_to(pilot, "scribe")


def taken_in(journal: Journal) -> list[str]:
    return [note.text.body for note in journal.notes.all() if note.typed_by is not None]


async def test_what_is_typed_is_anas_page_and_nothing_of_it_stays(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        assert "Ana’s words, typed by Dr Lee" in painted(app)
        assert "sealed to Ana alone" in painted(app)
        await types(pilot, WORDS)
        await sees(pilot, "Sealed to Ana at")
        assert remembered(app, WORDS), "the control"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await sees(pilot, "It is with Ana now")
        await forgotten(pilot, WORDS)
        assert "A draft waits" not in painted(app)
    with opened("Dr Lee") as lee:
        assert lee.drafts.all() == [] and taken_in(lee) == []
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]


async def test_ana_sees_who_typed_it_and_that_she_can_change_it(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        page = lee.scribe.begin("Ana")
        lee.scribe.hand_over(replace(page, words=WORDS))
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "typed by Dr Lee")
        await pilot.press("right", "end", "enter")
        await comes_to(pilot, "reader")
        await sees(pilot, "Typed by Dr Lee on")
        await sees(pilot, "Change what is not as you said it.")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, WORDS)
        await pilot.press("ctrl+end")
        await types(pilot, "!")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "reader")
        await sees(pilot, WORDS + "!")
        await until(pilot, lambda: "Change what is not" not in painted(app))
        await sees(pilot, "Typed by Dr Lee on")


async def test_a_lock_hands_the_page_over_and_leaves_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, WORDS)
        await until(pilot, lambda: all(done.is_set() for done in app._shutting))
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        assert isinstance(app.screen, CourseScreen), "nobody comes back to it"
        assert WORDS not in painted(app)
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]


async def test_leaving_the_program_hands_it_over_too(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("ctrl+q")
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]


async def test_a_lock_while_it_is_handed_over_hands_it_over_once(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Scribe, "hand_over")
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: held.asked)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        held.gate.set()
        await until(pilot, lambda: all(done.is_set() for done in app._shutting))
        await forgotten(pilot, WORDS)
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]


async def test_words_that_cannot_be_sealed_at_a_lock_are_kept_by_nobody(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are another person's: they do not wait in memory for whoever opens the door next."""

    def full(*_: object) -> None:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Scribe, "save", full)
    monkeypatch.setattr(Scribe, "hand_over", full)
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await sees(pilot, "could not be saved")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await sees(pilot, "The last words you typed for somebody could not be saved")
        await forgotten(pilot, WORDS)
        assert app._unsaved_pages == {}
    with opened("Ana") as ana:
        assert taken_in(ana) == []


async def test_a_page_that_cannot_be_handed_over_stays_open(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Scribe, "hand_over", full)
    async with app.run_test() as pilot:
        screen = await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("ctrl+s")
        await sees(pilot, "Every word is still on the page.")
        assert app.screen is screen and screen.query_one(WritingArea).body == WORDS


async def test_what_was_copied_from_the_page_goes_with_it(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        app.screen.query_one(WritingArea).select_all()
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app.clipboard == WORDS)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await until(pilot, lambda: not app.clipboard)
        await forgotten(pilot, WORDS)


async def test_going_back_asks_and_an_empty_page_leaves_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("escape")
        await sees(pilot, "Hand this page to Ana?")
        await presses(pilot, "#keep")
        await comes_to(pilot, "scribe")
        app.screen.query_one(WritingArea).select_all()
        await pilot.press("delete", "escape")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await sees(pilot, "Nothing was typed")
        await goes_to_the_page(pilot)
        await types(pilot, WORDS)
        await pilot.press("f8")
        await sees(pilot, "Throw this page away?")
        await presses(pilot, "#yes")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await forgotten(pilot, WORDS)
    with opened("Ana") as ana:
        assert taken_in(ana) == []


async def test_a_page_for_the_wrong_person_is_taken_back(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, WORDS)
        await pilot.press("ctrl+s")
        await sees(pilot, "It is with Ana now")
        await pilot.press("T")
        await sees(pilot, "Take back for Ana,")
        await pilot.press("end", "enter")
        await sees(pilot, "Ana has not opened the journal since")
        await presses(pilot, "#yes")
        await sees(pilot, "The page is taken back.")
    with opened("Ana") as ana:
        assert taken_in(ana) == []


async def test_a_partner_types_for_the_other_at_once(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await pilot.press("T")
        await comes_to(pilot, "scribe")
        await sees(pilot, "Ana’s words, typed by Ben")
        await types(pilot, WORDS)
        await pilot.press("ctrl+s")
        await sees(pilot, "It is with Ana now")
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]


async def test_no_page_of_ones_own_opens_over_it(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot)
        await pilot.press("ctrl+n")
        await types(pilot, "more")
        assert app.screen is screen


def test_who_types_for_nobody_has_no_such_key() -> None:
    from kapjournal.domain.scribe import may_type  # noqa: PLC0415

    assert {role for role in Role if may_type(role)} == {Role.PARTNER, Role.THERAPIST, Role.CO_THERAPIST}


async def test_what_a_crash_left_behind_is_handed_over_when_the_door_is_opened(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee:
        lee.scribe.save(replace(lee.scribe.begin("Ana"), words=WORDS))
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "What you were typing before is handed over now, to Ana.")
    with opened("Ana") as ana:
        assert taken_in(ana) == [WORDS]
