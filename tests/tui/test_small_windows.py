"""Windows of 40x12, where every screen is still of use, and smaller ones, where one sentence says why not."""

import pytest

from kapjournal.config import Loaded, Settings
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.screens.choose_journal import ChooseJournalScreen
from kapjournal.tui.screens.create import CreateScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.screens.join import JoinScreen
from kapjournal.tui.screens.welcome import WelcomeScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.too_small import SENTENCE
from tests.tui.app_pilot import AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

LOW = (40, 12)


async def goes_in(pilot: AppPilot, app: KapApp) -> None:
    """Open Ana's door where the list of doors may be out of sight."""
    await until(pilot, lambda: app.screen.query("#doors") and app.screen.query_one("#doors").display)
    app.screen.query_one("#doors").focus()
    await pilot.press("home", "enter")
    app.screen.query_one(Field).value = PASSPHRASES["Ana"]
    await pilot.press("enter")
    await until(pilot, lambda: app._journal is not None and app.front_screen.NAME == "course")


async def test_the_course_shows_stretches_and_a_note(app: KapApp) -> None:
    async with app.run_test(size=LOW) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the")
        await sees(pilot, "Session 1")


async def test_a_waiting_draft_leaves_room_for_the_notes(app: KapApp) -> None:
    async with app.run_test(size=LOW) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", *"words", "escape")
        await sees(pilot, "A draft waits")
        await sees(pilot, "By the")


async def test_the_editor_has_a_title_lines_to_write_on_and_its_keys(app: KapApp) -> None:
    async with app.run_test(size=LOW) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", *"light")
        await sees(pilot, "light")
        await sees(pilot, "Only you")
        await sees(pilot, "^S done")
        assert app.screen.query_one(WritingArea).size.height >= 6


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["m"], "Bring it in"),
        (["c"], "Write it"),
        (["enter", "f"], "Attach it"),
        (["slash"], "Search all you can read"),
        (["enter"], "You waited by the car."),
        (["comma"], "dusk"),
        (["f1"], "What this is"),
        (["s"], "Not now"),
        (["n", "f2"], "What goes with it"),
        (["ctrl+p"], "Search for commands"),
    ],
)
async def test_each_room_and_dialog_is_of_use(app: KapApp, keys: list[str], words: str) -> None:
    async with app.run_test(size=LOW) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the")
        await pilot.press(*keys)
        await pilot.pause()
        if keys == ["s"]:
            app.screen.query_one(".sheet").scroll_end(animate=False)
        await sees(pilot, words)


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (WelcomeScreen, "Start a journal"),
        (CreateScreen, "Start a journal"),
        (JoinScreen, "Join"),
        (lambda: ChooseJournalScreen([]), "Which journal?"),
    ],
)
async def test_each_room_before_a_door_is_of_use(app: KapApp, room: type[AppScreen], words: str) -> None:
    async with app.run_test(size=LOW) as pilot:
        await app.push_screen(room())
        await pilot.pause()
        app.screen.query_one("#body").scroll_home(animate=False)
        await sees(pilot, words)
        app.screen.query_one("#body").scroll_end(animate=False)
        await sees(pilot, "help")


@pytest.mark.parametrize("size", [(18, 5), (19, 24), (80, 5)])
async def test_a_window_smaller_than_that_says_so_and_keeps_the_page(
    app: KapApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", *"light")
        await sees(pilot, "light")
        await pilot.resize_terminal(*size)
        await sees(pilot, SENTENCE)
        assert "light" not in painted(app)
        await pilot.resize_terminal(80, 24)
        await sees(pilot, "light")
        await pilot.press("x")
        await sees(pilot, "lightx")
        assert isinstance(app.screen, EditorScreen)


async def test_every_room_says_so(app: KapApp) -> None:
    async with app.run_test(size=(18, 5)) as pilot:
        await sees(pilot, SENTENCE)
        await goes_in(pilot, app)
        await sees(pilot, SENTENCE)
        for keys in (["comma"], ["escape", "enter"], ["f1"]):
            await pilot.press(*keys)
            await sees(pilot, SENTENCE)


async def test_the_first_run_says_so_too(memory: object) -> None:
    app = KapApp(Loaded(Settings()), theme.load_all())
    async with app.run_test(size=(18, 5)) as pilot:
        await sees(pilot, SENTENCE)
