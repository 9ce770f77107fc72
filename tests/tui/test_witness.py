"""The page of a witness: three stretches, and a quiet clock that forces nothing; and a topic."""

import datetime as dt
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal
from kapjournal.presentation import steps
from kapjournal.presentation.witness import PASSED
from kapjournal.tui.screens.witness import WitnessScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, enters_again
from tests.tui.picture_story import story_at

Open = Callable[[str], Journal]


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1000.0
        monkeypatch.setattr(clock, "uptime", lambda: self.seconds)

    async def moves(self, pilot: AppPilot, seconds: float) -> None:
        self.seconds += seconds
        screen = pilot.app.screen
        assert isinstance(screen, WitnessScreen)
        screen._tick()
        await pilot.pause()


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch)


async def begins(pilot: AppPilot) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "By the car")
    await pilot.press("Y")
    await sees(pilot, "1 of 3")


async def test_three_stretches_make_one_page_and_the_clock_forces_nothing(
    app: KapApp, opened: Open, hand: Hand
) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await sees(pilot, "7:00")
        await types(pilot, "Two people in a kitchen.")
        await hand.moves(pilot, 65)
        await sees(pilot, "5:55")
        await hand.moves(pilot, 400)
        await sees(pilot, PASSED)
        await types(pilot, " And a letter.")
        await pilot.press("f5")
        await sees(pilot, "2 of 3")
        await sees(pilot, "7:00")
        await hand.moves(pilot, 10)
        await pilot.press("f5")
        await sees(pilot, "3 of 3")
        await types(pilot, "By the kettle.")
        await pilot.press("f4")
        await sees(pilot, "6:50")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is a note now. Only you can read it.")
    with opened("Ana") as ana:
        (note,) = ana.notes.all(kind=NoteKind.WITNESS)
        assert note.is_private and note.text.title == "As a witness would tell it"
        assert "Two people in a kitchen. And a letter." in note.text.body
        assert note.text.body.count("## ") == 2, "a stretch that was passed over is not on it"


async def test_it_stands_still_when_it_is_asked_to(app: KapApp, hand: Hand) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await hand.moves(pilot, 5)
        await pilot.press("f6")
        await sees(pilot, "It stands still")
        await hand.moves(pilot, 3000)
        await sees(pilot, "6:55")
        await pilot.press("f6")
        await hand.moves(pilot, 5)
        await sees(pilot, "6:50")


async def test_after_a_lock_it_goes_on_where_it_was(app: KapApp, opened: Open, hand: Hand) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, "Two people in a kitchen.")
        screen = app.screen
        assert isinstance(screen, WitnessScreen)
        await until(pilot, lambda: screen.saver.id)
        await pilot.press("f5")
        await sees(pilot, "2 of 3")
        await hand.moves(pilot, 30)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        hand.seconds += 5000
        await enters_again(pilot, "Ana", "witness")
        await sees(pilot, "2 of 3")
        await sees(pilot, "6:30")
        await pilot.press("f4")
        await sees(pilot, "Two people in a kitchen.")


async def test_it_is_not_offered_where_dialogue_is_kept_for_the_room(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "witness_is_offered", lambda _: False)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("Y")
        await pilot.pause()
        assert not app.screen.query("#clock") and "1 of 3" not in painted(app)


@pytest.mark.usefixtures("still")
async def test_how_it_looks(app: KapApp, snapshot: SnapshotAssertion) -> None:
    with clock.at(dt.datetime(2098, 3, 9, 19, 30, tzinfo=dt.UTC)):
        async with story_at(app, snapshot, ((80, 24), (140, 40))) as ana:
            await enters(ana._seat, "Ana", PASSPHRASES["Ana"])
            await ana.sees("By the car")
            await ana.presses("Y")
            await ana.sees("7:00")
            await ana.types("Two people in a kitchen. One wants an answer.")
            await ana.looks_at("a stretch")


async def test_a_topic_brings_its_prompts_and_is_a_tag(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("ctrl+n")
        await comes_to(pilot, "editor")
        await pilot.press("f3")
        await sees(pilot, "What is this page?")
        await pilot.press("end", "up", "up", "enter")
        await comes_to(pilot, "editor")
        await sees(pilot, "Picture opening the bank statement together.")
        await types(pilot, "The blue folder.")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "course")
    with opened("Ana") as ana:
        (note,) = ana.notes.all(tag="money")
        assert note.text.kind is NoteKind.PAGE and note.is_private
