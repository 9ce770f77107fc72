import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding

from kapjournal.config import Loaded, Settings
from kapjournal.tui import actions, modals, screens
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.widgets.key_footer import KeyFooter
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES


def rooms() -> list[Any]:
    """Every screen and dialog that has a place in the registry."""
    found = set()
    for package in (screens, modals):
        for module in pkgutil.iter_modules(package.__path__):
            members = vars(importlib.import_module(f"{package.__name__}.{module.name}")).values()
            classes = [member for member in members if isinstance(member, type)]
            found |= {member for member in classes if issubclass(member, AppScreen | Dialog) and member.NAME}
    return sorted(found, key=lambda room: str(room.__name__))


@pytest.mark.parametrize("room", rooms())
def test_every_action_of_a_room_has_its_method(room: type[AppScreen]) -> None:
    for action in actions.of(room.NAME):
        assert callable(getattr(room, f"action_{action.method}", None)), action.method


def test_every_action_everywhere_has_its_method() -> None:
    for action in actions.of(actions.APP):
        assert callable(getattr(KapApp, f"action_{action.method}", None)), action.method


def test_every_binding_has_the_id_of_its_action_and_a_description() -> None:
    assert len(actions.BY_ID) == len(actions.ACTIONS)
    for action in actions.ACTIONS:
        for room in action.screens:
            every = [one for one in actions.bindings(room) if isinstance(one, Binding)]
            bound = [one for one in every if one.id == action.id]
            assert [one.action for one in bound] == [action.method]
            assert all(one.description and one.tooltip for one in bound)


def test_a_sentence_names_the_key_a_person_chose() -> None:
    assert actions.with_keys("Press {write} or {quit}.", {}) == "Press n or Ctrl+Q."
    assert actions.with_keys("Press {write} or {quit}.", {"write": "ctrl+w"}) == "Press Ctrl+W or Ctrl+Q."


async def test_a_key_can_be_changed_by_its_actions_name(journal_file: Path, memory: Path) -> None:
    keys = {"search": "z", "dance": "y"}
    app = KapApp(Loaded(Settings(keys=keys)), theme.load_all(), path=journal_file, record_folder=memory)
    async with app.run_test(size=(140, 40)) as pilot:
        await sees(pilot, "There is no action “dance”")
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "z search")
        await pilot.press("slash")
        assert app.front_screen.NAME == "course"
        await pilot.press("z")
        await sees(pilot, "Search all you can read")
        assert app.front_screen.NAME == "search"


@pytest.mark.parametrize("room", sorted({room for action in actions.ACTIONS for room in action.screens}))
def test_no_footer_has_more_than_five_keys(room: str) -> None:
    everywhere = {action.method for action in actions.of(actions.APP) if actions.APP in action.footer}
    assert len(everywhere | {action.method for action in actions.of(room) if room in action.footer}) <= 5


@pytest.mark.parametrize("room", [room for room in rooms() if issubclass(room, AppScreen)])
def test_every_room_is_explained_in_sentences(room: type[AppScreen]) -> None:
    assert room.HELP.endswith(".")


async def test_the_palette_offers_the_registry_and_no_screenshot(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        hits = [str(hit.display) async for hit in Commands(app.screen).discover()]  # type: ignore[union-attr]
        assert "Write a new note." in hits
        assert "Use the theme “dawn”." in hits
        assert not [hit for hit in hits if "screenshot" in hit.lower()]
        await pilot.press("ctrl+p")
        await sees(pilot, "Search all you can read.")


async def test_help_explains_the_screen(app: KapApp) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("question_mark")
        await sees(pilot, "On the left is the course")
        assert "Ctrl+L" in painted(app)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (140, 40)])
async def test_the_course_fits(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await sees(pilot, "^L lock")
        screen = painted(app)
        assert "You and Ben" in screen
        assert ("You waited by the car." in screen.replace("…", "")) or size[0] < 120


def test_the_first_paint_imports_nothing_of_the_journal() -> None:
    code = (
        "import sys, kapjournal.tui.shell.app, kapjournal.tui.screens.doors\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'cryptography', 'kapjournal.journal', 'markdown_it', 'PIL'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_screen_decodes_pictures_itself() -> None:
    code = (
        "import sys, kapjournal.journal, kapjournal.tui.screens.reader, kapjournal.tui.screens.attach\n"
        "sys.exit('PIL' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


async def test_the_footer_is_composed_anew_only_when_a_key_in_it_changes(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = []
    whole = KeyFooter.recompose

    async def recompose(self: KeyFooter) -> None:
        composed.append(self)
        await whole(self)

    monkeypatch.setattr(KeyFooter, "recompose", recompose)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.pause()
        composed.clear()
        await pilot.press("up", "up", "down")
        assert composed == []
        await pilot.press("p")
        await until(pilot, lambda: "compare" in painted(app).splitlines()[-1])
        await pilot.press("down")  # from Dr Lee to Ana, who has nothing to compare with herself
        await until(pilot, lambda: "compare" not in painted(app).splitlines()[-1])
