"""`merge` and `copy`, the real commands, killed or told to stop: each file is whole, as before or afterwards,
and nothing half is left."""

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.cli.commands import copies
from kapjournal.cli.runner import run
from kapjournal.journal import NewNote
from kapjournal.progress import Progress
from tests.attached import file_of
from tests.cast import PASSPHRASES
from tests.crash.test_backups import _killed, _points
from tests.shared_journal import SharedJournal

KILLS = 20


class Two:
    """A journal here and a copy of it elsewhere, each with something of Ana's that the other has not."""

    def __init__(self, shared: SharedJournal, folder: Path) -> None:
        self.here, self.there = shared, shared.copied(folder / "elsewhere")
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.secret = file_of(folder, PASSPHRASES["Ana"].encode(), "secret")
        with self.there.open("Ana") as ana:
            note = ana.notes.add(NewNote("there", share="all"))
            ana.attachments.attach(note.id, file_of(folder, bytes(2_000_000)))
        with self.here.open("Ana") as ana:
            ana.notes.add(NewNote("here", share="all"))

    def command(self, *words: str) -> object:
        """One command of Ana's, in this process."""
        shared = ["-j", str(self.here.path), "-a", "Ana", "--passphrase-file", str(self.secret)]
        return run([*shared, *words], record_folder=self.here.memory)

    def merge(self) -> object:
        return self.command("merge", str(self.there.path))

    def copy(self) -> object:
        return self.command("copy", str(self.stick / "mine.kap"))

    def assert_whole(self) -> None:
        """Both open, and nobody misses anything; nothing lies in any of the folders that has no place
        there."""
        for shared, words in ((self.here, "here"), (self.there, "there")):
            with shared.open("Ana") as ana:
                assert ana.check().is_clean
                assert words in {note.text.body for note in ana.notes.all()}
            assert {path.name for path in shared.path.parent.iterdir()} == {"ours.kap", "memory"}


@pytest.fixture
def two(shared: SharedJournal, tmp_path: Path) -> Two:
    return Two(shared, tmp_path)


def rows(path: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(path)) as database:
        return [row for table in ("envelope", "part") for row in database.execute(f"SELECT * FROM {table}")]


def at_step(step: int, number: signal.Signals) -> Callable[[], Progress]:
    """In the place of what says how far it is: send a signal at a step."""

    def following() -> Progress:
        steps = 0

        def follow(_done: int, _whole: int) -> None:
            nonlocal steps
            steps += 1
            if steps == step:
                os.kill(os.getpid(), number)

        return follow

    return following


def test_killed_anywhere_while_two_copies_are_brought_together(two: Two) -> None:
    points = _points(two.merge, 0)
    for at in sorted(random.Random("merge").randrange(1, points) for _ in range(KILLS)):
        with two.there.open("Ana") as ana:
            ana.notes.add(NewNote(f"new there {at}", share="all"))
        _killed(two.merge, at)
        two.assert_whole()
    assert two.merge() == 0
    assert rows(two.here.path) == rows(two.there.path)
    two.here.assert_whole()


def test_killed_anywhere_while_a_copy_is_made(two: Two) -> None:
    mine = two.stick / "mine.kap"
    points = _points(two.copy, 0)
    mine.unlink()
    for at in sorted(random.Random("copy").randrange(1, points) for _ in range(KILLS)):
        _killed(two.copy, at)
        two.assert_whole()  # the next opening, which removes what was left
        assert {path.name for path in two.stick.iterdir()} <= {"mine.kap"}
        if mine.exists():
            assert SharedJournal(mine, two.here.memory, two.here.held).open("Ana").check().is_clean
            mine.unlink()
    assert two.copy() == 0


@pytest.mark.parametrize("step", [1, 2, 5, 20])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_at_a_step(
    two: Two,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: int,
    number: signal.Signals,
) -> None:
    """One sentence, the exit code of the signal, and both files and the stick as before."""
    here, there = rows(two.here.path), rows(two.there.path)
    monkeypatch.setattr(copies, "following", at_step(step, number))
    for work in (two.copy, two.merge):
        assert work() == 128 + number
        assert capsys.readouterr().err == "Stopped. What was saved before stands.\n"
        assert rows(two.there.path) == there
        assert rows(two.here.path) == here
        assert not list(two.stick.iterdir())
    two.assert_whole()


def test_told_to_stop_when_one_of_the_two_is_written(
    two: Two, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other is as before, and the next time brings them together."""
    there = rows(two.there.path)
    monkeypatch.setattr(copies, "following", at_step(len(there) + 3, signal.SIGINT))
    assert two.merge() == 128 + signal.SIGINT
    assert capsys.readouterr().err == "Stopped. What was saved before stands.\n"
    assert rows(two.there.path) == there and set(rows(two.here.path)) > set(there)
    two.assert_whole()
    monkeypatch.undo()
    assert two.merge() == 0
    assert rows(two.here.path) == rows(two.there.path)
    two.here.assert_whole()
