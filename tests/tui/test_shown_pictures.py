"""Pictures in the reader: only where they are wanted, drawn in half blocks, and gone without a trace."""

import gc
import io
import subprocess
import sys
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from textual.strip import Strip

from kapjournal import config
from kapjournal.config import Loaded, Settings
from kapjournal.journal import FLOOR, Journal, NewNote
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.file_list import FileList
from kapjournal.tui.widgets.picture_view import PictureView
from tests.attached import file_of
from tests.pictures.made_pictures import bomb, jpeg
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
BLOCK = "▀"


def drawing(width: int = 60, height: int = 40) -> bytes:
    """The left half red, the right half blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    into = io.BytesIO()
    image.save(into, "PNG")
    return into.getvalue()


def attached(opened: Open, folder: Path, **files: bytes) -> None:
    """Ben attached files to a note he shares with Ana; `_` in a name stands for the dot."""
    with opened("Ben") as ben:
        note = ben.notes.add(NewNote("Under the lantern.", title="A walk", share="Ana"))
        for name, data in files.items():
            path = file_of(folder, data, name.replace("_", "."))
            ben.attachments.attach(note.id, path, keep_metadata=True)


@pytest.fixture
def shows(journal_file: Path, memory: Path) -> KapApp:
    """The program of somebody who wants to see pictures."""
    settings = Settings(show_pictures=True)
    return KapApp(Loaded(settings), theme.load_all(), path=journal_file, record_folder=memory, strength=FLOOR)


async def reads(pilot: AppPilot) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "A walk")
    await pilot.press("end", "enter")
    await comes_to(pilot, "reader")
    await sees(pilot, "Under the lantern.")


async def test_a_picture_is_shown_to_who_wants_to_see_it(shows: KapApp, opened: Open, tmp_path: Path) -> None:
    attached(opened, tmp_path, drawing_png=drawing(), memo_txt=b"1")
    async with shows.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await sees(pilot, BLOCK * 10)
        view = shows.screen.query_one(PictureView)
        picture = view._picture
        assert picture is not None
        assert picture.row(0)[0] == (255, 0, 0) and picture.row(0)[-1] == (0, 0, 255)
        await sees(pilot, "drawing.png · ")
        await sees(pilot, "Under the lantern.")
        shows.screen.query_one(FileList).focus()
        await pilot.press("down")
        await until(pilot, lambda: BLOCK not in painted(shows))
        await pilot.press("up")
        await sees(pilot, BLOCK * 10)


async def test_nothing_is_decoded_unless_that_was_chosen(
    app: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(opened, tmp_path, drawing_png=drawing())
    begun: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", begun.append)
    async with app.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await sees(pilot, "drawing.png · ")
        await pilot.pause(0.2)
        assert BLOCK not in painted(app) and not begun


def is_kept(shown: bool) -> bool:
    return config.load().settings.show_pictures is shown


def is_drawn(app: KapApp, shown: bool) -> bool:
    return (BLOCK in painted(app)) is shown


async def test_it_is_chosen_in_the_settings(app: KapApp, opened: Open, tmp_path: Path) -> None:
    attached(opened, tmp_path, drawing_png=drawing())
    async with app.run_test(size=(100, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A walk")
        for shown in (True, False):
            await pilot.press("comma")
            await comes_to(pilot, "settings")
            app.screen.query_one("#wishes").focus()
            await pilot.press("space")
            await until(pilot, partial(is_kept, shown))
            await pilot.press("escape", "end", "enter")
            await sees(pilot, "Under the lantern.")
            await until(pilot, partial(is_drawn, app, shown))
            await pilot.press("escape")
            await comes_to(pilot, "course")


async def test_without_colours_there_is_no_picture(shows: KapApp, opened: Open, tmp_path: Path) -> None:
    attached(opened, tmp_path, drawing_png=drawing())
    shows.no_color = True
    async with shows.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await pilot.pause(0.2)
        assert shows.screen.query_one(PictureView)._asked is None
        assert BLOCK not in painted(shows)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb_png", bomb(30_000, 30_000)),
        ("cut_jpg", jpeg()[:900]),
        ("words_png", b"not a picture"),
        ("phone_heic", b"\0\0\0\x18ftypheic" + bytes(100)),
    ],
    ids=["bomb", "cut", "words", "phone"],
)
async def test_what_cannot_be_shown_keeps_its_line(
    shows: KapApp, opened: Open, tmp_path: Path, name: str, data: bytes
) -> None:
    attached(opened, tmp_path, **{name: data})
    async with shows.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await sees(pilot, "This picture cannot be shown here.")
        await sees(pilot, f"{name.replace('_', '.')} · ")
        assert BLOCK not in painted(shows)


async def test_a_picture_fits_the_window_and_a_low_one_has_none(
    shows: KapApp, opened: Open, tmp_path: Path
) -> None:
    attached(opened, tmp_path, drawing_png=drawing(600, 400))
    async with shows.run_test(size=(100, 50)) as pilot:
        await reads(pilot)
        view = shows.screen.query_one(PictureView)
        await until(pilot, lambda: view.size.height > 15)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: 4 <= view.size.height <= 8)
        await sees(pilot, "Under the lantern.")
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: not view.display)
        await sees(pilot, "Under the lantern.")
        await pilot.resize_terminal(100, 50)
        await until(pilot, lambda: view.display and view.size.height > 15)


@pytest.mark.parametrize("key", ["escape", "ctrl+l"])
async def test_nothing_of_a_picture_stays_behind(
    shows: KapApp, opened: Open, tmp_path: Path, own_places: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    attached(opened, tmp_path, drawing_png=drawing())
    scratch = own_places / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    async with shows.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await sees(pilot, BLOCK * 10)
        held = shows.screen.query_one(PictureView)._picture
        assert held is not None
        picture = weakref.ref(held)
        del held
        await pilot.press(key)
        await comes_to(pilot, "course" if key == "escape" else "doors")
        await until(pilot, lambda: gc.collect() is not None and picture() is None)
        await until(pilot, lambda: gc.collect() is not None and not strips_of_pictures())
    assert list(scratch.iterdir()) == []


def strips_of_pictures() -> list[Strip]:
    """What was drawn of pictures and is still in memory."""
    return [thing for thing in gc.get_objects() if isinstance(thing, Strip) and BLOCK in thing.text]


async def test_a_lock_ends_the_process_that_decodes(
    shows: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(opened, tmp_path, drawing_png=drawing())
    stuck = tmp_path / "stuck"
    stuck.write_text("#!/bin/sh\nexec sleep 60\n")
    stuck.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stuck))
    begun: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def watched(*args: object, **named: object) -> object:
        begun.append(popen(*args, **named))  # type: ignore[call-overload]
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    async with shows.run_test(size=(100, 40)) as pilot:
        await reads(pilot)
        await until(pilot, lambda: begun)
        assert begun[0].returncode is None
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await until(pilot, lambda: begun[0].returncode is not None, seconds=5)
        assert app_of(pilot).front_screen.NAME == "doors"
