"""An agreement from the first word to the pad: put by Ana, approved by Ben and Dr Lee, narrowed by Ben."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal.config import Loaded, Settings
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.joint import JointKind, Standing
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, NewRecord
from kapjournal.tui.editor.agreed_lines import AgreedLines
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.cast import practice_of_lee
from tests.tui.app_pilot import enters
from tests.tui.conftest import PASSPHRASES
from tests.tui.dose_pad_steps import MORNING, Clock
from tests.tui.picture_story import PictureStory, story_at

pytestmark = pytest.mark.usefixtures("still")

SIZES = ((80, 24), (140, 40))
EVENING = dt.datetime(2097, 3, 5, 19, 30, tzinfo=dt.UTC)
"""Some days before the dose; what the journal holds already was written earlier."""
DOSE = dt.datetime(2097, 3, 11, 10, 0, tzinfo=dt.UTC)
Open = Callable[[str], Journal]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.wall = clock.steady = EVENING
    return clock


@pytest.fixture
def practice(journal_file: Path, memory: Path, clock: Clock, opened: Open) -> Path:
    """The couple in Dr Lee's practice, a dose some days ahead, and what she noted of what was agreed."""
    with opened("Dr Lee") as theirs:
        theirs.sessions.add(kind=SessionKind.DOSING, date=DOSE.date(), time=DOSE.time())
    path = journal_file.with_name("practice.kap")
    with practice_of_lee(path, memory) as made:
        couple = made.couples.add("Hallway", journal_file, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        made.couples.name_partners(couple.case, "Ana", "Ben")
        noted = {"stop-signal": "A palm held up."}
        made.records.add(NewRecord(RecordKind.PREPARATION, couple.case, noted))
    return path


def at(path: Path, memory: Path) -> KapApp:
    return KapApp(Loaded(Settings()), theme.load_all(), path=path, record_folder=memory, strength=FLOOR)


async def reads_it(person: PictureStory, label: str) -> None:
    """Come in by one's own door, and open what stands first."""
    await enters(person._seat, label, PASSPHRASES[label])
    await person.presses("o")
    await person.sees("Hands, if asked")
    await person.presses("enter")
    await person.sees("wrote this down")


async def test_an_agreement(
    snapshot: SnapshotAssertion, memory: Path, journal_file: Path, practice: Path, clock: Clock, opened: Open
) -> None:
    # Ana writes it down. Nothing of it is kept before she puts it to Ben.
    async with story_at(at(journal_file, memory), snapshot, SIZES) as ana:
        await enters(ana._seat, "Ana", PASSPHRASES["Ana"])
        await ana.presses("o")
        await ana.sees("Nothing is written down together yet.")
        await ana.presses("n")
        await ana.sees("What do you write down for both of you?")
        await ana.looks_at("which")
        await ana.presses("enter")
        await ana.sees("kept nowhere until you put it to the other")
        await ana.types("Hands, if asked. Not the face.")
        await ana.looks_at("half typed")
        await ana.sees("Hands, if asked. Not the face.")
        await ana.presses("tab", "tab", "tab")
        await ana.types("Red")
        await ana.presses("enter")
        await ana.types("Money")
        await ana.presses("ctrl+s")
        await ana.sees("Ben and Dr Lee have still to say yes.")
        await ana.looks_at("put to Ben")

    # Ben finds it first thing, and says yes to these very words.
    async with story_at(at(journal_file, memory), snapshot, SIZES) as ben:
        await enters(ben._seat, "Ben", PASSPHRASES["Ben"])
        await ben.sees("Ana put something to you: Agreement. Press o")
        await ben.presses("o")
        await ben.sees("waits for your yes")
        await ben.looks_at("what waits")
        await ben.presses("enter")
        await ben.sees("Your yes is to these very words.")
        await ben.looks_at("his yes")
        await ben.presses("y")
        await ben.sees("Dr Lee has still to say yes.")

    # Dr Lee reads in the brief that it waits for her, and says yes.
    async with story_at(at(practice, memory), snapshot, SIZES) as lee:
        await lee.sees("Dr Lee’s door")
        await lee.types(MORNING)
        await lee.presses("enter")
        await lee.sees("Hallway")
        await lee.presses("b")
        await lee.sees("Stop signal (preparation note): A palm held up.")
        await lee.sees("Waits for your yes. Ana: Hands, if asked. Not the face.")
        await lee.looks_at("brief")
        await lee.presses("escape", "enter")
        await lee.sees("The course")
        await lee.presses("o")
        await lee.sees("What the two agree on")
        await lee.presses("enter")
        await lee.sees("You have still to say yes.")
        await lee.presses("y")
        await lee.sees("This holds. The last yes was said on 5 March 2097.")

    # On the day of the dose nothing is added to it; less is always possible.
    clock.goes_on((DOSE - EVENING).total_seconds() / 60)
    async with story_at(at(journal_file, memory), snapshot, SIZES) as ben:
        await reads_it(ben, "Ben")
        await ben.sees("You may always ask for less. More waits until tomorrow, 10:00.")
        await ben.presses("n")
        await ben.sees("You may always ask for less. More waits until tomorrow, 10:00.")
        await ben.presses("l")
        await ben.sees("What less do you ask for? It counts at once")
        await ben.types("No hands before eleven")
        await ben.looks_at("less")
        await ben.presses("enter")
        await ben.sees("Less was asked for:")
        await ben.looks_at("with less")

    # It stands on the pad, and what Ana asks for at her own door meanwhile comes in.
    async with story_at(at(practice, memory), snapshot, SIZES) as lee:
        await lee.sees("Dr Lee’s door")
        await lee.types(MORNING)
        await lee.presses("enter")
        await lee.sees("Hallway")
        await lee.presses("enter")
        await lee.sees("The course")
        await lee.presses("left", "end")
        await lee.sees("Dosing · Mon 11 Mar 2097")
        await lee.presses("t")
        await lee.sees("Stop signal: Red · Touch: Hands, if asked. Not the face.")
        await lee.sees("Less: Ben: No hands before eleven")
        await lee.looks_at("the pad")
        with opened("Ana") as ana_herself:
            held = ana_herself.joints.holding(JointKind.AGREEMENT)
            assert held is not None
            ana_herself.joints.narrow(held.id, "No questions")
        lee._seat.app.screen.query_one(AgreedLines).look()
        await lee.sees("Less (2): Ana: No questions · Ben: No hands before eleven")

        # What is said in the room is stamped, as a line alone.
        await lee.presses("2", "l")
        await lee.sees("Stamped as a line alone: Ben narrows the agreement at their own door.")
        await lee.types("no light either")
        await lee.looks_at("stamped")
        await lee.presses("enter")
        await lee.sees("said: Less: no light either")
        await lee.presses("a")
        await lee.sees("Closed topics: Money")
        await lee.looks_at("all of it")
    with opened("Ben") as ben_himself:
        [joint] = ben_himself.joints.all()
        assert joint.standing is Standing.HOLDS
        assert [one.line for one in joint.narrowings] == ["No hands before eleven", "No questions"]
