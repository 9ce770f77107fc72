"""Whom to call, one key away from every screen and dialog."""

import pytest

from kapjournal.tui.modals.crisis import CrisisModal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

NOT_MONITORED = "This journal is not monitored."
LINE = "988 (call or text) or 911."


@pytest.mark.parametrize(
    "way",
    [
        (),
        ("slash",),
        ("p",),
        ("comma",),
        ("q",),
        ("I",),
        ("s",),
        ("s", "tab", "tab"),
        ("n",),
        ("n", "f2"),
        ("n", "f3"),
        ("f1",),
        ("x",),
        ("enter",),
        ("enter", "h"),
        ("enter", "delete"),
    ],
    ids=" ".join,
)
async def test_one_key_says_whom_to_call_and_leaves_all_as_it_was(app: KapApp, way: tuple[str, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        for key in way:
            await pilot.press(key)
            await pilot.pause()
        before = app.screen
        await pilot.press("ctrl+g")
        await sees(pilot, LINE)
        await sees(pilot, NOT_MONITORED)
        await pilot.press("ctrl+g")
        assert sum(isinstance(one, CrisisModal) for one in app.screen_stack) == 1
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is before)


async def test_what_is_typed_waits_under_it(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n")
        await comes_to(pilot, "editor")
        await types(pilot, "I cannot ")
        await pilot.press("ctrl+g")
        await sees(pilot, LINE)
        await pilot.press("enter")
        await types(pilot, "go on")
        await sees(pilot, "I cannot go on")


async def test_it_stands_at_the_foot_of_the_course_and_in_the_palette(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "^G crisis")
        await pilot.press("ctrl+p")
        await types(pilot, "emergency")
        await sees(pilot, "Whom to call now")


async def test_it_needs_no_open_door(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "I forgot my passphrase")
        await pilot.press("ctrl+g")
        await sees(pilot, LINE)
        await pilot.press("escape")
        await until(pilot, lambda: NOT_MONITORED not in painted(app))
