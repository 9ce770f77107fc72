"""A screen that is taken away while it comes: its parts are never there, and the program goes on."""

import asyncio

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.widgets import Static

from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.navigation.base_screen import BaseScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, sees
from tests.tui.conftest import PASSPHRASES


class _Comes(BaseScreen[None]):
    went = 0

    def compose(self) -> ComposeResult:
        with Vertical(), Vertical(id="within"):
            yield Static("Here.", id="words")

    def on_mount(self) -> None:
        self.query_one("#within").border_title = "Within"

    def on_screen_resume(self) -> None:
        self.query_one("#words", Static).update("Here again.")

    def on_unmount(self) -> None:
        self.went += 1


@pytest.mark.parametrize("end", ["it goes", "the program ends", "the program is asked to end"])
async def test_a_screen_that_goes_while_it_comes_is_not_begun(end: str) -> None:
    for turns in range(40):
        app, screen = App[None](), _Comes()
        async with app.run_test() as pilot:
            app.push_screen(screen)
            for _ in range(turns):
                await asyncio.sleep(0)
            if end == "it goes":
                await app.pop_screen()
                await pilot.pause()
            elif end == "the program is asked to end":
                app.exit()
        assert screen.went == 1


async def test_a_key_that_comes_as_the_program_ends_does_nothing(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await app.screen.remove_children()
        app._running = False  # as Textual says it before the first part goes
        await app.on_event(events.Key("question_mark", "?"))
        app._running = True
    await app.on_event(events.Key("question_mark", "?"))


class _LooksUp(Static):
    goes = True

    def on_mount(self) -> None:
        self._pruning = self.goes
        self.query_one("#gone")


class _Stays(_LooksUp):
    goes = False


async def test_what_a_part_does_not_find_as_it_goes_is_no_defect(app: KapApp) -> None:
    async with app.run_test():
        await app.screen.mount(_LooksUp())
    assert app.crash == ""


async def test_what_a_part_that_stays_does_not_find_is_one(app: KapApp) -> None:
    with pytest.raises(NoMatches):
        async with app.run_test():
            await app.screen.mount(_Stays())
    assert app.crash != ""


async def test_a_page_forgets_its_words_when_no_screen_is_left(app: KapApp) -> None:
    async with app.run_test() as pilot:
        area = WritingArea("A river.\nA hill.", placeholder="")
        await app.screen.mount(area)
        area.move_cursor((1, 2))
        await pilot.pause()
    area.load_text("Two rivers.\nA hill.")
    area.empty()
    assert area.text == ""


async def test_a_page_that_goes_forgets_how_its_words_were_painted(app: KapApp) -> None:
    """Textual knows a text area until the colours change next."""
    async with app.run_test() as pilot:
        area = WritingArea("A river.", placeholder="")
        await app.screen.mount(area)
        await sees(pilot, "A river.")
        assert area._styles_cache._cache
    assert not area._styles_cache._cache
