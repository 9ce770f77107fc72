"""A closing: two partners write down what they take along, and save their booklet."""

import datetime as dt
from itertools import count
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import OptionList

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.demo import Demo, build
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.presentation.joint import names_of_two
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.picture_story import story_at

MOMENT = dt.datetime(2026, 3, 9, 19, 30, tzinfo=dt.UTC)
SIZES = ((80, 24), (140, 40))

pytestmark = pytest.mark.usefixtures("still")


def opened(demo: Demo, label: str, memory: Path) -> Journal:
    door = next(one for one in demo.doors if one.label == label)
    return unlock(demo.path, label=label, passphrase=door.passphrase, record_folder=memory)


def passphrase(demo: Demo, label: str) -> str:
    return next(one.passphrase for one in demo.doors if one.label == label)


def built(folder: Path, memory: Path) -> Demo:
    """The demo, built until Ana comes before Ben: a form names them by their ids, which are drawn by lot."""
    for number in count():
        demo = build(folder / f"demo-{number}", record_folder=memory)
        with opened(demo, "Ana", memory) as ana:
            if names_of_two(ana) == ["Ana", "Ben"]:
                return demo
    raise AssertionError


async def test_a_closing(
    snapshot: SnapshotAssertion, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.paths.free_in_home", lambda name: Path("~") / name)
    monkeypatch.setattr("kapjournal.tui.modals.tour.due", lambda: False)
    with clock.at(MOMENT):
        demo = built(tmp_path, memory)
        with opened(demo, "Dr Lee", memory) as lee:
            lee.sessions.add(kind=SessionKind.CLOSING, date=clock.today() + dt.timedelta(4), time=dt.time(16))
        app = KapApp(
            Loaded(Settings()), theme.load_all(), path=demo.path, record_folder=memory, strength=FLOOR
        )
        async with story_at(app, snapshot, SIZES) as story:
            # Ana comes in, and the course says that the closing is near.
            await story.sees("Passphrase of Ana")
            await story.types(passphrase(demo, "Ana"))
            await story.presses("enter")
            await story.sees("R shows all")
            await story.presses("R")
            await story.sees("The closing is on Fri 13 Mar")
            await story.looks_at("reminders")
            await story.presses("escape")

            # What the two approved so far, and her own page before the session.
            await story.presses("I", "b")
            await story.sees("You two chose")
            await story.looks_at("her own page")
            await story.presses("escape", "escape", "o")
            await story.sees("What you two agree on")
            await story.looks_at("what they approved")

            # The closing begins with what is hers in the course; one of her thanks is said again.
            await story.presses("n")
            await story.sees("What do you write down")
            await story.goes_down_to("Closing")
            await story.presses("enter")
            await story.sees("I would like to move toward asking once")
            await story.looks_at("the form")
            await story.presses("f3")
            await story.sees("Which of these do you say again?")
            await story.looks_at("her thanks")
            await story.presses("enter")
            await story.presses("ctrl+s")
            await story.sees("Ben has still to say yes.")
            await story.looks_at("put to both")
            # Ben reads it at his own door, says yes, and saves the booklet.
            await story.presses("ctrl+l")
            await story.sees("Passphrase of")
            app.screen.query_one(OptionList).focus()
            await story.goes_down_to("Ben")
            await story.presses("enter")
            await story.sees("Passphrase of Ben")
            await story.types(passphrase(demo, "Ben"))
            await story.presses("enter")
            await story.sees("put something to you")
            await story.presses("o")
            await story.sees("What you two agree on")
            await story.presses("home", "enter")
            await story.sees("I would like to move toward asking once")
            await story.presses("y")
            await story.sees("It holds.")
            await story.presses("escape", "K")
            await story.sees("Your booklet")
            await story.looks_at("the booklet")
            app.screen.query_one("#file", Field).value = str(tmp_path / "booklet.md")
            await story.clicks("Save it")
            await story.sees("Saved as")
    words = (tmp_path / "booklet.md").read_text()
    assert words.startswith("# Ana and Ben\n\nJanuary to March 2026\n")
    assert "### Ana set out\n\nI would like to move toward asking once" in words
    assert "### Ana thanks Ben\n\nSomething ordinary you did" in words
