"""Any key at any time, on every screen, in windows of every size: nothing breaks, and no word is lost.

The keys are drawn by a seed that is named when something fails: run it alone with `-k`.
"""

import random
from collections.abc import Iterator

import pytest
from textual.events import Key, Paste
from textual.geometry import Size

from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters
from tests.tui.conftest import PASSPHRASES

SIZES = [(80, 24), (140, 40), (80, 5), (20, 24), (1, 1), (40, 10), (12, 3), (300, 80)]
MOVES = [
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "enter"),
    *("space", "escape", "backspace", "delete", "ctrl+home", "ctrl+end"),
]
COMMANDS = [
    *("n", "slash", "s", "e", "w", "p", "i", "v", "c", "x", "g", "a", "f", "o", "h", "u", "comma", "1", "9"),
    *(f"f{number}" for number in range(1, 10)),
    *(f"ctrl+{letter}" for letter in "snprtczy"),
    *("question_mark", "left_square_bracket"),
]
WORDS = ["a", "é", "日", "👩‍👩‍👧", "א", "\u202e", "‚", ".", "\t", "_"]
PASTES = ["one\ntwo\n", "", "x" * 3000, "\x1b[2J\x00", "# h\n\n- a\n  - b"]
WRITTEN = {"slash": "/", "comma": ",", "space": " ", "question_mark": "?", "left_square_bracket": "["}
STEPS = 60


def drawn(dice: random.Random) -> Iterator[Key | Paste | Size]:
    """What a person does, or a cat."""
    for _ in range(STEPS):
        kind = dice.random()
        if kind < 0.03:
            yield Size(*dice.choice(SIZES))
        elif kind < 0.06:
            yield Paste(dice.choice(PASTES))
        elif kind < 0.16:
            word = dice.choice(WORDS)
            yield Key(word, word)
        else:
            name = dice.choice(MOVES if kind < 0.58 else COMMANDS)
            yield Key(name, name if len(name) == 1 else WRITTEN.get(name))


async def plays(pilot: AppPilot, dice: random.Random) -> None:
    """Keys in bursts: many come before the screen has answered the first."""
    app = app_of(pilot)
    driver = app._driver
    assert driver is not None
    for did in drawn(dice):
        if app._exit:
            return
        if isinstance(did, Size):
            await pilot.resize_terminal(*did)
        else:
            driver.send_message(did)
        if dice.random() < 0.4:
            await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("seed", range(8))
async def test_any_key_in_an_open_journal_breaks_nothing(app: KapApp, seed: int) -> None:
    dice = random.Random(seed)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, who := dice.choice(["Ana", "Dr Lee"]), PASSPHRASES[who])
        await pilot.resize_terminal(*SIZES[seed % len(SIZES)])
        await plays(pilot, dice)


@pytest.mark.parametrize("seed", range(3))
async def test_any_key_before_a_door_is_open_breaks_nothing(app: KapApp, seed: int) -> None:
    dice = random.Random(100 + seed)
    async with app.run_test(size=SIZES[seed % len(SIZES)]) as pilot:
        await plays(pilot, dice)


async def test_page_keys_move_nothing_where_no_list_was_painted_yet(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        for size in [(80, 5), (20, 24), (1, 1)]:
            await pilot.resize_terminal(*size)
            await pilot.press("pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        for key in ("ctrl+p", "pagedown", "pageup", "enter"):
            assert app._driver
            app._driver.send_message(Key(key, None))
        await pilot.pause()
