"""What takes long on a screen says how far it is, and Escape gives it up; nothing half is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button

from kapjournal import journal as journals
from kapjournal.errors import CannotSave, GivenUp
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.attachments import Attachments
from kapjournal.journal.copies import Copies
from kapjournal.journal.vault.search_index import SearchIndex
from kapjournal.presentation import progress
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.stopping import Stopping
from kapjournal.tui.widgets.field import Field
from tests.attached import file_of
from tests.tui.app_pilot import AppPilot, Held, app_of, enters, sees, slow, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.copies_steps import OpenElsewhere, elsewhere
from tests.tui.people_steps import comes_to

__all__ = ["elsewhere"]
Open = Callable[[str], Journal]

GIVEN_UP = str(GivenUp())


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def gives_up(pilot: AppPilot, held: Held) -> None:
    """Stop what a form does, while it waits."""
    back = app_of(pilot).screen.query_one("#back", Button)
    await until(pilot, lambda: str(back.label) == "Stop")
    await pilot.press("escape")
    await sees(pilot, "Stopping…")
    held.gate.set()
    await sees(pilot, GIVEN_UP)
    assert str(back.label) == "Back"


async def test_a_merge(
    app: KapApp, opened: Open, elsewhere: OpenElsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere("Ben") as ben:
        ben.notes.add(NewNote("from the road", share="Ana"))
    before = files(tmp_path / "elsewhere")
    held = slow(monkeypatch, Copies, "merge")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("m")
        await comes_to(pilot, "merge")
        app.screen.query_one("#file", Field).value = str(tmp_path / "elsewhere" / "us.kap")
        await pilot.press("enter")
        await gives_up(pilot, held)
        await pilot.press("escape")
        await comes_to(pilot, "course")
    assert files(tmp_path / "elsewhere").keys() == before.keys()
    for door in (opened, elsewhere):
        with door("Ana") as ana:
            assert ana.check().is_clean
    with opened("Ana") as ana:
        assert "from the road" not in {note.text.body for note in ana.notes.all()}


async def test_a_copy(app: KapApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    held = slow(monkeypatch, Copies, "for_own_computer")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        app.screen.action_copy()  # type: ignore[attr-defined]
        await comes_to(pilot, "copy")
        app.screen.query_one("#file", Field).value = str(stick / "mine.kap")
        await pilot.press("enter")
        await gives_up(pilot, held)
    assert not list(stick.iterdir())


async def test_an_attachment(
    app: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Attachments, "attach")
    async with app.run_test(size=(120, 36)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("end", "enter")
        await comes_to(pilot, "reader")
        await pilot.press("f")
        await comes_to(pilot, "attach")
        app.screen.query_one("#file", Field).value = str(file_of(tmp_path, bytes(3_000_000)))
        await pilot.press("enter")
        await gives_up(pilot, held)
    with opened("Ana") as ana:
        assert not any(note.files for note in ana.notes.all())


async def test_a_check_says_how_far_it_is_and_ends_when_it_is_left(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LARGE", 1)
    ended: list[str] = []
    looked, held = Journal.check, Held()

    def check(journal: Journal, follow: Callable[[int, int], object]) -> object:
        follow(1, 3)
        held.gate.wait()
        try:
            return looked(journal, follow)
        except GivenUp as error:
            ended.append(str(error))
            raise

    monkeypatch.setattr(Journal, "check", check)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        app.screen.action_check()  # type: ignore[attr-defined]
        await sees(pilot, "Looking… 25 % of 3 bytes.")
        await pilot.press("escape")
        await comes_to(pilot, "course")
        held.gate.set()
        await until(pilot, lambda: ended == [GIVEN_UP])


async def test_a_search_that_waits_for_the_index_says_how_far_it_is(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LARGE", 1)
    held, put_in, count = Held(), SearchIndex._put_in, 0

    def waits(index: SearchIndex, one: Any) -> None:
        nonlocal count
        count += 1
        if count == 2:
            held.gate.wait()
        put_in(index, one)

    monkeypatch.setattr(SearchIndex, "_put_in", waits)
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("slash")
        await comes_to(pilot, "search")
        await types(pilot, "hallw")
        await sees(pilot, "The notes are made ready to be searched:")
        await pilot.press("escape")
        assert app.screen.query_one(Field).value == ""
        await types(pilot, "hallw")
        held.gate.set()
        await sees(pilot, "Hallway")
        await until(pilot, lambda: app.screen.query_one("StatusLine").is_silent)  # type: ignore[attr-defined]


async def test_an_opening_says_how_far_it_is_and_the_door_stays(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LARGE", 1)
    held, unlock = Held(), journals.unlock

    def waits(*args: Any, follow: Callable[[int, int], object], **named: Any) -> Journal:
        follow(1, 3)
        held.gate.wait()
        return unlock(*args, follow=follow, **named)

    monkeypatch.setattr(journals, "unlock", waits)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        doors = app.screen
        await sees(pilot, "Ben")
        await pilot.press("enter")
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Opening… 25 % of 3 bytes. Escape stops it.")
        await pilot.press("escape")
        await sees(pilot, "Stopping…")
        held.gate.set()
        await sees(pilot, GIVEN_UP)
        await until(pilot, lambda: app.screen is doors and doors.query_one(Field).has_focus)
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "The course")


def test_a_pdf_that_was_stopped_is_not_said_to_have_failed() -> None:
    stopping = Stopping(str)

    @stopping.heard()
    def make() -> None:
        stopping.begun(lambda: None)
        raise CannotSave("no PDF")

    stopping.begin()
    with pytest.raises(CannotSave):
        make()
    stopping.stop()
    with pytest.raises(GivenUp):
        make()
