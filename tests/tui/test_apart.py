"""Going apart on the screens: what is said before, the archive, the words, and the line for everybody."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Button

from kapjournal import clock, paths
from kapjournal.config import Loaded, Settings
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import When
from kapjournal.journal import FLOOR, Journal, NewNote, unlock
from kapjournal.presentation import apart as saying
from kapjournal.presentation.people import SHARING_HAS_ENDED
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.cast import meet
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, goes_to_people, presses
from tests.tui.picture_story import PictureStory, story_at

Open = Callable[[str], Journal]
MOMENT = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
SIZES = ((80, 24), (140, 40))


@pytest.fixture
def ours(still: None, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal of three on an evening in March; a page of Ben's waits for Ana."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    path = tmp_path / "us.kap"
    meet(path, memory, PASSPHRASES, title="")
    with unlock(path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory) as lee:
        lee.sessions.add(kind=SessionKind.PREPARATION, date=dt.date(2026, 3, 2))
    with unlock(path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as ana:
        day = dt.date(2026, 3, 4)
        ana.notes.add(NewNote("You waited by the car.", title="By the car", date=day, share="Ben"))
    with unlock(path, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=memory) as ben:
        later = When(until=MOMENT + dt.timedelta(days=1))
        ben.notes.add(NewNote("The kettle sang.", title="For tomorrow", share="Ana", when=later))
    return path


@pytest.fixture
def seat(ours: Path, memory: Path) -> Callable[[], KapApp]:
    """The program at the doors of that journal, as often as one sits down."""
    return lambda: KapApp(
        Loaded(Settings()), theme.load_all(), path=ours, record_folder=memory, strength=FLOOR
    )


async def comes_in(story: PictureStory, label: str) -> None:
    await enters(story._seat, label, PASSPHRASES[label])
    await story.sees("By the car")


async def test_one_goes_apart_and_another_is_told(
    seat: Callable[[], KapApp],
    tmp_path: Path,
    memory: Path,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paths, "free_archive", lambda: Path("/home/ana/journal-apart.kap"))
    archive = tmp_path / "mine.kap"
    app = seat()
    async with story_at(app, snapshot, SIZES) as story:
        await comes_in(story, "Ana")
        await goes_to_people(story._seat, "Ana")
        await story.clicks("Go apart")
        await story.sees("It cannot be undone.")
        await story.looks_at("what happens")
        await story.clicks("Go on")
        await comes_to(story._seat, "apart")
        await story.looks_at("the archive and the words")
        app.screen.query_one("#file", Field).value = str(archive)
        await story.presses("enter")
        await story.types("sharing")
        await story.presses("enter")
        await story.sees(saying.ASKS_FOR_THE_WORD)
        assert not archive.exists()
        app.screen.query_one("#word", Field).value = saying.WORD
        await story.presses("enter")
        await story.sees("Your archive is written:")
        await story.sees("Nobody is told who ended it.")
        await story.presses("enter")
        await comes_to(story._seat, "people")
        await story.looks_at("the people of who began")
        await story.presses("escape")
        await story.sees("The course")
        await story.looks_at("the course of who began")
    async with story_at(seat(), snapshot, SIZES) as story:
        await comes_in(story, "Ben")
        await story.sees("Sharing has ended in this journal.")
        await story.looks_at("the course of another")
        await story.presses("W")
        await story.sees("so this goes to nobody")
        await story.looks_at("what waits goes to nobody")
    with unlock(archive, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=tmp_path / "e") as ana:
        assert [note.text.title for note in ana.notes.all()] == ["By the car"]
        assert not ana.apart.has_ended, "it was written first"


async def test_who_says_not_now_and_who_writes_no_archive(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await goes_to_people(pilot, "Ana")
        await pilot.press("f4")
        await sees(pilot, "It cannot be undone.")
        await pilot.press("enter")
        await comes_to(pilot, "people")
        await pilot.press("f4")
        await sees(pilot, "It cannot be undone.")
        await presses(pilot, "#yes")
        await comes_to(pilot, "apart")
        app.screen.query_one("#file", Field).value = ""
        app.screen.query_one("#word", Field).value = saying.WORD
        await presses(pilot, "#do")
        await sees(pilot, "Sharing has ended in this journal.")
        assert "archive is written" not in painted(app)
        await pilot.press("escape")
        await comes_to(pilot, "people")
        await until(pilot, lambda: not app.screen.query_one("#apart", Button).display)
        await pilot.press("f4")
        await sees(pilot, "already")
    for label in PASSPHRASES:
        with opened(label) as journal:
            assert journal.apart.has_ended


async def test_a_program_that_is_open_says_so_once_and_then_quietly(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        assert "Sharing has ended" not in painted(app)
        with opened("Ana") as ana:
            ana.apart.end()
        await sees(pilot, SHARING_HAS_ENDED)
        await pilot.press("right", "s")
        await sees(pilot, "only Ana can share it")
        await pilot.press("a")
        await sees(pilot, "You can write for yourself")
