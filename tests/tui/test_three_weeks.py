"""A partner's first three weeks after a dose, with a picture of the screens that are new on her way."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.policy import DEFAULT_HOUR, SecretsPolicy
from kapjournal.domain.self_reports import CheckIn
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.cast import meet
from tests.tui.conftest import PASSPHRASES
from tests.tui.picture_story import PictureStory, nothing_by_chance, story_at

DOSE = dt.datetime(2026, 3, 2, 14, tzinfo=dt.UTC)
"""A Monday. The session to speak of it is on the Thursday of the week after."""
THURSDAY = dt.date(2026, 3, 12)
FRAGMENTS = "Warm floor. Rain. Your hand."
FOR_TOMORROW = "Ben can read this the first time you open the journal after 10:00"
"""As far as it stands on one line of a dialog."""

Open = Callable[[str], Journal]

pytestmark = pytest.mark.usefixtures("still")


class Wall:
    """The clock on the wall, for every task and thread."""

    def __init__(self, moment: dt.datetime) -> None:
        self._moment = moment

    def now(self) -> dt.datetime:
        return self._moment

    def is_at(self, day: int, hour: int, minute: int = 0) -> None:
        """It is a day of that March, and a time."""
        self._moment = dt.datetime(2026, 3, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch, still: None) -> Wall:
    """The day before the dose."""
    wall = Wall(DOSE - dt.timedelta(days=1))
    monkeypatch.setattr(clock, "now", wall.now)
    return wall


@pytest.fixture
def ours(wall: Wall, tmp_path: Path, memory: Path) -> Path:
    """A journal in which the three have met, with a dose tomorrow, a session after it, and a policy."""
    path = tmp_path / "us.kap"
    meet(path, memory, PASSPHRASES, title="")
    with unlock(path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=DOSE.date(), time=DOSE.time())
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=THURSDAY, time=dt.time(16))
        lee.policies.write(SecretsPolicy.NO_SECRETS, DEFAULT_HOUR)
    return path


@pytest.fixture
def opened(ours: Path, memory: Path) -> Open:
    """Open a door without a screen."""
    return lambda label: unlock(ours, label=label, passphrase=PASSPHRASES[label], record_folder=memory)


async def comes_in(story: PictureStory, label: str) -> None:
    await story.sees("I forgot my passphrase")
    await story.goes_down_to(label)
    await story.presses("enter")
    await story.types(PASSPHRASES[label])
    await story.presses("enter")
    await story.sees("The course")


async def goes(story: PictureStory) -> None:
    await story.presses("ctrl+l")
    await story.sees("Locked.")


def read_by(opened: Open, label: str) -> list[str]:
    with opened(label) as journal:
        return [note.text.body for note in journal.notes.all()]


async def test_a_partners_first_three_weeks(
    snapshot: SnapshotAssertion,
    memory: Path,
    ours: Path,
    opened: Open,
    wall: Wall,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing_by_chance(monkeypatch)
    app = KapApp(Loaded(Settings()), theme.load_all(), path=ours, record_folder=memory, strength=FLOOR)
    async with story_at(app, snapshot) as ana:
        # The dose is over. Ana lies down and speaks; Dr Lee types, and keeps nothing of it.
        wall.is_at(2, 17)
        await ana.sees("I forgot my passphrase")
        await ana.looks_at("the doors")
        await comes_in(ana, "Dr Lee")
        await ana.presses("T")
        await ana.sees("Whose words are these?")
        await ana.presses("enter")
        await ana.sees("Ana’s words, typed by Dr Lee")
        await ana.types("The floor was warm. I was not alone.")
        await ana.looks_at("typed for Ana")
        await ana.presses("ctrl+s")
        await ana.sees("It is with Ana now")
        await goes(ana)

        # The same evening she finds it in her course.
        wall.is_at(2, 19, 30)
        await comes_in(ana, "Ana")
        await ana.sees("The floor was warm.")
        await ana.sees("typed by Dr Lee")
        await ana.sees("A dose today: fragments are enough.")
        await ana.looks_at("the course that evening")

        # One key begins the page that fits, and says why.
        wall.is_at(2, 19, 40)
        await ana.presses("n")
        await ana.sees("A dose today: fragments are enough. F3 chooses another kind.")
        await ana.looks_at("a page for fragments")
        await ana.types(FRAGMENTS)
        await ana.presses("ctrl+s")
        await ana.sees("2 Mar Warm floor")

        # Ben may read it, from tomorrow at ten on.
        await ana.presses("s")
        await ana.sees("Let someone read this")
        await ana.presses("down", "down", "space")
        await ana.sees(FOR_TOMORROW)
        await ana.looks_at("shared on the day of a dose")
        await ana.clicks("Share")
        await ana.sees(f"{FOR_TOMORROW} tomorrow.")

        # A decision is closed for ten days.
        wall.is_at(2, 19, 50)
        await ana.presses("ctrl+n", "f3")
        await ana.sees("What is this page?")
        await ana.goes_down_to("Decision")
        await ana.presses("enter")
        await ana.types("We move to the lake.")
        await ana.presses("ctrl+s")
        await ana.sees("It is a note now. Only you can read it. It opens to you on 12 March 2026.")
        await ana.sees("Opens on 12 Mar 2026")
        await ana.presses("W")
        await ana.sees("What waits")
        await ana.sees("It opens to you on 12 March 2026.")
        await ana.looks_at("what waits")
        await ana.presses("s")
        await ana.sees("This waits for nobody else.")
        await ana.presses("home")
        await ana.sees(FOR_TOMORROW)
        await ana.loses("This waits for nobody else.")
        await ana.presses("escape")
        await goes(ana)

        # It has been ten for a while, and Ana has not been here: Ben has nothing to read.
        wall.is_at(3, 11)
        assert read_by(opened, "Ben") == []
        wall.is_at(3, 11, 30)
        await comes_in(ana, "Ana")
        await ana.sees("Warm floor")
        await goes(ana)
        assert read_by(opened, "Ben") == [FRAGMENTS]

        # Two days after, the page is another one.
        wall.is_at(4, 19)
        await comes_in(ana, "Ana")
        await ana.presses("n")
        await ana.sees("F3 chooses another kind.")
        await ana.sees("Reflect")
        await ana.looks_at("a page to go back to it")
        await ana.types("The hand was yours.\nAbout trust, and whether I may ask.")
        await ana.presses("ctrl+s")
        await ana.sees("4 Mar The hand was yours")

        # A check-in by the keyboard: fear is left out.
        await ana.presses("u")
        await ana.sees("Day 1 after your dose")
        await ana.presses("n")
        await ana.sees("Feeling understood")
        await ana.presses("7", "down", "down", "9", "down", "down")
        await ana.types("Tired, and light.")
        await ana.looks_at("a check-in")
        await ana.presses("ctrl+s")
        await ana.sees("It is kept. Only you can read it.")
        await ana.sees("Mood 7 · Feeling understood 9")
        await goes(ana)

        # On the third day a card for the clinic is due.
        wall.is_at(5, 9)
        await comes_in(ana, "Ana")
        await ana.sees("Day 3 after your dose")
        await ana.presses("u")
        await ana.sees("A short card for the clinic. Enter begins.")
        await ana.presses("home", "enter")
        await ana.sees("day 3 after your dose")
        await ana.presses("y", "tab")
        await ana.types("twice awake")
        await ana.presses("tab", "n")
        await ana.looks_at("a card on its day")
        await ana.presses("ctrl+s")
        await ana.sees("You and Dr Lee can read it.")
        await goes(ana)

        # A line of what she wrote is for Thursday, and nothing else of the page.
        wall.is_at(11, 20)
        await comes_in(ana, "Ana")
        await ana.sees("The hand was yours")
        await ana.presses("end", "enter")
        await ana.sees("edit")
        await ana.presses("i")
        await ana.sees("Bring this to the next session")
        await ana.presses("down", "down")
        await ana.sees("Dr Lee reads these words and nothing else of the page.")
        await ana.sees("what you mark, Thursday 12 Mar.")
        await ana.looks_at("a line for Thursday")
        await ana.presses("enter", "enter")
        await ana.sees("The words are marked for Thursday 12 Mar. Dr Lee can read them.")
        await goes(ana)
        with opened("Dr Lee") as lee:
            assert [one.words for one in lee.bringing.current()] == ["About trust, and whether I may ask."]
            assert lee.notes.all() == [] and lee.check_ins.all() == [] and len(lee.after_effects.all()) == 1
        assert read_by(opened, "Ben") == [FRAGMENTS]

        # Three weeks on: what was closed has opened, and a few check-ins make a line.
        for day, mood, fear in ((7, 5, 4), (11, 6, 3), (16, 8, 2)):
            wall.is_at(day, 21)
            values = (("mood", mood), ("fear", fear))
            with opened("Ana") as alone:
                alone.check_ins.add(CheckIn(clock.today(), clock.now(), values=values))
        wall.is_at(23, 19)
        await comes_in(ana, "Ana")
        await ana.sees("Something you closed has opened.")
        await ana.looks_at("three weeks on")
        await ana.presses("W")
        await ana.sees("It has opened, on 12 March 2026.")
        await ana.presses("o")
        await ana.sees("We move to the lake.")
        await ana.presses("escape")
        await ana.sees("Nothing of yours waits.")
        await ana.presses("escape", "u")
        await ana.sees("Mood 8 · Fear 2")
        await ana.presses("c")
        await ana.sees("Mood")
        await ana.looks_at("trends")
        await ana.presses("escape", "escape")
        await goes(ana)
