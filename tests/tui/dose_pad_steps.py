"""A practice with a couple on the day of a dose, and a clock that the test sets."""

import datetime as dt
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.config import Loaded, Settings
from kapjournal.content import pad
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, NewRecord, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.cast import practice_of_lee
from tests.tui.conftest import PASSPHRASES

MORNING = "one door in the morning"
TEN = dt.datetime(2026, 3, 9, 10, 0, tzinfo=dt.UTC)


class Clock:
    """The computer's clock, and the steady one, which goes on when the first is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall = self.steady = TEN
        monkeypatch.setattr("kapjournal.clock.now", self.now)
        monkeypatch.setattr("kapjournal.clock.uptime", self.uptime)

    def now(self) -> dt.datetime:
        self.goes_on(0.0001)  # no two rows are stamped at one moment
        return self.wall

    def uptime(self) -> float:
        return self.steady.timestamp()

    def goes_on(self, minutes: float) -> None:
        self.wall += dt.timedelta(minutes=minutes)
        self.steady += dt.timedelta(minutes=minutes)

    def is_set(self, minutes: float) -> None:
        self.wall += dt.timedelta(minutes=minutes)


def made_practice(journal_file: Path, memory: Path, *, line: bool = False) -> Path:
    """The couple of `us.kap`, called Ana and Ben, with a dosing session today and what they agreed."""
    if line:
        paths.config_folder().mkdir(parents=True, exist_ok=True)
        (paths.config_folder() / "pad.toml").write_text("systolic-line = 150\n")
        pad._read.cache_clear()
    path = journal_file.with_name("practice.kap")
    with unlock(
        journal_file, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory
    ) as theirs:
        theirs.sessions.add(kind=SessionKind.DOSING, date=TEN.date(), time=dt.time(9, 30))
    made = practice_of_lee(path, memory)
    with made:
        couple = made.couples.add("Hallway", journal_file, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        made.couples.name_partners(couple.case, "Ana", "Ben")
        agreed = {"stop-signal": "A palm held up.", "touch-agreement": "A hand on the chair, if asked."}
        made.records.add(NewRecord(RecordKind.PREPARATION, couple.case, agreed))
    return path


def program(practice: Path, memory: Path, colours: str = "dusk") -> KapApp:
    """The program at the practice's door."""
    settings = Settings(theme=colours)
    return KapApp(Loaded(settings), theme.load_all(), path=practice, record_folder=memory, strength=FLOOR)


def opened(practice: Path, memory: Path) -> Journal:
    """The practice as another program finds it in the file this moment."""
    return unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory)
