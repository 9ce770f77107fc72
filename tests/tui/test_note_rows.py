"""Where things stand in the rows of a list: the same place in every row, at every width."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from functools import partial

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]

ROWS = [
    NoteRow("3 Mar", Content("Hallway"), Content("The light was on."), "◌", "Only you", "$success"),
    NoteRow(
        "14 Nov",
        Content("A title that is far longer than any list is wide, and goes on and on"),
        Content("A body as long as that, which also goes on for longer than there is room"),
        "◍",
        "You and Dr Lee",
        "$accent",
        author="Cleo · new",
    ),
    NoteRow(
        "15 Nov",
        Content(""),
        Content("Feet fine and knees are knees and the jaw is tight, always on the left side of it"),
        "◍",
        "You and Ben",
        "$accent",
        author="Dora",
    ),
]


class Rows(App[None]):
    """A list and nothing else."""

    def __init__(self, times: int = 1) -> None:
        super().__init__()
        self._times = times

    def compose(self) -> ComposeResult:
        yield NoteList()

    def on_mount(self) -> None:
        rows = ROWS * self._times
        self.query_one(NoteList).show((str(at), partial(copy, row)) for at, row in enumerate(rows))

    @property
    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips(self.size)
        return [strip.text for strip in strips]


def column_of(lines: list[str], words: str) -> int:
    return next(line.index(words) for line in lines if words in line)


@pytest.mark.parametrize("width", [30, 44, 50, 52, 76, 100])
async def test_readers_and_author_have_one_place(width: int) -> None:
    app = Rows()
    async with app.run_test(size=(width, 12)):
        lines = app.lines
        readers = {column_of(lines, words) for words in ("◌ Only you", "◍ You and Dr Lee", "◍ You and Ben")}
        authors = {column_of(lines, words) for words in ("Cleo", "Dora") if width >= 44}
        assert len(readers) == 1
        assert len(authors) == (width >= 44)
        if width >= 52:
            assert authors == readers
        assert {column_of(lines, day) + len(day) for day in ("3 Mar", "14 Nov", "15 Nov")} == {7}


@pytest.mark.parametrize("width", [30, 44, 60, 100])
async def test_the_words_of_a_note_without_a_title_have_nobody_in_the_middle(width: int) -> None:
    app = Rows()
    async with app.run_test(size=(width, 12)):
        said = " ".join(" ".join(line.split()) for line in app.lines)
        left = " ".join(
            line[9 : column_of(app.lines, "◍ You and Ben") - 1].strip() for line in app.lines[7:9]
        )
        assert "Ben Feet" not in said
        assert "Ben · " not in said
        if width >= 52:
            assert left.startswith("Feet fine and knees are knees")


@pytest.mark.parametrize("width", [30, 44])
async def test_what_is_cut_says_so(width: int) -> None:
    app = Rows()
    async with app.run_test(size=(width, 12)):
        for words in ("A title that is", "Feet fine and knees"):
            assert next(line.rstrip() for line in app.lines if words in line).endswith("…")


async def test_nothing_moves_when_a_list_begins_to_scroll() -> None:
    short, long = Rows(), Rows(times=20)
    async with short.run_test(size=(60, 12)), long.run_test(size=(60, 12)) as pilot:
        await pilot.press("home")
        await pilot.pause()
        assert long.query_one(NoteList).show_vertical_scrollbar
        assert [line[:58] for line in long.lines[1:9]] == [line[:58] for line in short.lines[1:9]]


async def test_a_wide_search_shows_the_chosen_note_beside_the_list(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("A second car.\n\nIt was green.", title="Garage", date=dt.date(2026, 3, 5)))
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Garage")
        assert "─ The note ─" in painted(app)
        await pilot.press("slash", *"green")
        await sees(pilot, "─ The note ─")
        await sees(pilot, "Thu 5 Mar 2026")
        await pilot.press(*["backspace"] * 5, *"car")
        await sees(pilot, "3 places in 2 notes")
        await pilot.press("down", "end")
        await sees(pilot, "Thu 5 Mar 2026")
        await pilot.press("home")
        await sees(pilot, "Wed 4 Mar 2026")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "─ The note ─" not in painted(app))
