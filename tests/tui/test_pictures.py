"""What the screens look like, as pictures to compare; the README shows some of them."""

import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from textual.pilot import Pilot
from textual.widgets import Button

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import FLOOR, Journal, NewNote
from kapjournal.tui.modals.tour import TourModal
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from tests.attached import file_of
from tests.tui.app_pilot import at_rest, enters, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.picture_story import nothing_by_chance

pytestmark = pytest.mark.usefixtures("still")
Compare = Callable[..., bool]
Open = Callable[[str], Journal]
MOMENT = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
SIZES = [(80, 24), (120, 36)]

ROOMS: dict[str, tuple[list[str], str]] = {
    "course": ([], "By the car"),
    "reader": (["enter"], "You waited by the car."),
    "editor": (["n", *"light"], "light"),
    "search": (["slash", *"hall"], "Hallway"),
    "people": (["p"], "Partner"),
    "share": (["s"], "The note"),
    "details": (["n", "f2"], "What goes with it"),
    "settings": (["comma"], "Colours"),
    "help": (["f1"], "What this is"),
    "merge": (["m"], "Bring in another copy"),
    "attach": (["enter", "f"], "Attach a file"),
}


def program(
    journal_file: Path, memory: Path, colours: str = "dusk", *, show_pictures: bool = False
) -> KapApp:
    settings = Settings(theme=colours, show_pictures=show_pictures)
    return KapApp(Loaded(settings), theme.load_all(), path=journal_file, record_folder=memory, strength=FLOOR)


async def footed(pilot: Pilot[Any]) -> None:
    """Wait until the keys of the chosen note stand below the course: under a dialog they would not come."""
    course = pilot.app.screen
    footer = course.query_one(KeyFooter)

    def stands() -> bool:
        chosen = course.query_one(NoteList)
        return chosen.has_focus and chosen.chosen is not None and footer.size.height == len(footer._rows)

    await until(pilot, stands)
    await pilot.pause()


def going_to(keys: list[str], words: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def go(pilot: Pilot[Any]) -> None:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the")
        await footed(pilot)
        await pilot.press(*keys)
        await sees(pilot, words)
        await at_rest(pilot)

    return go


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("room", ROOMS)
def test_room(
    journal_file: Path, memory: Path, snap_compare: Compare, room: str, size: tuple[int, int]
) -> None:
    with clock.at(MOMENT):
        app = program(journal_file, memory)
        assert snap_compare(app, terminal_size=size, run_before=going_to(*ROOMS[room]))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("room", ["backup", "archive", "restore"])
def test_a_form_for_all_of_it(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
    room: str,
    size: tuple[int, int],
) -> None:
    """Making a backup or an archive, and going back to a backup."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ana"))

    async def to_the_doors(pilot: Pilot[Any]) -> None:
        await sees(pilot, "Go back to a backup")
        await pilot.press("f6")
        await sees(pilot, "What you are called there")
        await at_rest(pilot)

    keys = {"backup": going_to(["B"], "on this computer"), "archive": going_to(["A"], "Archive all")}
    with clock.at(MOMENT):
        go = keys.get(room, to_the_doors)
        assert snap_compare(program(journal_file, memory), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_signed_note(
    journal_file: Path, memory: Path, snap_compare: Compare, opened: Open, size: tuple[int, int]
) -> None:
    with clock.at(MOMENT):
        with opened("Dr Lee") as lee:
            note = lee.notes.add(NewNote("They sat close.", title="Third hour", share="all"))
            signer = Signer("Dr Mina Lee", "LMFT")
            lee.signing.sign(note.id, signer)
            lee.signing.add(note.id, AddendumKind.LATE_ENTRY, "Ben held her hand.", "left out", signer)
        app = program(journal_file, memory)
        go = going_to(["end", "enter"], "Ben held her hand.")
        assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_note_with_files(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    opened: Open,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    with clock.at(MOMENT):
        with opened("Ana") as ana:
            note = ana.notes.add(NewNote("Under the lantern.", title="A walk", share="Ben"))
            for name, length in (("drawing.png", 2_300_000), ("on the way home.m4a", 900)):
                ana.attachments.attach(note.id, file_of(tmp_path, bytes(length), name))
        app = program(journal_file, memory)
        go = going_to(["end", "enter"], "Under the lantern.")
        assert snap_compare(app, terminal_size=size, run_before=go)


def a_lake(folder: Path) -> Path:
    """A drawing that needs no scaling, so that it looks the same whatever scales."""
    image = Image.new("RGB", (36, 12), (232, 214, 180))
    draw = ImageDraw.Draw(image)
    draw.ellipse((26, 1, 31, 6), (224, 140, 80))
    draw.polygon([(0, 8), (8, 2), (14, 6), (19, 4), (26, 8)], (120, 130, 150))
    draw.rectangle((0, 8, 36, 12), (90, 120, 160))
    image.save(folder / "lake.png")
    return folder / "lake.png"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_note_with_a_picture(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    opened: Open,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    with clock.at(MOMENT):
        with opened("Ana") as ana:
            note = ana.notes.add(NewNote("I drew where we were.", title="The lake", share="Ben"))
            ana.attachments.attach(note.id, a_lake(tmp_path))
        app = program(journal_file, memory, show_pictures=True)
        go = going_to(["end", "enter"], "▀▀▀")
        assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("colours", ["dusk", "dawn", "sage", "lake", "candle", "paper", "contrast"])
def test_home_in_each_theme(journal_file: Path, memory: Path, snap_compare: Compare, colours: str) -> None:
    with clock.at(MOMENT):
        app = program(journal_file, memory, colours)
        assert snap_compare(app, terminal_size=(80, 24), run_before=going_to(*ROOMS["course"]))


DOORS: dict[str, tuple[str, str]] = {
    "forgotten": ("I forgot my passphrase", "A new passphrase with your 24 words"),
    "join": ("Join with a code", "Join a journal"),
    "another": ("Another journal", "Start a journal"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("way", DOORS)
def test_beside_the_doors(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    way: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing_by_chance(monkeypatch)
    button, words = DOORS[way]

    async def look(pilot: Pilot[Any]) -> None:
        await sees(pilot, button)
        next(one for one in pilot.app.screen.query(Button) if str(one.label) == button).press()
        await sees(pilot, words)
        await at_rest(pilot)

    with clock.at(MOMENT):
        assert snap_compare(program(journal_file, memory), terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_tour(journal_file: Path, memory: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await going_to([], "By the car")(pilot)
        await pilot.app.push_screen(TourModal())
        await sees(pilot, "On the left is a course of therapy")
        await at_rest(pilot)

    with clock.at(MOMENT):
        assert snap_compare(program(journal_file, memory), terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_new_keys(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing_by_chance(monkeypatch)
    with clock.at(MOMENT):
        go = going_to(["f6"], "first of six words")
        assert snap_compare(program(journal_file, memory), terminal_size=size, run_before=go)


def test_the_doors(journal_file: Path, memory: Path, snap_compare: Compare) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await sees(pilot, "Another journal")
        await until(pilot, lambda: pilot.app.screen.query_one("#doors").has_focus)
        await at_rest(pilot)

    with clock.at(MOMENT):
        assert snap_compare(program(journal_file, memory), terminal_size=(80, 24), run_before=look)
