"""Searching with choices that narrow it, and leaving it again."""

import datetime as dt
from collections.abc import Callable

from textual.widgets import Select

from kapjournal.domain.narrowing import choices
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.search import SearchScreen
from kapjournal.tui.widgets.field import Field
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import Seat, enters, painted, sees, types, until

Open = Callable[[str], Journal]


async def searches(seat: Seat, app: KapApp) -> None:
    await enters(seat, "Ana", PASSPHRASES["Ana"])
    await sees(seat, "Hallway")
    await seat.press("slash")
    await until(seat, lambda: isinstance(app.screen, SearchScreen))
    await sees(seat, "any kind")


async def chooses(app: KapApp, seat: Seat, name: str, value: object) -> None:
    select = app.screen.query_one(f"#{name}", Select)
    await until(seat, lambda: len(select._options) > 1)
    select.value = value


async def test_a_choice_alone_shows_its_notes_and_narrows_words(app: KapApp) -> None:
    async with app.run_test() as seat:
        await searches(seat, app)
        await chooses(app, seat, "kind", NoteKind.APPRECIATION)
        await sees(seat, "By the car")
        assert "Hallway" not in painted(app)
        await types(seat, "light")
        await sees(seat, "Nothing you can read fits all of this.")
        app.screen.query_one("#kind", Select).clear()
        await sees(seat, "Hallway")


async def test_escape_clears_then_leaves(app: KapApp) -> None:
    async with app.run_test() as seat:
        await searches(seat, app)
        await chooses(app, seat, "by", "Ana")
        await types(seat, "marz")
        await sees(seat, "Only you The marzipan light")
        await seat.press("escape")
        await until(seat, lambda: "marzipan" not in painted(app))
        assert app.screen.query_one(Field).value == ""
        await sees(seat, "anybody")
        await seat.press("escape")
        await sees(seat, "The course")


async def test_keys_and_mouse_reach_the_choices(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("tagged", title="With a tag", tags=("fog",)))
    async with app.run_test() as seat:
        await searches(seat, app)
        await sees(seat, "any tag")
        await seat.press("tab", "tab", "tab", "tab", "enter")
        await sees(seat, "#fog")
        await seat.press("down", "enter")
        await sees(seat, "With a tag")
        await seat.press("escape")
        await until(seat, lambda: "With a tag" not in painted(app))
        await seat.click("#by")
        await until(seat, lambda: app.screen.query_one("#by", Select).expanded)
        await sees(seat, "│anybody")
        await seat.click(offset=(5, 8))
        await sees(seat, "By the car")


def test_only_what_one_can_read_is_offered(opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("mine", tags=("Fog",), session=1, date=dt.date(2026, 3, 2)))
    with opened("Ben") as ben:
        ben.notes.add(NewNote("his", kind=NoteKind.PARTS, tags=("secret",)))
    with opened("Ana") as ana:
        offered = choices(ana.notes.all(), ana.members.all(), ana.sessions.all())
    assert (offered.by, offered.session, offered.tag) == (["Ana"], [1], ["Fog"])
    assert offered.kind == [NoteKind.APPRECIATION, NoteKind.PAGE]
    with opened("Dr Lee") as lee:
        assert choices(lee.notes.all(), lee.members.all(), lee.sessions.all()).by == []
