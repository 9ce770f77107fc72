"""A journal of three people, made once with the cheapest Argon2id, and copied for each test."""

import datetime as dt
import gc
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from kapjournal.config import Loaded, Settings
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, NewNote, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.textual_internals import keys_in_turn
from tests.cast import meet, practice_of_lee
from tests.conftest import doors_for_other_programs
from tests.tui.app_pilot import SECRET
from tests.tui.idle import wait_until_nothing_is_left
from tests.wall_clock import in_zone

TESTS_A_SWEEP = 60
_TESTS = count(1)

PASSPHRASES = {
    "Dr Lee": "two chairs and a window",
    "Ana": "first light on the lake",
    "Ben": "kettle on the bench",
}
MORNING = "one door in the morning"
"""Dr Lee's passphrase at the door of her practice."""


@pytest.fixture(autouse=True, scope="session")
def quick_pilot() -> Iterator[None]:
    """Let the pilot go on as soon as the program has nothing left to do, and parse each stylesheet once."""
    parse, parsed = Stylesheet._parse_rules, dict[object, list[RuleSet]]()

    def parse_once(self: Stylesheet, css: str, *place: Any, **named: Any) -> list[RuleSet]:
        asked = (css, place, tuple(named.items()), tuple(self._variables.items()))
        if asked not in parsed:
            parsed[asked] = parse(self, css, *place, **named)
        return parsed[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", wait_until_nothing_is_left)
        patch.setattr("textual.pilot.wait_for_idle", wait_until_nothing_is_left)
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(keys_in_turn, "PATIENCE", 10.0)  # where several tests share a core a step takes long
        yield


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Let the programs of many tests go at once, for a sweep takes as long as a test: what was left open
    kept all that there was out of the collector's sight."""
    yield
    if next(_TESTS) % TESTS_A_SWEEP == 0:
        gc.unfreeze()
        gc.collect()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `us.kap` and what this computer remembers of it."""
    folder = tmp_path_factory.mktemp("made")
    path, memory = folder / "us.kap", folder / "memory"
    memory.mkdir()
    with doors_for_other_programs():
        meet(path, memory, PASSPHRASES, title="")
    with unlock(path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 2))
    with unlock(path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as ana:
        ana.notes.add(NewNote(f"The {SECRET} light was on.", title="Hallway", date=dt.date(2026, 3, 3)))
        ana.notes.add(
            NewNote(
                "You waited by the car.",
                title="By the car",
                kind=NoteKind.APPRECIATION,
                date=dt.date(2026, 3, 4),
                share="Ben",
            )
        )
    return folder


@pytest.fixture
def journal_file(made: Path, tmp_path: Path, memory: Path) -> Path:
    """This test's own copy."""
    shutil.copytree(made / "memory", memory, dirs_exist_ok=True)
    return Path(shutil.copy(made / "us.kap", tmp_path / "us.kap"))


@pytest.fixture
def opened(journal_file: Path, memory: Path) -> Callable[[str], Journal]:
    """Open a door without a screen."""
    return lambda label: unlock(
        journal_file, label=label, passphrase=PASSPHRASES[label], record_folder=memory
    )


@pytest.fixture
def app(journal_file: Path, memory: Path) -> KapApp:
    """The program at the doors of the journal."""
    return KapApp(
        Loaded(Settings()), theme.load_all(), path=journal_file, record_folder=memory, strength=FLOOR
    )


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For pictures: nothing in them may depend on this computer, its zone, or how quick it is."""
    monkeypatch.setattr("kapjournal.paths.config_folder", lambda: Path("/home/ana/.config/kapjournal"))
    monkeypatch.setattr("kapjournal.tui.editor.autosave.SAVE_AFTER", 600.0)
    monkeypatch.setattr("kapjournal.tui.widgets.status_line.StatusLine.SECONDS", 600.0)
    monkeypatch.setattr("kapjournal.tui.screens.people.REFRESH_EVERY", 600.0)
    with in_zone("UTC"):
        yield


@pytest.fixture
def nowhere(tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> KapApp:
    """The program where there is no journal yet."""
    monkeypatch.chdir(tmp_path)
    return KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory, strength=FLOOR)


@pytest.fixture(scope="session")
def made_for_others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the journal of another couple, `theirs.kap`, and what this computer remembers of it."""
    folder = tmp_path_factory.mktemp("made_for_others")
    (folder / "memory").mkdir()
    meet(folder / "theirs.kap", folder / "memory", PASSPHRASES, title="")
    return folder


@pytest.fixture
def practice(journal_file: Path, made_for_others: Path, memory: Path) -> Path:
    """A practice with the couple of `us.kap`, and another couple whose journal asks each time."""
    path = journal_file.with_name("practice.kap")
    made = practice_of_lee(path, memory)
    shutil.copytree(made_for_others / "memory", memory, dirs_exist_ok=True)
    theirs = Path(shutil.copy(made_for_others / "theirs.kap", path.with_name("theirs.kap")))
    lee = PASSPHRASES["Dr Lee"]
    with made:
        made.couples.add("Hallway", journal_file, label="Dr Lee", passphrase=lee)
        made.couples.add("The two from Graz", theirs, label="Dr Lee", passphrase=lee, opens=False)
    return path


@pytest.fixture
def desk(practice: Path, memory: Path) -> KapApp:
    """The program at the practice's door."""
    return KapApp(Loaded(Settings()), theme.load_all(), path=practice, record_folder=memory, strength=FLOOR)
