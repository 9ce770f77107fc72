"""What a person sees and does, for the tests."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kapjournal.journal import unlock
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.shell.app import KapApp

SECRET = "marzipan"
"""A word that stands in one private note of Ana's and nowhere else."""

_VERY_LONG = 120.0

AppPilot = Pilot[int]


def painted(app: KapApp) -> str:
    """Every character on the screen, top to bottom, as it goes to the terminal."""
    width, height = app.size
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join(row.text[:width] for row in rows[:height])


async def until(pilot: AppPilot, holds: Callable[[], object], seconds: float = 60.0) -> None:
    """Let the program run until something is so; a busy computer gets the time it needs."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        await pilot.pause(0.01)
        if holds():
            return
    raise AssertionError(painted(app_of(pilot)))


async def sees(pilot: AppPilot, words: str) -> None:
    """Wait until the words are on the screen, broken into lines or not."""
    await until(pilot, lambda: words in " ".join(painted(app_of(pilot)).split()))


async def types(pilot: AppPilot, text: str) -> None:
    """Press the keys of a text, as quickly as they are taken."""
    names = {" ": "space", "\n": "enter", ".": "full_stop", ",": "comma", "!": "exclamation_mark"}
    driver = app_of(pilot)._driver
    assert driver is not None
    for character in text:
        driver.send_message(Key(names.get(character, character), "\r" if character == "\n" else character))
    await pilot.pause()


async def enters(pilot: AppPilot, label: str, passphrase: str) -> None:
    """Be behind a door of the journal whose doors are shown, as if it had been opened on the screen, which
    other tests do: nearly half of a test's time went into that."""
    app = app_of(pilot)
    await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
    doors = app.screen
    assert isinstance(doors, DoorsScreen)
    journal = unlock(doors._path, label=label, passphrase=passphrase, record_folder=app.record_folder)
    await app.enter(journal)
    await sees(pilot, "The course")


async def at_rest(pilot: AppPilot) -> None:
    """Let what was begun end, with no button still pressed and every cursor in sight, as for a picture:
    nothing moves, no thread works, and what is drawn twice is the same."""
    app = app_of(pilot)
    for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
        field.cursor_blink = False
    drawn = ""

    def rests() -> bool:
        nonlocal drawn
        before, drawn = drawn, painted(app)
        moves = app.animator._animations or app.animator._scheduled or app.screen.query("Button.-active")
        works = any(not worker.is_finished for worker in app.workers)
        return before == drawn and not moves and not works and not app._is_at_work()

    await until(pilot, rests)


class Held:
    """A use case that waits in its thread until `gate` is opened; `asked` counts who wanted it."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked = 0


def slow(monkeypatch: pytest.MonkeyPatch, group: type, use_case: str) -> Held:
    """Let a use case of a group, such as `Notes`, take its time: until the gate is opened, or very long, so
    that on a busy computer it is not done before a test has looked."""
    held, whole = Held(), getattr(group, use_case)

    def waits(*args: Any, **named: Any) -> Any:
        held.asked += 1
        held.gate.wait(_VERY_LONG)
        return whole(*args, **named)

    monkeypatch.setattr(group, use_case, waits)
    return held


def app_of(pilot: AppPilot) -> KapApp:
    """The program one sits at."""
    assert isinstance(pilot.app, KapApp)
    return pilot.app
