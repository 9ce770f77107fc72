"""Dialogs while something is done for them: once, to its end, and told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Button, Select

from kapjournal.domain.members import Role
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, unlock
from kapjournal.journal.sessions import Sessions
from kapjournal.tui.app import KapApp
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.modals.plan import PlanModal
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.widgets.field import Field
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import Seat, app_of, enters, painted, sees, slow, until

Open = Callable[[str], Journal]
NEW = "a new one of my own"


def presses_at_once(seat: Seat, selector: str) -> None:
    """A press that is on its way already, whatever is enabled by the time it arrives."""
    app_of(seat).screen.query_one(selector, Button).press()


async def at_the_sharing(seat: Seat) -> None:
    """Ana is about to share a note with Dr Lee."""
    await enters(seat, "Ana", PASSPHRASES["Ana"])
    await sees(seat, "Hallway")
    await seat.press("home", "s")
    await sees(seat, "Let someone read this")
    await seat.press("home", "space")
    await sees(seat, "◍ You and Dr Lee")


async def at_the_plan(seat: Seat) -> None:
    await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
    await sees(seat, "Press n for")
    await seat.press("number_sign")
    await until(seat, lambda: isinstance(app_of(seat).screen, PlanModal))
    await until(seat, lambda: isinstance(app_of(seat).focused, Field))


async def at_the_invitation(seat: Seat, name: str) -> None:
    await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
    await seat.press("p")
    await sees(seat, "Therapist · you")
    await seat.press("i")
    await sees(seat, "Invite somebody")
    app_of(seat).screen.query_one("#name", Field).value = name
    app_of(seat).screen.query_one(Select).value = Role.SUPERVISOR


async def stays(seat: Seat) -> None:
    """Neither Escape nor a press of any button takes a busy dialog away."""
    app = app_of(seat)
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    assert all(button.is_disabled for button in dialog.query(Button))
    await seat.press("escape")
    for button in dialog.query(Button):
        button.press()
    await seat.press("escape")
    await seat.pause(0.05)
    assert app.screen is dialog


def can_see(opened: Open, label: str) -> list[str]:
    with opened(label) as journal:
        return [note.text.title for note in journal.notes.all()]


# begun is told


async def test_sharing_that_was_begun_is_done_and_told(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, "share")
    async with app.run_test() as seat:
        await at_the_sharing(seat)
        presses_at_once(seat, "#share")
        await sees(seat, "Sharing…")
        await stays(seat)
        held.gate.set()
        await sees(seat, "You and Dr Lee can read it now.")
    assert held.asked == 1
    assert "Hallway" in can_see(opened, "Dr Lee")


async def test_a_passphrase_that_is_being_changed_cannot_be_left_as_it_was(
    app: KapApp, journal_file: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, "change_passphrase")
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        await seat.press("f9")
        await sees(seat, "Change your passphrase")
        for field, value in (("#now", PASSPHRASES["Ana"]), ("#own", NEW), ("#again", NEW)):
            app.screen.query_one(field, Field).value = value
            await seat.pause()
        presses_at_once(seat, "#change")
        presses_at_once(seat, "#leave")
        await sees(seat, "Changing your passphrase…")
        await stays(seat)
        held.gate.set()
        await sees(seat, "Your passphrase is changed.")
    assert held.asked == 1
    unlock(journal_file, label="Ana", passphrase=NEW, record_folder=memory).close()


async def test_the_six_words_of_an_invitation_are_always_seen(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, "invite")
    async with app.run_test() as seat:
        await at_the_invitation(seat, "Roe")
        presses_at_once(seat, "#invite")
        await sees(seat, "Making six words…")
        await stays(seat)
        held.gate.set()
        await sees(seat, "Six words for Roe")
        await until(seat, lambda: app.focused is not None and app.focused.id == "hand-over")
        await seat.press("escape")
        await sees(seat, "Supervisor · invited")
    assert held.asked == 1


async def test_what_is_being_done_is_said_until_it_is_done(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.tui.widgets.said.Said.SECONDS", 0.05)
    held = slow(monkeypatch, "share")
    async with app.run_test() as seat:
        await at_the_sharing(seat)
        presses_at_once(seat, "#share")
        await sees(seat, "Sharing…")
        await seat.pause(0.2)
        assert "Sharing…" in painted(app)
        held.gate.set()
        await sees(seat, "can read it now.")


# once


async def test_enter_pressed_three_times_writes_once(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, "plan")
    async with app.run_test() as seat:
        await at_the_plan(seat)
        await seat.press("3", "enter", "enter", "enter")
        field = app.screen.query_one(Field)
        for _ in range(3):
            field.post_message(Field.Submitted(field, "3"))
        await seat.pause()
        held.gate.set()
        await sees(seat, "Sessions planned in all: 3.")
    assert held.asked == 1


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_sharing_stops_once(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    held = slow(monkeypatch, "withdraw")
    async with app.run_test(size=size) as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "By the car")
        await seat.press("end", "enter")
        await sees(seat, "You waited")
        await seat.press("w")
        await sees(seat, "Stop sharing this")
        presses_at_once(seat, "#stop")
        presses_at_once(seat, "#stop")
        await sees(seat, "Stopping the sharing…")
        held.gate.set()
        await sees(seat, "Stopped sharing.")
        assert "could not" not in painted(app)
    assert held.asked == 1
    assert can_see(opened, "Ben") == []


async def test_another_tick_does_not_share_a_second_time(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, "share")
    async with app.run_test() as seat:
        await at_the_sharing(seat)
        presses_at_once(seat, "#share")
        await sees(seat, "Sharing…")
        await seat.press("down", "space")
        presses_at_once(seat, "#share")
        await seat.pause()
        held.gate.set()
        await sees(seat, "You and Dr Lee can read it now.")
    assert held.asked == 1
    assert "Hallway" not in can_see(opened, "Ben")


async def test_digits_are_confirmed_once(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, "mark_verified")
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await seat.press("p")
        await sees(seat, "Therapist")
        await seat.press("home", "v")
        await sees(seat, "It is the same")
        await until(seat, lambda: not app.screen.query_one("#same").disabled)
        presses_at_once(seat, "#same")
        presses_at_once(seat, "#same")
        await sees(seat, "Writing it down…")
        held.gate.set()
        await sees(seat, "they are the same.")
        assert app.screen is app.room
    assert held.asked == 1


async def test_an_answer_given_twice_closes_one_dialog(app: KapApp) -> None:
    async with app.run_test() as seat:
        await at_the_plan(seat)
        before = len(app.screen_stack)
        presses_at_once(seat, "#back")
        presses_at_once(seat, "#back")
        await sees(seat, "The course")
        await seat.pause()
        assert len(app.screen_stack) == before - 1


# over it, and instead of it


async def test_the_outcome_closes_its_own_dialog_and_not_the_palette(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, "share")
    async with app.run_test() as seat:
        await at_the_sharing(seat)
        presses_at_once(seat, "#share")
        await sees(seat, "Sharing…")
        await seat.press("ctrl+p")
        await until(seat, lambda: isinstance(app.screen, CommandPalette))
        held.gate.set()
        await sees(seat, "You and Dr Lee can read it now.")
        assert app.screen is app.room


async def test_a_busy_dialog_can_be_locked_away(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = slow(monkeypatch, "share")
    async with app.run_test() as seat:
        await at_the_sharing(seat)
        presses_at_once(seat, "#share")
        await sees(seat, "Sharing…")
        await seat.press("ctrl+l")
        await until(seat, lambda: isinstance(app.screen, DoorsScreen))
        held.gate.set()
        await seat.pause(0.3)
        assert isinstance(app.screen, DoorsScreen)
        for words in ("Sharing", "can read it", "Hallway"):
            assert words not in painted(app)


# refused


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (40, 12)])
async def test_what_went_wrong_is_in_sight_and_can_be_tried_again(
    app: KapApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async def refuses_once(seat: Seat) -> None:
        with monkeypatch.context() as now:

            def full(*_: object) -> None:
                raise CannotSave("The disk is full.")

            now.setattr(Sessions, "plan", full)
            await seat.press("3", "enter")
            await sees(seat, "The disk is full.")

    async with app.run_test(size=size) as seat:
        await at_the_plan(seat)
        await refuses_once(seat)
        dialog = app.screen
        assert isinstance(dialog, PlanModal)
        assert not any(button.is_disabled for button in dialog.query(Button))
        await until(seat, lambda: isinstance(app.focused, Field))
        await seat.press("enter")
        await sees(seat, "Sessions planned in all: 3.")


@pytest.mark.parametrize("size", [(60, 15), (40, 12)])
async def test_a_wrong_day_is_told_where_the_window_is_low(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await seat.press("n", "f2")
        await sees(seat, "What goes with it")
        app.screen.query_one("#date", Field).value = "yesterday"
        app.screen.query_one("#date", Field).focus()
        await seat.press("enter")
        await sees(seat, "is not a day")
