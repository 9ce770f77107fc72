"""Searching with filter_options that narrow it, and leaving it again."""

import datetime as dt
from collections.abc import Callable

from textual.widgets import Select

from kapjournal.domain.filters import filter_options
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.screens.search import SearchScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


async def searches(pilot: AppPilot, app: KapApp) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "Hallway")
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(app.screen, SearchScreen))
    await sees(pilot, "any kind")


async def chooses(app: KapApp, pilot: AppPilot, name: str, value: object) -> None:
    select = app.screen.query_one(f"#{name}", Select)
    await until(pilot, lambda: len(select._options) > 1)
    select.value = value


async def test_a_choice_alone_shows_its_notes_and_narrows_words(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await chooses(app, pilot, "kind", NoteKind.APPRECIATION)
        await sees(pilot, "By the car")
        assert "Hallway" not in painted(app)
        await types(pilot, "light")
        await sees(pilot, "Nothing you can read fits all of this.")
        app.screen.query_one("#kind", Select).clear()
        await sees(pilot, "Hallway")


async def test_escape_clears_then_leaves(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await chooses(app, pilot, "by", "Ana")
        await types(pilot, "marz")
        await sees(pilot, "Only you The marzipan light")
        await pilot.press("escape")
        await until(pilot, lambda: "marzipan" not in painted(app))
        assert app.screen.query_one(Field).value == ""
        await sees(pilot, "anybody")
        await pilot.press("escape")
        await sees(pilot, "The course")


async def test_keys_and_mouse_reach_the_filter_options(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("tagged", title="With a tag", tags=("fog",)))
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await sees(pilot, "any tag")
        await pilot.press("tab", "tab", "tab", "tab", "enter")
        await sees(pilot, "#fog")
        await pilot.press("down", "enter")
        await sees(pilot, "With a tag")
        await pilot.press("escape")
        await until(pilot, lambda: "With a tag" not in painted(app))
        await pilot.click("#by")
        await until(pilot, lambda: app.screen.query_one("#by", Select).expanded)
        await sees(pilot, "│anybody")
        await pilot.click(offset=(5, 8))
        await sees(pilot, "By the car")


def test_only_what_one_can_read_is_offered(opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("mine", tags=("Fog",), session=1, date=dt.date(2026, 3, 2)))
    with opened("Ben") as ben:
        ben.notes.add(NewNote("his", kind=NoteKind.PARTS, tags=("secret",)))
    with opened("Ana") as ana:
        offered = filter_options(ana.notes.all(), ana.members.all(), ana.sessions.all())
    assert (offered.by, offered.session, offered.tag) == (["Ana"], [1], ["Fog"])
    assert offered.kind == [NoteKind.APPRECIATION, NoteKind.PAGE]
    with opened("Dr Lee") as lee:
        assert filter_options(lee.notes.all(), lee.members.all(), lee.sessions.all()).by == []
