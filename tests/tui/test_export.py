"""Taking notes out: what it means is said before anything is written, and where it is afterwards."""

import datetime as dt
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from textual.widgets import Static

from kapjournal import clock, staging
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation.launch_request import LaunchRequest
from kapjournal.tui import show
from kapjournal.tui.screens.export import ExportScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import SECRET, AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]
BIG = (100, 50)


async def takes_out(pilot: AppPilot, app: KapApp, label: str) -> None:
    await enters(pilot, label, PASSPHRASES[label])
    await sees(pilot, "By the car")
    await pilot.press("x")
    await until(pilot, lambda: isinstance(app.screen, ExportScreen))
    await sees(pilot, "not sealed")


async def test_ones_own_notes_go_to_a_folder_that_is_suggested(app: KapApp, own_places: Path) -> None:
    with clock.at(dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)):
        async with app.run_test(size=BIG) as pilot:
            await takes_out(pilot, app, "Ana")
            await sees(pilot, "It holds your own notes and nobody else’s.")
            place = own_places / "journal-export-2026-03-12"
            assert not place.exists()
            await pilot.click("#write")
            await sees(pilot, "It is written.")
            assert str(app.screen.query_one("#meaning", Static).content).count(str(place)) == 1
            assert SECRET in "".join(file.read_text() for file in place.iterdir())


async def test_what_others_shared_goes_along_only_when_asked_and_by_name(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    with opened("Ben") as ben:
        ben.notes.add(NewNote("nobody but Ben", date=dt.date(2026, 3, 4)))
        ben.notes.add(NewNote("from Ben", date=dt.date(2026, 3, 4), share="Ana"))
    dest = tmp_path / "all.md"
    async with app.run_test(size=BIG) as pilot:
        await takes_out(pilot, app, "Ana")
        await pilot.press("space", "down", "space")
        await sees(pilot, "your own notes, and what Ben shared with you.")
        field = app.screen.query_one("#dest", Field)
        await until(pilot, lambda: field.value.endswith(".md"))
        field.value = str(dest)
        await pilot.click("#write")
        await sees(pilot, "It is written.")
    written = dest.read_text()
    assert "from Ben" in written
    assert SECRET in written
    assert "nobody but Ben" not in written


async def test_what_is_there_is_replaced_only_when_said(app: KapApp, tmp_path: Path) -> None:
    dest = tmp_path / "mine.md"
    dest.write_text("precious")
    async with app.run_test(size=BIG) as pilot:
        await takes_out(pilot, app, "Ana")
        await pilot.press("space")
        app.screen.query_one("#dest", Field).value = str(dest)
        await pilot.click("#write")
        await sees(pilot, "is there already and stays as it is")
        assert "--" not in painted(app)
        assert dest.read_text() == "precious"
        app.screen.query_one("#how").focus()
        await pilot.press("down", "down", "space")
        await until(pilot, lambda: not app.screen.query_one("#write").has_class("-active"))
        await pilot.click("#write")
        await sees(pilot, "It is written.")
        assert SECRET in dest.read_text()


async def test_only_notes_of_the_ticked_sessions(app: KapApp, opened: Open, tmp_path: Path) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("in the room", session=1))
        ana.notes.add(NewNote("long before", date=dt.date(2026, 2, 1)))
    async with app.run_test(size=BIG) as pilot:
        await takes_out(pilot, app, "Ana")
        await sees(pilot, "Session 1")
        await pilot.press("tab", "tab", "tab", "space")
        app.screen.query_one("#dest", Field).value = str(tmp_path / "out")
        await pilot.click("#write")
        await sees(pilot, "It is written.")
    text = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    assert "in the room" in text
    assert SECRET in text  # of the days after the session, where the course shows it
    assert "long before" not in text


async def test_with_nothing_to_take_it_says_so_and_writes_nothing(app: KapApp, own_places: Path) -> None:
    async with app.run_test(size=BIG) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 1")
        await pilot.press("x")
        await sees(pilot, "There is no note to export.")
        await pilot.click("#write")
        await until(pilot, lambda: painted(app).count("There is no note to export.") == 2)
        assert not list(own_places.glob("journal-export*"))
        await pilot.press("escape")
        await sees(pilot, "The course")


async def test_a_lock_takes_the_room_away(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("x")
        await sees(pilot, "Take notes out")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "Take notes out" not in painted(app)


def test_leaving_while_an_export_is_written_takes_it_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over = threading.Event(), threading.Event()

    def writes() -> None:
        with staging.folder_beside(tmp_path / "out") as folder:
            (folder / "page").write_text(SECRET)
            begun.set()
            over.wait()

    def ends(code: int) -> NoReturn:
        assert list(tmp_path.iterdir()) == []
        raise SystemExit(code)

    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(KapApp, "run", lambda *_, **__: None)
    monkeypatch.setattr(os, "_exit", ends)
    thread = threading.Thread(target=writes)
    thread.start()
    begun.wait()
    try:
        with pytest.raises(SystemExit):
            show(LaunchRequest(None, None, ""))
    finally:
        over.set()
        thread.join()
