"""Searching with filter_options that narrow it, and leaving it again."""

import datetime as dt
from collections.abc import Callable

from textual.widgets import Select

from kapjournal.domain.filters import filter_options
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation import not_possible
from kapjournal.tui.screens.search import SearchScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.rendered_text import RenderedText
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


# what was found, in words and in its place


def a_long_note(opened: Open) -> None:
    with opened("Ana") as ana:
        body = "\n\n".join(f"Line {number}." for number in range(60)) + "\n\nA *lantern* here.\n\n"
        body += "\n\n".join(f"More {number}." for number in range(60)) + "\n\nThe lanterns there."
        ana.notes.add(NewNote(body, title="Long", date=dt.date(2026, 3, 5)))
        ana.notes.add(NewNote("One lantern.", title="Lantern", date=dt.date(2026, 3, 6)))


async def test_how_much_was_found_and_in_which_order_is_said(app: KapApp, opened: Open) -> None:
    a_long_note(opened)
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await types(pilot, "lantern")
        await sees(pilot, "4 places in 2 notes, the best first.")
        await pilot.press("escape")
        await until(pilot, lambda: "places" not in painted(app))
        await chooses(app, pilot, "by", "Ana")
        await sees(pilot, "4 notes, the latest first.")
        await types(pilot, "waited")
        await sees(pilot, "1 place in 1 note.")


async def test_a_note_is_opened_at_the_words_that_were_found(app: KapApp, opened: Open) -> None:
    a_long_note(opened)
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await types(pilot, "lantern")
        await sees(pilot, "4 places in 2 notes")
        await pilot.press("down")
        app.screen.query_one(NoteList).choose(next(row for row in rows_of(app) if row != best(app)))
        await pilot.press("enter")
        await sees(pilot, "A lantern here. More 0.")
        assert "Line 0." not in painted(app) and "The lanterns there." not in painted(app)
        assert marked_in(app) == ["lantern"]
        await sees(pilot, "Place 1 of 2. F3 shows the next.")
        await pilot.press("f3")
        await sees(pilot, "The lanterns there.")
        await sees(pilot, "Place 2 of 2.")
        await pilot.press("f3")
        await sees(pilot, "A lantern here. More 0.")
        await pilot.press("left_square_bracket")
        await sees(pilot, "One lantern.")
        assert marked_in(app) == ["lantern"]


def rows_of(app: KapApp) -> list[str]:
    return [option.id or "" for option in app.screen.query_one(NoteList).options]


def best(app: KapApp) -> str:
    return rows_of(app)[0]


def marked_in(app: KapApp) -> list[str]:
    """The words on the page that are shown as found."""
    page = app.screen.query_one(RenderedText)
    segments = [segment for row in range(page.size.height) for segment in page.render_line(row)]
    return [segment.text for segment in segments if segment.style and segment.style.underline]


async def test_a_wide_screen_shows_the_words_beside_the_list(app: KapApp, opened: Open) -> None:
    a_long_note(opened)
    async with app.run_test(size=(140, 30)) as pilot:
        await searches(pilot, app)
        await types(pilot, "lanterns there")
        await sees(pilot, "The lanterns there.")
        await until(pilot, lambda: "lanterns" in marked_in(app))


async def test_words_in_a_title_alone_open_the_note_from_its_beginning(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await types(pilot, "hallway")
        await sees(pilot, "1 place in 1 note.")
        await pilot.press("enter", "enter")
        await sees(pilot, "Tue 3 Mar 2026")
        await pilot.press("f3")
        await sees(pilot, "The words stand in its title or its tags.")


async def test_a_note_that_was_not_searched_for_has_no_next_place(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("enter")
        await sees(pilot, "Wed 4 Mar 2026")
        await pilot.press("f3")
        await sees(pilot, not_possible.NOTHING_SEARCHED)


async def test_what_was_added_to_a_signed_note_is_found_in_its_place(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        note = lee.notes.add(NewNote("\n\n".join(f"Line {n}." for n in range(60)), share="all"))
        lee.signing.sign(note.id, Signer("Dr Mina Lee", "LMFT"))
        lee.signing.add(
            note.id, AddendumKind.LATE_ENTRY, "Ben held a lantern.", "forgot", Signer("Dr Mina Lee", "")
        )
    async with app.run_test() as pilot:
        await searches(pilot, app)
        await types(pilot, "lantern")
        await sees(pilot, "1 place in 1 note.")
        await pilot.press("enter", "enter")
        await sees(pilot, "Ben held a lantern.")
        await until(pilot, lambda: marked_in(app) == ["lantern"])
