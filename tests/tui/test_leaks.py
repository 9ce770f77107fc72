"""What the program must not leave behind, or let out, while it runs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.screen import Screen

from kapjournal.journal import Journal
from kapjournal.tui import actions
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import SECRET, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.test_actions import rooms

TEXTUALS_OWN = {"focus_next", "focus_previous", "copy_text", "how_to_leave", "dismiss"}
"""What Textual binds on every screen and we leave: moving on, copying (inside the program)."""


async def test_no_key_leads_to_a_picture_of_the_screen(
    app: KapApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    taken: list[str] = []
    for name in ("save_screenshot", "export_screenshot", "deliver_screenshot", "deliver_text"):
        monkeypatch.setattr(KapApp, name, lambda *_, name=name, **__: taken.append(name))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        bound = {one.binding.action for one in app.screen.active_bindings.values()}
        assert not [action for action in bound if "screenshot" in action]
        await pilot.press("ctrl+s", "ctrl+shift+s", "f5", "print_screen")
        await pilot.pause()
    assert taken == []


@pytest.mark.parametrize("room", rooms())
def test_a_room_binds_nothing_but_the_registry(room: type[Screen[None]]) -> None:
    ours = {action.method for action in actions.ACTIONS}
    bound = {one.action for _, one in room._merge_bindings()}
    assert {action.rpartition(".")[2] for action in bound} - ours <= TEXTUALS_OWN


def test_the_app_binds_nothing_but_the_registry() -> None:
    bound = {one.action for ones in KapApp._merge_bindings().key_to_bindings.values() for one in ones}
    assert bound - {action.method for action in actions.ACTIONS} == {"how_to_leave"}


async def test_a_lock_takes_the_palette_and_what_was_said_along(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        app.notify(f"“{SECRET}” was found")
        await pilot.press("ctrl+p", *SECRET)
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await sees(pilot, SECRET)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        await sees(pilot, "Dr Lee")
        assert SECRET not in painted(app)
        assert [type(screen) for screen in app.screen_stack] == [Screen, DoorsScreen]
        assert not list(app._notifications)


async def test_a_lock_empties_what_was_typed_into_a_dialog_and_a_search(app: KapApp) -> None:
    async with app.run_test(size=(124, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("slash", *SECRET)
        field = app.screen.query_one(Field)
        await sees(pilot, "Hallway")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        assert not field.is_attached
        assert all(field.value == "" for field in app.screen.query(Field))
        await sees(pilot, "Dr Lee")
        assert SECRET not in painted(app)


async def test_a_panic_prints_none_of_what_it_is_about(
    app: KapApp, opened: Callable[[str], Journal], capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", *"words")
        await sees(pilot, "words")
        app.panic(f"could not draw {SECRET}")
    assert SECRET not in app.crash
    assert SECRET not in "".join(capsys.readouterr())
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["words"]


def test_nothing_of_ours_names_a_picture_of_the_screen() -> None:
    tui = Path(actions.__file__).parent
    for source in tui.rglob("*.py"):
        code = re.sub(r'""".*?"""', "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "screenshot" not in code, source.name
