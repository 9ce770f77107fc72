"""A dialogue on the screens: two doors at one keyboard, a step at a time, and what both approved."""

import datetime as dt
from collections.abc import Callable

from kapjournal.domain.dialogue import Step
from kapjournal.domain.joint import JointKind, Standing
from kapjournal.journal import Journal
from kapjournal.tui.screens.dialogue import DialogueScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


async def begins(pilot: AppPilot) -> None:
    """Ana opens her door, and Ben his beside it."""
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "By the car")
    await pilot.press("o")
    await comes_to(pilot, "dialogues")
    await sees(pilot, "kept nothing")
    await pilot.press("n")
    await opens_beside(pilot)


async def opens_beside(pilot: AppPilot, who: str = "Ben") -> None:
    await sees(pilot, f"Turn the keyboard to {who}")
    await pilot.press(*PASSPHRASES[who], "enter")
    await comes_to(pilot, "dialogue")
    await until(pilot, lambda: not screen(pilot)._busy)


def screen(pilot: AppPilot) -> DialogueScreen:
    found = pilot.app.screen
    assert isinstance(found, DialogueScreen)
    return found


def step(pilot: AppPilot) -> Step:
    return screen(pilot)._dialogue.step


async def goes_on(pilot: AppPilot, to: Step, key: str = "enter") -> None:
    await pilot.press(key)
    await until(pilot, lambda: step(pilot) is to)


async def speaks_to_the_end(pilot: AppPilot) -> None:
    await sees(pilot, "One thing, in a few words")
    await pilot.press(*"Sundays")
    for to in (Step.NOW, Step.ARRIVE, Step.BEGINS, Step.SENDER, Step.MIRROR, Step.MORE):
        await goes_on(pilot, to)
    await goes_on(pilot, Step.SENDER, "o")
    for to in (Step.MIRROR, Step.MORE, Step.SUMMARY, Step.VALIDATION, Step.EMPATHY, Step.SWITCH):
        await goes_on(pilot, to)
    for to in (Step.SENDER, Step.MIRROR, Step.MORE, Step.SUMMARY, Step.VALIDATION, Step.EMPATHY):
        await goes_on(pilot, to)
    for to in (Step.WISH, Step.GIFT, Step.KEEP):
        await goes_on(pilot, to)


async def test_an_evening_from_the_topic_to_thanks(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        assert "Hallway" not in painted(app) and "course" not in painted(app)
        await speaks_to_the_end(pilot)
        await pilot.press(*"I miss slow mornings", "enter", *"I was afraid to say it", "enter")
        await pilot.press(*"Tea in bed", "enter", *"Sundays", "enter", *"once a week", "enter")
        await goes_on(pilot, Step.APPROVE)
        await sees(pilot, "A line from Ana: I miss slow mornings")
        with opened("Ben") as ben:
            assert ben.joints.all() == []
        await pilot.press("2")
        assert screen(pilot)._page.approved == frozenset(), "the first is asked first"
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        await pilot.press("1")
        assert step(pilot) is Step.APPROVE, "one key is not the yes of both"
        await pilot.press("2")
        await until(pilot, lambda: step(pilot) is Step.THANKS)
        await sees(pilot, "It is kept for both of you.")
        await pilot.press("enter")
        await comes_to(pilot, "dialogues")
        await sees(pilot, "A line from Ben: I was afraid to say it")
        await until(pilot, lambda: app._beside == [])
    for label in ("Ana", "Ben"):
        with opened(label) as journal:
            [one] = journal.joints.all(JointKind.DIALOGUE)
            assert one.standing is Standing.HOLDS
            assert one.text.fields == (
                ("topic", "Sundays"),
                ("sender", "Ana"),
                ("summary-first", "I miss slow mornings"),
                ("summary-second", "I was afraid to say it"),
                ("request", "Tea in bed"),
                ("request-when", "Sundays"),
                ("request-how-often", "once a week"),
            )
            assert one.text.review == one.text.date + dt.timedelta(days=7)
            assert journal.dialogue_drafts.current() is None and not journal.findings
    with opened("Dr Lee") as lee:
        assert lee.joints.all() == []
