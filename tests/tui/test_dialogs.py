"""Dialogs while something is done for them: once, to its end, and told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Button, Select

from kapjournal.domain.members import Role
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, unlock
from kapjournal.journal.keys import Keys
from kapjournal.journal.members import Members
from kapjournal.journal.notes import Notes
from kapjournal.journal.sessions import Sessions
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.modals.plan import PlanModal
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]
NEW = "a new one of my own"


def presses_at_once(pilot: AppPilot, selector: str) -> None:
    """A press that is on its way already, whatever is enabled by the time it arrives."""
    app_of(pilot).screen.query_one(selector, Button).press()


async def at_the_sharing(pilot: AppPilot) -> None:
    """Ana is about to share a note with Dr Lee."""
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "Hallway")
    await pilot.press("home", "s")
    await sees(pilot, "Let someone read this")
    await pilot.press("home", "down", "space")
    await sees(pilot, "◍ You and Dr Lee")


async def at_the_plan(pilot: AppPilot) -> None:
    await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
    await sees(pilot, "Press n for")
    await pilot.press("number_sign")
    await until(pilot, lambda: isinstance(app_of(pilot).screen, PlanModal))
    await until(pilot, lambda: isinstance(app_of(pilot).focused, Field))


async def at_the_invitation(pilot: AppPilot, name: str) -> None:
    await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
    await pilot.press("p")
    await sees(pilot, "Therapist · you")
    await pilot.press("i")
    await sees(pilot, "Invite somebody")
    app_of(pilot).screen.query_one("#name", Field).value = name
    app_of(pilot).screen.query_one(Select).value = Role.SUPERVISOR


async def stays(pilot: AppPilot) -> None:
    """Neither Escape nor a press of any button takes a busy dialog away."""
    app = app_of(pilot)
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    assert all(button.is_disabled for button in dialog.query(Button))
    await pilot.press("escape")
    for button in dialog.query(Button):
        button.press()
    await pilot.press("escape")
    await pilot.pause(0.05)
    assert app.screen is dialog


def can_see(opened: Open, label: str) -> list[str]:
    with opened(label) as journal:
        return [note.text.title for note in journal.notes.all()]


# begun is told


async def test_sharing_that_was_begun_is_done_and_told(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Notes, "share")
    async with app.run_test() as pilot:
        await at_the_sharing(pilot)
        presses_at_once(pilot, "#share")
        await sees(pilot, "Sharing…")
        await stays(pilot)
        held.gate.set()
        await sees(pilot, "You and Dr Lee can read it now.")
    assert held.asked == 1
    assert "Hallway" in can_see(opened, "Dr Lee")


async def test_a_passphrase_that_is_being_changed_cannot_be_left_as_it_was(
    app: KapApp, journal_file: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Keys, "change_passphrase")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("f9")
        await sees(pilot, "Change your passphrase")
        for field, value in (("#now", PASSPHRASES["Ana"]), ("#own", NEW), ("#again", NEW)):
            app.screen.query_one(field, Field).value = value
            await pilot.pause()
        presses_at_once(pilot, "#do")
        presses_at_once(pilot, "#leave")
        await sees(pilot, "Changing your passphrase…")
        await stays(pilot)
        held.gate.set()
        await sees(pilot, "Your passphrase is changed.")
    assert held.asked == 1
    unlock(journal_file, label="Ana", passphrase=NEW, record_folder=memory).close()


async def test_the_six_words_of_an_invitation_are_always_seen(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Members, "invite")
    async with app.run_test() as pilot:
        await at_the_invitation(pilot, "Roe")
        presses_at_once(pilot, "#invite")
        await sees(pilot, "Sealing the invitation…")
        await sees(pilot, "Six words for Roe")
        await stays(pilot)
        held.gate.set()
        await until(pilot, lambda: app.focused is not None and app.focused.id == "hand-over")
        await pilot.press("escape")
        await sees(pilot, "Supervisor · invited")
    assert held.asked == 1


@pytest.mark.parametrize("error", [CannotSave("There is no room left."), ZeroDivisionError()])
async def test_words_of_no_invitation_do_not_stay(
    app: KapApp, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> str:
        raise error

    monkeypatch.setattr(Members, "invite", fails)
    async with app.run_test() as pilot:
        await at_the_invitation(pilot, "Roe")
        presses_at_once(pilot, "#invite")
        await sees(pilot, "There is no invitation")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "elsewhere")
        assert "Hand over" not in painted(app) and "They let Roe in" not in painted(app)
        await pilot.press("enter")
        await sees(pilot, "Dr Lee")
        assert "invited" not in painted(app)


async def test_the_words_stand_on_the_screen_before_the_invitation_is_made(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    invite = Members.invite

    def watched(self: Members, *args: Any, code: str, **more: Any) -> str:
        seen.extend(word for word in code.split() if word in painted(app))
        return invite(self, *args, code=code, **more)

    monkeypatch.setattr(Members, "invite", watched)
    async with app.run_test() as pilot:
        await at_the_invitation(pilot, "Roe")
        presses_at_once(pilot, "#invite")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "hand-over")
    assert len(seen) == 6


async def test_what_is_being_done_is_said_until_it_is_done(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.tui.widgets.status_line.StatusLine.SECONDS", 0.05)
    held = slow(monkeypatch, Notes, "share")
    async with app.run_test() as pilot:
        await at_the_sharing(pilot)
        presses_at_once(pilot, "#share")
        await sees(pilot, "Sharing…")
        await pilot.pause(0.2)
        assert "Sharing…" in painted(app)
        monkeypatch.undo()  # what was done is said long enough to be seen
        held.gate.set()
        await sees(pilot, "can read it now.")


# once


async def test_enter_pressed_three_times_writes_once(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, Sessions, "plan")
    async with app.run_test() as pilot:
        await at_the_plan(pilot)
        await pilot.press("3", "enter", "enter", "enter")
        field = app.screen.query_one(Field)
        for _ in range(3):
            field.post_message(Field.Submitted(field, "3"))
        await pilot.pause()
        held.gate.set()
        await sees(pilot, "Doses planned in all: 3.")
    assert held.asked == 1


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_sharing_stops_once(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    held = slow(monkeypatch, Notes, "withdraw")
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("end", "enter")
        await sees(pilot, "You waited")
        await pilot.press("w")
        await sees(pilot, "Stop sharing this")
        presses_at_once(pilot, "#stop")
        presses_at_once(pilot, "#stop")
        await sees(pilot, "Stopping the sharing…")
        held.gate.set()
        await sees(pilot, "Stopped sharing.")
        assert "could not" not in painted(app)
    assert held.asked == 1
    assert can_see(opened, "Ben") == []


async def test_another_tick_does_not_share_a_second_time(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Notes, "share")
    async with app.run_test() as pilot:
        await at_the_sharing(pilot)
        presses_at_once(pilot, "#share")
        await sees(pilot, "Sharing…")
        await pilot.press("down", "space")
        presses_at_once(pilot, "#share")
        await pilot.pause()
        held.gate.set()
        await sees(pilot, "You and Dr Lee can read it now.")
    assert held.asked == 1
    assert "Hallway" not in can_see(opened, "Ben")


async def test_digits_are_confirmed_once(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, Members, "mark_verified")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("p")
        await sees(pilot, "Therapist")
        await pilot.press("home", "v")
        await sees(pilot, "It is the same")
        await until(pilot, lambda: not app.screen.query_one("#same").disabled)
        presses_at_once(pilot, "#same")
        presses_at_once(pilot, "#same")
        await sees(pilot, "Writing it down…")
        held.gate.set()
        await sees(pilot, "they are the same.")
        assert app.screen is app.front_screen
    assert held.asked == 1


async def test_an_answer_given_twice_closes_one_dialog(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await at_the_plan(pilot)
        before = len(app.screen_stack)
        presses_at_once(pilot, "#back")
        presses_at_once(pilot, "#back")
        await sees(pilot, "The course")
        await pilot.pause()
        assert len(app.screen_stack) == before - 1


# over it, and instead of it


async def test_the_outcome_closes_its_own_dialog_and_not_the_palette(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Notes, "share")
    async with app.run_test() as pilot:
        await at_the_sharing(pilot)
        presses_at_once(pilot, "#share")
        await sees(pilot, "Sharing…")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        held.gate.set()
        await sees(pilot, "You and Dr Lee can read it now.")
        assert app.screen is app.front_screen


async def test_a_busy_dialog_can_be_locked_away(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, Notes, "share")
    async with app.run_test() as pilot:
        await at_the_sharing(pilot)
        presses_at_once(pilot, "#share")
        await sees(pilot, "Sharing…")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        held.gate.set()
        await pilot.pause(0.3)
        assert isinstance(app.screen, DoorsScreen)
        for words in ("Sharing", "can read it", "Hallway"):
            assert words not in painted(app)


# refused


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (40, 12)])
async def test_what_went_wrong_is_in_sight_and_can_be_tried_again(
    app: KapApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async def refuses_once(pilot: AppPilot) -> None:
        with monkeypatch.context() as now:

            def full(*_: object) -> None:
                raise CannotSave("The disk is full.")

            now.setattr(Sessions, "plan", full)
            await pilot.press("3", "enter")
            await sees(pilot, "The disk is full.")

    async with app.run_test(size=size) as pilot:
        await at_the_plan(pilot)
        await refuses_once(pilot)
        dialog = app.screen
        assert isinstance(dialog, PlanModal)
        assert not any(button.is_disabled for button in dialog.query(Button))
        await until(pilot, lambda: isinstance(app.focused, Field))
        await pilot.press("enter")
        await sees(pilot, "Doses planned in all: 3.")


@pytest.mark.parametrize("size", [(60, 15), (40, 12)])
async def test_a_wrong_day_is_told_where_the_window_is_low(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", "f2")
        await sees(pilot, "What goes with it")
        app.screen.query_one("#date", Field).value = "yesterday"
        app.screen.query_one("#tags", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "is not a day")


@pytest.mark.parametrize(("key", "title"), [("s", "Let someone read this"), ("delete", "Delete this note?")])
async def test_f1_explains_a_dialog_and_leaves_it_as_it_was(app: KapApp, key: str, title: str) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press(key)
        await sees(pilot, title)
        dialog = app.screen
        await pilot.press("f1")
        await sees(pilot, "This is a question, or a few fields to fill in.")
        await pilot.press("f1", "escape")
        await until(pilot, lambda: app.screen is dialog)
