"""Own prompts above a page: they stand after ours, are changed from there, and taken like any other."""

from collections.abc import Callable

from textual.widgets import Button

from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.modals.own_prompts import OwnPromptsModal
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


async def test_they_are_changed_from_the_page_and_taken_as_a_heading(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("ctrl+n")
        await comes_to(pilot, "editor")
        await sees(pilot, "F5 next")
        await until(pilot, lambda: app.screen._around)  # type: ignore[attr-defined]
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, OwnPromptsModal))
        await types(pilot, "Kettle\nLake [now]")
        app.screen.query_one("#use", Button).press()
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await pilot.press("f4")
        await sees(pilot, "Yours: Lake [now]")
        await pilot.press("f9")
        await until(pilot, lambda: app.screen.query_one(WritingArea).body == "## Lake [now]\n\n")
    with opened("Ana") as ana, opened("Ben") as ben:
        assert ana.own_prompts.all().of(NoteKind.PAGE) == ("Kettle", "Lake [now]")
        assert not ben.own_prompts.all().by_kind


async def test_one_that_is_too_long_is_said_and_stays_in_the_dialog(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("ctrl+n")
        await comes_to(pilot, "editor")
        await until(pilot, lambda: app.screen._around)  # type: ignore[attr-defined]
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, OwnPromptsModal))
        app.screen.query_one(WritingArea).load_text("x" * 200)
        app.screen.query_one("#use", Button).press()
        await sees(pilot, "144 characters")
        assert isinstance(app.screen, OwnPromptsModal)


async def test_the_key_that_ends_a_page_keeps_them(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("ctrl+n")
        await comes_to(pilot, "editor")
        await until(pilot, lambda: app.screen._around)  # type: ignore[attr-defined]
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, OwnPromptsModal))
        await types(pilot, "Which song was it?")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
    with opened("Ana") as ana:
        assert ana.own_prompts.all().of(NoteKind.PAGE) == ("Which song was it?",)
