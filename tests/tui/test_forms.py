"""Enter means one thing in every form: on to the next field, and in the last one what the button does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, fills, goes_to_people, offered_words, opens

Open = Callable[[str], Journal]


def focused(pilot: AppPilot) -> str:
    """The id of what has the focus; of a choice without one, its kind."""
    has = app_of(pilot).focused
    return (has.id or type(has).__name__) if has is not None else ""


async def test_starting_a_journal_with_enter_alone(nowhere: KapApp, tmp_path: Path) -> None:
    async with nowhere.run_test() as pilot:
        await pilot.press("enter")
        await sees(pilot, "What you are called")
        offered = await offered_words(pilot)
        await pilot.press("enter")
        await sees(pilot, "Say what you are called here.")
        assert focused(pilot) == "label"
        await types(pilot, "Lee")
        await pilot.press("enter")
        assert focused(pilot) == "Select"
        await pilot.press("tab", "enter")
        await sees(pilot, "Type the six words, once you have written them down")
        assert focused(pilot) == "own"
        await types(pilot, offered)
        await pilot.press("enter")
        assert focused(pilot) == "file"
        await fills(pilot, file=str(tmp_path / "new.kap"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(nowhere.screen, RecoveryWordsScreen))


async def test_a_button_names_the_first_field_that_is_empty_and_goes_there(nowhere: KapApp) -> None:
    async with nowhere.run_test() as pilot:
        await pilot.press("enter")
        await sees(pilot, "What you are called")
        nowhere.screen.query_one("#do").focus()
        await pilot.press("enter")
        await sees(pilot, "Say what you are called here.")
        assert focused(pilot) == "label"


async def test_restoring_with_enter_alone(app: KapApp, opened: Open, tmp_path: Path) -> None:
    with opened("Ana") as ana:
        ana.backup(tmp_path / "backup.kap")
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        await pilot.press("f6")
        await comes_to(pilot, "restore")
        for field, missing, text in (
            ("file", "Say where the file is.", str(tmp_path / "backup.kap")),
            ("label", "Say what you are called there.", "Ana"),
            ("passphrase", "Type the passphrase your door had then.", PASSPHRASES["Ana"]),
        ):
            assert focused(pilot) == field
            await pilot.press("enter")
            await sees(pilot, missing)
            assert focused(pilot) == field
            await fills(pilot, **{field: text})
            await pilot.press("enter")
        await comes_to(pilot, "course")


async def test_a_session_is_added_in_the_last_field_and_not_before(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("a")
        await sees(pilot, "A session for the course")
        await pilot.press("enter", "down", "enter")
        app.screen.query_one("#number").focus()
        for field in ("date", "time", "title"):
            await pilot.press("enter")
            assert focused(pilot) == field
        await pilot.press("enter")
        await sees(pilot, "is in the course")
    with opened("Dr Lee") as lee:
        assert [one.kind for one in lee.sessions.all()][-1] is not SessionKind.CLOSING


@pytest.mark.parametrize("key", ["f9", "f6"])
async def test_a_new_passphrase_with_enter_alone(app: KapApp, key: str) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press(key)
        offered = await offered_words(pilot)
        await pilot.press("enter")
        await sees(pilot, "Type the passphrase you have now, too")
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        assert focused(pilot) == "own"
        await types(pilot, f"{offered} x")
        await pilot.press("enter")
        assert focused(pilot) == "again"
        await pilot.press("enter")
        await sees(pilot, "These are not the six words above.")
        app.screen.query_one("#own").focus()
        await pilot.press("backspace", "backspace", "enter")
        await sees(pilot, "passphrase is changed" if key == "f9" else "words of your new keys")


async def test_one_field_is_the_last_one(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        await pilot.press("i", "enter")
        await sees(pilot, "Say whom you invite.")
        await types(pilot, "Mia")
        await pilot.press("enter")
        await sees(pilot, "both places are")


async def test_an_empty_passphrase_is_asked_for(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("home", "enter", "enter")
        await sees(pilot, "Type your passphrase first.")
        await opens(pilot, PASSPHRASES["Ana"])
        await pilot.press("f7", "enter")
        await sees(pilot, "Type your passphrase first.")
