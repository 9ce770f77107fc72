"""What the screens look like, as pictures to compare; the README shows some of them."""

import datetime as dt
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.journal import FLOOR
from kapjournal.tui import theme
from kapjournal.tui.app import KapApp
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import enters, sees, until

Compare = Callable[..., bool]
MOMENT = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
SIZES = [(80, 24), (120, 36)]

ROOMS: dict[str, tuple[list[str], str]] = {
    "course": ([], "By the car"),
    "reader": (["enter"], "You waited by the car."),
    "editor": (["n", *"light"], "light"),
    "search": (["slash", *"hall"], "Hallway"),
    "people": (["p"], "Partner"),
    "share": (["s"], "The note"),
    "details": (["n", "f2"], "What goes with it"),
    "settings": (["comma"], "Colours"),
    "help": (["f1"], "What this is"),
}


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing in a picture may depend on this computer, its zone, or how quick it is."""
    monkeypatch.setattr("kapjournal.paths.config_folder", lambda: Path("/home/ana/.config/kapjournal"))
    monkeypatch.setattr("kapjournal.tui.autosave.SAVE_AFTER", 600.0)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def program(journal_file: Path, memory: Path, colours: str = "dusk") -> KapApp:
    settings = Settings(theme=colours)
    return KapApp(Loaded(settings), theme.load_all(), path=journal_file, memory=memory, strength=FLOOR)


def going_to(keys: list[str], words: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def go(seat: Pilot[Any]) -> None:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "By the")
        await seat.press(*keys)
        await sees(seat, words)
        await at_rest(seat)

    return go


async def at_rest(seat: Pilot[Any]) -> None:
    """Let what was begun end, with every cursor in sight."""
    for field in (*seat.app.screen.query(Input), *seat.app.screen.query(TextArea)):
        field.cursor_blink = False
    await seat.pause(0.3)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("room", ROOMS)
def test_room(
    journal_file: Path, memory: Path, snap_compare: Compare, room: str, size: tuple[int, int]
) -> None:
    with clock.at(MOMENT):
        app = program(journal_file, memory)
        assert snap_compare(app, terminal_size=size, run_before=going_to(*ROOMS[room]))


@pytest.mark.parametrize("colours", ["dusk", "dawn", "sage", "lake", "candle", "paper", "contrast"])
def test_home_in_each_theme(journal_file: Path, memory: Path, snap_compare: Compare, colours: str) -> None:
    with clock.at(MOMENT):
        app = program(journal_file, memory, colours)
        assert snap_compare(app, terminal_size=(80, 24), run_before=going_to(*ROOMS["course"]))


def test_the_doors(journal_file: Path, memory: Path, snap_compare: Compare) -> None:
    async def look(seat: Pilot[Any]) -> None:
        await sees(seat, "Another journal")
        await until(seat, lambda: seat.app.screen.query_one("#doors").has_focus)
        await at_rest(seat)

    with clock.at(MOMENT):
        assert snap_compare(program(journal_file, memory), terminal_size=(80, 24), run_before=look)
