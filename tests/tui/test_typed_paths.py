"""A path that a person types may be anything; the program stays, and says so."""

import threading
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList

from kapjournal.config import Loaded, Settings
from kapjournal.tui.screens.choose_journal import ChooseJournalScreen
from kapjournal.tui.screens.create import CreateScreen
from kapjournal.tui.screens.join import JoinScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

NO_PATH = "That cannot be the path of a file."
LONG = "x" * 300
OWN = "long enough words to keep"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("~nobodyhere/x", NO_PATH),
        ("a\0b", NO_PATH),
        ("/", "There is no such file."),
        (LONG, "longer than a path can be here"),
        ("", "Say where the file is."),
    ],
)
async def test_no_file_to_open(app: KapApp, text: str, said: str) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await app.push_screen(ChooseJournalScreen([]))
        field = app.screen.query_one(Field)
        field.value = text
        field.focus()
        await pilot.press("enter")
        await sees(pilot, said)


@pytest.mark.parametrize("screen", [CreateScreen, JoinScreen])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("~nobodyhere/x", NO_PATH),
        ("a\0b", NO_PATH),
        ("/", "That is a folder; say the name of the file as well."),
        ("", "Say where the file is."),
    ],
)
async def test_no_place_for_a_journal(
    app: KapApp, screen: type[CreateScreen | JoinScreen], text: str, said: str
) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await app.push_screen(screen())
        form = app.screen
        for name, value in {"code": "a b c d e f", "label": "Zoe", "own": OWN, "again": OWN}.items():
            for field in form.query(f"#{name}").results(Field):
                field.value = value
        form.query_one("#file", Field).value = text
        await pilot.pause()
        form.query_one("#do", Button).press()
        await sees(pilot, said)


@pytest.mark.parametrize(
    ("text", "said"), [("~nobodyhere/x", NO_PATH), ("a\0b", NO_PATH), ("", "Say where to write it.")]
)
async def test_no_place_for_an_export(app: KapApp, text: str, said: str) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("x")
        await sees(pilot, "Take notes out")
        field = app.screen.query_one("#dest", Field)
        field.value = text
        field.focus()
        await pilot.press("enter", "enter")
        await sees(pilot, said)


async def test_a_slow_folder_keeps_nobody_from_typing(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, looked = threading.Event(), list[str]()

    def slowly(path: Path) -> bool:
        looked.append(path.name)
        gate.wait(60)
        return "last" in path.name

    monkeypatch.setattr("kapjournal.paths.is_synced", slowly)
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await app.push_screen(JoinScreen())
        field = app.screen.query_one("#file", Field)
        for text in ("first", "second", "third", "last"):
            field.value = text
            await pilot.pause(0.05)
        assert looked == ["first"]
        assert "synced folder" not in painted(app)
        gate.set()
        await until(pilot, lambda: app.screen.query_one("#synced").display)
    assert looked == ["first", "last"]


async def test_it_starts_in_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    app = KapApp(Loaded(Settings()), theme.load_all())
    async with app.run_test() as pilot:
        await sees(pilot, "Start a journal")
        app.screen.query_one(OptionList).highlighted = 3
        await pilot.press("enter")
        await sees(pilot, "Which journal?")
