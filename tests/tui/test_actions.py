import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.visual import VisualType
from textual.widgets import Button

from kapjournal.config import Loaded, Settings
from kapjournal.journal import Journal
from kapjournal.tui import actions, modals, screens
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.widgets.key_footer import KeyFooter
from tests.tui.app_pilot import enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to
from tests.tui.test_palette import hits_of


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
    everywhere.discard("leave_couple")  # which stands there in a couple's journal of a practice alone
    assert len(everywhere | {action.method for action in actions.of(room) if room in action.footer}) <= 5


def test_no_key_does_two_things_in_one_room() -> None:
    for room in sorted({room for action in actions.ACTIONS for room in action.screens}):
        keys = [key for action in actions.of(room) for key in action.keys.split(",")]
        assert len(keys) == len(set(keys)), (room, sorted(key for key in keys if keys.count(key) > 1))


@pytest.mark.parametrize("room", [room for room in rooms() if issubclass(room, AppScreen)])
def test_every_room_is_explained_in_sentences(room: type[AppScreen]) -> None:
    assert room.HELP.endswith(".")


async def test_the_palette_offers_the_registry_and_no_screenshot(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        hits = [str(hit.text) async for hit in Commands(app.screen).discover()]
        assert "Write a new note." in hits
        assert "Use the theme “dawn” (light)." in hits
        assert not [hit for hit in hits if "screenshot" in hit.lower()]
        await pilot.press("ctrl+p")
        await sees(pilot, "Search all you can read.")


async def test_the_palette_knows_what_people_call_things(app: KapApp) -> None:
    expected = {
        "export": "x       Take notes out, into files of your own.",
        "settings": ",       Colours, lock time, country, keys.",
        "help": "F1      Explain this screen.",
        "quit": "Ctrl+Q  Leave at once, clear the screen.",
        "backup": "B       Make a sealed copy of the whole journal.",
        "check": "v       Look whether all is as its author left it.",
        "password": "F9      Change your passphrase.",
        "history": "h       Go through the earlier versions of this note.",
        "delete": "Delete  Delete this note, for all its readers.",
        "withdraw": "w       Stop sharing this note with someone.",
    }
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        assert {typed: (await hits_of(app, typed))[0] for typed in expected} == expected
        verify = await hits_of(app, "verify")
        assert "p       See who is in this journal, invite, compare." in verify
        assert [hit for hit in await hits_of(app, "drafts discard") if not hit.startswith(" ")] == []
        assert (await hits_of(app, "setings"))[0] == expected["settings"]


async def test_the_palette_of_a_note_also_offers_what_concerns_the_whole_journal(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        await pilot.press("ctrl+p")
        await types(pilot, "settings")
        await sees(pilot, "Colours, lock time")
        await pilot.press("enter")
        await comes_to(pilot, "settings")
        await pilot.press("escape")
        await comes_to(pilot, "reader")


async def test_over_a_form_that_holds_words_to_keep_the_palette_leads_nowhere_else(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("n")
        await comes_to(pilot, "editor")
        (hit,) = await hits_of(app, "export")
        assert hit.endswith("Go back to the course first.")


async def test_a_note_can_be_deleted_from_the_list_where_it_is_seen_first(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("delete")
        await sees(pilot, "Delete this note?")
        assert app.front_screen.NAME == "reader"
        app.screen.query_one("#yes", Button).press()
        await comes_to(pilot, "course")
        await until(pilot, lambda: "By the car" not in painted(app))


async def test_at_the_doors_every_way_in_has_a_key_and_is_in_the_palette(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "I forgot my passphrase")
        assert (await hits_of(app, "forgot"))[0].startswith("F3 ")
        assert (await hits_of(app, "backup"))[0].startswith("F6 ")
        assert (await hits_of(app, "join"))[0].startswith("F4 ")
        await pilot.press("f6")
        await comes_to(pilot, "restore")


def footer_of(app: KapApp) -> list[str]:
    footer = app.screen.query_one(KeyFooter)
    return painted(app).splitlines()[footer.region.y : footer.region.bottom]


@pytest.mark.parametrize("who", ["Ana", "Dr Lee"])
async def test_a_wide_footer_has_everything_that_can_be_done(
    app: KapApp, opened: Callable[[str], Journal], who: str
) -> None:
    with opened("Ana") as ana:
        ana.notes.share(ana.notes.all()[0].id, "Dr Lee")
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, who, PASSPHRASES[who])
        for room in ("course", "reader", "people"):
            await pilot.press(*{"course": [], "reader": ["enter"], "people": ["escape", "p"]}[room])
            await comes_to(pilot, room)
            await sees(pilot, "^Q quit")
            said = " ".join(footer_of(app))
            for action, _ in app.available_actions(app.front_screen):
                moves = action.keys in ("left", "right")
                assert moves or f" {action.label} " in said, action.label


async def test_a_footer_fills_the_width_with_the_most_needed_first(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await sees(pilot, "n write / search s share ^L lock F1 help ^G crisis ^Q quit")
        (line,) = footer_of(app)
        assert line.rstrip().endswith("^P all")
        await pilot.resize_terminal(50, 24)
        await until(pilot, lambda: "^Q quit" not in painted(app))
        assert "n write" in painted(app)
        await pilot.resize_terminal(140, 40)
        await until(pilot, lambda: len(footer_of(app)) > 1)


async def test_what_stands_above_the_footer_stays_where_it_is(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "w withdraw")
        rows = len(footer_of(app))
        await pilot.press("up")  # to a note that is shared with nobody
        await until(pilot, lambda: "w withdraw" not in painted(app))
        assert len(footer_of(app)) == rows


async def test_a_key_of_the_footer_can_be_clicked(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "/ search")
        (line,) = footer_of(app)
        await pilot.click(offset=(line.index("/ search") + 3, 23))
        await comes_to(pilot, "search")


async def test_help_explains_the_screen(app: KapApp) -> None:
    async with app.run_test(size=(80, 70)) as pilot:
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
    whole = KeyFooter.update

    def update(self: KeyFooter, content: VisualType = "", *, layout: bool = True) -> None:
        composed.append(self)
        whole(self, content, layout=layout)

    monkeypatch.setattr(KeyFooter, "update", update)
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
