"""Four minutes before a session: what a therapist sees on one screen, and what she does about it."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.demo import Demo, build
from kapjournal.journal import FLOOR, NewAnswers, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.tui.picture_story import story_at

MOMENT = dt.datetime(2026, 3, 9, 15, 56, tzinfo=dt.UTC)
SIZES = ((80, 24), (140, 40))

pytestmark = pytest.mark.usefixtures("still")


def marked(demo: Demo, memory: Path) -> None:
    """Ben answered on paper yesterday, and item 9 was not 0."""
    door = demo.doors[0]
    with (
        clock.at(MOMENT - dt.timedelta(hours=22)),
        unlock(demo.path, label=door.label, passphrase=door.passphrase, record_folder=memory) as lee,
    ):
        lee.measures.enter(NewAnswers("phq9", [1, 1, 0, 1, 0, 0, 0, 0, 1], clock.today()), "Ben")


async def test_four_minutes_before_a_session(
    snapshot: SnapshotAssertion, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.paths.free_in_home", lambda name: Path("~") / name)
    with clock.at(MOMENT):
        demo = build(tmp_path / "demo", practice=True, record_folder=memory)
        marked(demo, memory)
        assert demo.practice is not None
        app = KapApp(
            Loaded(Settings()),
            theme.load_all(),
            path=demo.practice.path,
            record_folder=memory,
            strength=FLOOR,
        )
        async with story_at(app, snapshot, SIZES) as lee:
            # One door, and beside each couple what waits.
            await lee.sees("Dr Lee’s door")
            await lee.types(demo.practice.door.passphrase)
            await lee.presses("enter")
            await lee.sees("unsigned")
            await lee.sees("Dose 1 of 6")
            await lee.looks_at("couples")

            # One key: everything that is needed, the most urgent first, in their own words.
            await lee.presses("home", "b")
            await lee.sees("Safety")
            for words in (
                "Ben · item 9 at 1 · PHQ-9 of 8 Mar",
                "The boots. I could weep",
                "Stop signal",
                "for the clinic that day: Pain when passing water",
                "Beyond chance",
            ):
                await lee.sees(words)
            await lee.looks_at("brief")
            await lee.presses("end")
            for words in ("Homework", "Couple process note"):
                await lee.sees(words)
            await lee.presses("home")

            # On paper, for the drawer.
            await lee.presses("x")
            await lee.sees("Save this page")
            await lee.looks_at("save it")
            await lee.presses("escape")
            await lee.sees("Safety")

            # What is not signed, and one is.
            await lee.presses("escape")
            await lee.sees("unsigned")
            await lee.presses("u")
            await lee.sees("Couple process note")
            await lee.looks_at("unsigned")
            await lee.presses("home", "enter")
            await lee.sees("Press g to sign and lock it.")
            await lee.looks_at("a record that waits")
            await lee.presses("g")
            await lee.sees("Sign this")
            await lee.types("Dr Mina Lee")
            await lee.presses("tab")
            await lee.types("LMFT")
            await lee.looks_at("sign")
            await lee.presses("enter")
            await lee.sees("It is signed, and locked from now on.")
            await lee.presses("end")
            await lee.sees("Signed by Dr Mina Lee, LMFT, as author, ")
        assert lee.keystrokes <= 15, "and four minutes are enough"
