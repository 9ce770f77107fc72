"""A therapist's first morning with a practice and three couples, with a picture of every screen."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, NewNote, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.cast import meet
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.picture_story import ASKED, RECOVERY_WORDS, PictureStory, nothing_by_chance, story_at

MOMENT = dt.datetime(2026, 3, 9, 8, 10, tzinfo=dt.UTC)
SIZES = ((80, 24), (140, 40))
LEE = PASSPHRASES["Dr Lee"]

pytestmark = pytest.mark.usefixtures("still")


def three_journals(folder: Path, memory: Path) -> list[Path]:
    """The journals of three couples, who have met her; one of the six wrote to her since."""
    folder.mkdir()
    files = []
    for number, day in enumerate((9, 10, 0), 1):
        file = folder / f"journal-{number}.kap"
        meet(file, memory, PASSPHRASES, title="")
        if day:
            with unlock(file, label="Dr Lee", passphrase=LEE, record_folder=memory) as lee:
                date = dt.date(2026, 3, day)
                lee.sessions.add(kind=SessionKind.DOSING, date=date, time=dt.time(9, 30))
        files.append(file)
    with unlock(files[0], label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as ana:
        ana.notes.add(NewNote("The question about trust.", title="For today", share="Dr Lee"))
    return files


async def adds(lee: PictureStory, name: str, file: Path) -> None:
    await lee.presses("a")
    await lee.sees("Add a couple")
    await lee.types(name)
    await lee.presses("tab")
    await lee.types(str(file))
    await lee.presses("enter", "enter")
    await lee.types(LEE)
    await lee.clicks("Add them")
    await lee.sees(f"{name} is in your practice.")


async def test_a_first_morning(
    snapshot: SnapshotAssertion, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kapjournal.paths.free_practice", lambda: Path("~/practice.kap"))
    with clock.at(MOMENT):
        files = three_journals(tmp_path / "couples", memory)
        nothing_by_chance(monkeypatch)
        app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory, strength=FLOOR)
        async with story_at(app, snapshot, SIZES) as lee:
            # One practice, with a door of its own.
            await lee.sees("Start a practice")
            await lee.goes_down_to("Start a practice")
            await lee.looks_at("first run")
            await lee.presses("enter")
            await lee.sees("What you are called here")
            await lee.types("Dr Lee")
            await lee.presses("tab", "tab")
            await lee.types(MORNING)
            await lee.presses("tab")
            await lee.types(MORNING)
            await lee.looks_at("start a practice")
            await lee.clicks("Start")
            await lee.sees("Your recovery words")
            await lee.clicks("I wrote them down")
            await lee.types(RECOVERY_WORDS[ASKED])
            await lee.presses("enter")
            await lee.sees("Couples")
            await lee.looks_at("no couple yet")

            # Three couples, by the names she knows them by.
            await adds(lee, "Ana and Ben", files[0])
            await adds(lee, "The two from Graz", files[1])
            await adds(lee, "Uma and Vic", files[2])
            await lee.sees("Dose 1 · Tue 10 Mar 2026")
            await lee.sees("no session ahead")
            await lee.looks_at("three couples")

            # What the two are called, for the record.
            await lee.presses("home", "e")
            await lee.sees("What do you call them?")
            await lee.presses("tab")
            await lee.types("Ana")
            await lee.presses("tab")
            await lee.types("Ben")
            await lee.looks_at("what they are called")
            await lee.presses("enter")
            await lee.loses("What do you call them?")

            # Into the first journal: what is new, and one key back.
            await lee.presses("home", "enter")
            await lee.sees("The course")
            await lee.sees("For today")
            await lee.looks_at("their course")
            await lee.presses("f10")
            await lee.sees("The two from Graz")

            # Their record: one form, of her own, and only hers.
            await lee.presses("home", "r")
            await lee.sees("There is nothing in the record of this couple yet.")
            await lee.presses("n")
            await lee.sees("What do you want to write?")
            await lee.looks_at("which form")
            await lee.goes_down_to("Plan")
            await lee.presses("enter")
            await lee.sees("Who the client is")
            await lee.presses("tab")
            await lee.types("To say what hurts before it turns into silence.")
            await lee.looks_at("a plan")
            await lee.presses("ctrl+s")
            await lee.sees("It is a record now.")
            await lee.looks_at("their record")
            await lee.presses("f10")

            # A search across all of them, and the lock at the end of it.
            await lee.sees("The two from Graz")
            await lee.presses("slash")
            await lee.sees("Search")
            await lee.types("trust")
            await lee.sees("The question about trust.")
            await lee.looks_at("found in all journals")
            await lee.presses("ctrl+l")
            await lee.sees("Locked.")
