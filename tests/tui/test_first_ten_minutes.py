"""The first ten minutes of a therapist, and of a partner, with a picture of every screen on their way."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.tui.conftest import PASSPHRASES
from tests.tui.picture_story import ASKED, RECOVERY_WORDS, nothing_by_chance, story_at

EVENING = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
LEE, ANA = "two chairs and a window", "first light on the lake"

pytestmark = pytest.mark.usefixtures("still")


def program(memory: Path, path: Path | None = None) -> KapApp:
    return KapApp(Loaded(Settings()), theme.load_all(), path=path, record_folder=memory, strength=FLOOR)


async def test_a_therapist(
    snapshot: SnapshotAssertion,
    memory: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing_by_chance(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kapjournal.paths.free_file", lambda: Path("~/journal.kap"))
    monkeypatch.setattr("kapjournal.exchange.suggested", lambda **_: Path("~/journal-export-2026-03-05"))
    with clock.at(EVENING):
        async with story_at(program(memory), snapshot) as lee:
            # A journal is started.
            await lee.sees("Start a journal")
            await lee.looks_at("first run")
            await lee.presses("enter")
            await lee.sees("What you are called here")
            await lee.types("Dr Lee")
            await lee.presses("tab", "tab")
            await lee.types(LEE)
            await lee.presses("tab")
            await lee.types(LEE)
            await lee.looks_at("start a journal")
            await lee.clicks("Start")

            # The recovery words are written down by hand, and one is asked back.
            await lee.sees("Your recovery words")
            await lee.looks_at("recovery words")
            await lee.clicks("I wrote them down")
            await lee.sees(f"What is word {ASKED + 1}?")
            await lee.looks_at("one word is asked back")
            await lee.types(RECOVERY_WORDS[ASKED])
            await lee.presses("enter")

            # A practice is offered once. This journal is enough for now.
            await lee.sees("Keep a practice, too?")
            await lee.looks_at("a practice is offered")
            await lee.clicks("Not now")

            # The course is empty. Eight doses are planned, the first is in two days.
            await lee.sees("The course")
            await lee.looks_at("an empty course")
            await lee.presses("number_sign")
            await lee.sees("How many doses are planned in all?")
            await lee.types("8")
            await lee.looks_at("how many are planned")
            await lee.presses("enter")
            await lee.sees("Doses planned in all: 8.")
            await lee.presses("a")
            await lee.sees("A session for the course")
            await lee.chooses("#kind", SessionKind.PREPARATION)
            await lee.looks_at("a session")
            await lee.clicks("Add it")
            await lee.sees("Session 1 is in the course.")
            await lee.looks_at("the course ahead")

            # Ana is invited, and sits down at the same keyboard.
            await lee.presses("p")
            await lee.sees("Therapist · you · keeper")
            await lee.looks_at("people, alone")
            await lee.presses("i")
            await lee.sees("Invite somebody")
            await lee.types("Ana")
            await lee.looks_at("invite somebody")
            await lee.clicks("Invite")
            await lee.sees("Six words for Ana")
            await lee.looks_at("six words")
            await lee.clicks("Hand over the keyboard")
            await lee.sees("Turn the screen to Ana")
            await lee.looks_at("turn the screen")
            await lee.presses("enter")
            await lee.sees("The code, filled in for you")
            await lee.types("third of six words for this story")
            await lee.looks_at("Ana joins")
            await lee.clicks("Join")
            await lee.sees("Your recovery words")
            await lee.clicks("I wrote them down")
            await lee.types(RECOVERY_WORDS[ASKED])
            await lee.presses("enter")
            await lee.sees("Ana, you are in")
            await lee.looks_at("Ana is in")

            # The keyboard comes back, and the keys meet.
            await lee.clicks("Lock, and back to Dr Lee")
            await lee.sees("I forgot my passphrase")
            await lee.looks_at("the doors again")
            await lee.presses("enter")
            await lee.types(LEE)
            await lee.presses("enter")
            await lee.sees("Ana and you can share now.")
            await lee.presses("p")
            await lee.sees("Partner")
            await lee.goes_down_to("Ana")
            await lee.looks_at("people, not compared")
            await lee.presses("v")
            await lee.sees("Is this Ana?")
            await lee.sees("24261")
            await lee.looks_at("sixty digits")
            await lee.clicks("It is the same")
            await lee.sees("Partner · verified")
            await lee.presses("escape")

            # An observation, written after the session, looked at as it reads, finished.
            await lee.presses("n")
            await lee.sees("Only you")
            await lee.types("Arrived together. **Ana** spoke first.")
            await lee.looks_at("an observation")
            await lee.presses("ctrl+r")
            await lee.sees("This is how it reads.")
            await lee.looks_at("as it reads")
            await lee.presses("ctrl+r", "ctrl+s")
            await lee.sees("Arrived together.")
            await lee.looks_at("the first note")

            # It is taken out, for supervision.
            await lee.presses("x")
            await lee.sees("It holds your own notes and nobody else’s.")
            await lee.looks_at("take notes out")
            await lee.clicks("Write it")
            await lee.sees("It is written.")
            await lee.clicks("Back")
            await lee.presses("ctrl+l")
            await lee.sees("Locked.")
            await lee.looks_at("locked")


async def test_a_partner(snapshot: SnapshotAssertion, memory: Path, journal_file: Path) -> None:
    with clock.at(EVENING):
        async with story_at(program(memory, journal_file), snapshot) as ana:
            # Her door, the course, and what this is.
            await ana.sees("Another journal")
            await ana.looks_at("the doors")
            await ana.presses("enter")
            await ana.types(PASSPHRASES["Ana"])
            await ana.looks_at("the passphrase")
            await ana.presses("enter")
            await ana.sees("By the car")
            await ana.looks_at("the course")
            await ana.presses("question_mark")
            await ana.sees("What this is")
            await ana.looks_at("help")
            await ana.presses("escape")

            # One key, and she writes. A question helps, and is taken as a heading.
            await ana.presses("n")
            await ana.sees("Write…")
            await ana.looks_at("an empty page")
            await ana.presses("f3")
            await ana.sees("Capture")
            await ana.looks_at("kinds of note")
            await ana.goes_down_to("Reflect")
            await ana.presses("enter")
            await ana.sees("Reflect")
            await ana.presses("f5", "f9")
            await ana.types("The light stayed on. I was *not* alone.")
            await ana.looks_at("a page with words")
            await ana.presses("f2")
            await ana.sees("What goes with it")
            await ana.looks_at("what goes with it")
            await ana.clicks("Use these")

            # She leaves it unfinished, and it waits for her.
            await ana.presses("escape")
            await ana.sees("A draft waits")
            await ana.presses("d")
            await ana.sees("The light stayed on.")
            await ana.presses("ctrl+s")
            await ana.sees("5 Mar What felt softer")

            # She reads it, and lets Ben read it.
            await ana.presses("enter")
            await ana.sees("edit")
            await ana.looks_at("her note")
            await ana.presses("s")
            await ana.sees("Let someone read this")
            await ana.looks_at("let someone read this")
            await ana.presses("down", "down", "space")
            await ana.sees("As Ben will see it")
            await ana.looks_at("as Ben will see it")
            await ana.clicks("Share")
            await ana.sees("You and Ben can read it now.")
            await ana.looks_at("shared")

            # She changes a word, and sees what changed.
            await ana.presses("e")
            await ana.sees("The light stayed on.")
            await ana.presses("ctrl+end")
            await ana.types(" Not this time.")
            await ana.presses("ctrl+s")
            await ana.sees("Not this time.")
            await ana.presses("h")
            await ana.sees("From version")
            await ana.looks_at("what changed")
            await ana.presses("escape")
            await ana.presses("w")
            await ana.sees("Stop sharing")
            await ana.looks_at("stop sharing")
            await ana.presses("escape", "escape")

            # She finds it again by a word, and narrows it to a kind.
            await ana.sees("The course")
            await ana.presses("slash")
            await ana.sees("any kind")
            await ana.types("light")
            await ana.sees("Hallway")
            await ana.looks_at("found")
            await ana.chooses("#kind", NoteKind.REFLECT)
            await ana.loses("Hallway")
            await ana.looks_at("found among reflections")
            await ana.presses("escape", "escape", "escape")
            await ana.sees("The course")

            # Two unfinished pages; people; settings.
            for words in ("For Thursday", "A letter"):
                await ana.presses("n")
                await ana.sees("Write…")
                await ana.types(words)
                await ana.presses("escape")
                await ana.sees("Drafts wait" if words == "A letter" else "A draft waits")
            await ana.presses("d")
            await ana.sees("For Thursday")
            await ana.looks_at("drafts")
            await ana.presses("escape")
            await ana.presses("p")
            await ana.sees("Therapist")
            await ana.looks_at("people")
            await ana.presses("escape", "comma")
            await ana.sees("Colours")
            await ana.looks_at("settings")
            await ana.presses("escape", "ctrl+l")
            await ana.sees("Locked.")
