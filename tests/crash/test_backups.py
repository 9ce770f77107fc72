"""A backup that is killed, or finds no room: older ones stand, and nothing half is left."""

import datetime as dt
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from kapjournal import clock
from kapjournal.domain.rotation import Keep
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, NewNote, restore, sealed_contents
from kapjournal.progress import in_silence
from kapjournal.store import JournalFile
from tests.cast import PASSPHRASES, meet, practice_of_lee
from tests.crash.test_disk import _no_file_larger_than
from tests.internals import vault_of
from tests.shared_journal import SharedJournal

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
KILLS = 25


def _points(work: Callable[[], object], kill_at: int) -> int:
    """How many calls of Python and of C the work makes; at one of them this process is killed."""
    passed = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal passed
        if event in ("call", "c_return"):
            passed += 1
            if passed == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return passed


def _killed(work: Callable[[], object], at: int) -> bool:
    """Do it in another process, which is killed at a point; whether it came that far."""
    if (child := os.fork()) == 0:
        _points(work, at)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _assert_only_whole(folder: Path, *, at_least: int) -> None:
    """What is in a folder is whole, and there are so many backups or sets."""
    files = [one for one in folder.rglob("*") if not one.is_dir()]
    assert all(sealed_contents(one, in_silence).is_whole for one in files), files
    assert not [one for one in folder.rglob("*") if one.name.startswith(".")]
    assert len(list(folder.iterdir())) >= at_least


def test_killed_while_backing_up_and_removing_older_ones(shared: SharedJournal, tmp_path: Path) -> None:
    """At the next opening all is tidy, whatever had been written by then."""
    stick = tmp_path / "stick"
    stick.mkdir()

    def visit(day: int) -> None:
        with clock.at(NOON + dt.timedelta(days=day)), shared.open("Ana") as ana:
            ana.backups.into(stick, Keep(last=2))

    for day in range(3):
        visit(day)
    points = _points(lambda: visit(3), 0)
    rng = random.Random("backups")
    assert points > 1000
    for day, at in enumerate(sorted(rng.randrange(1, points) for _ in range(KILLS)), start=4):
        _killed(lambda day=day: visit(day), at)  # type: ignore[misc]
        with shared.open("Ana") as ana:
            assert not ana.findings
        _assert_only_whole(stick, at_least=2)
    visit(99)
    assert len(list(stick.iterdir())) == 2
    shared.assert_whole()


def test_killed_while_a_set_takes_the_place_of_others(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with practice_of_lee(tmp_path / "practice.kap", tmp_path / "memory") as lee:
        meet(path := tmp_path / "ours.kap", tmp_path / "memory of ours")
        lee.couples.add("Ana and Ben", path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        secrets = vault_of(lee).secrets

    def visit(day: int) -> None:
        file = JournalFile(tmp_path / "practice.kap")
        with (
            clock.at(NOON + dt.timedelta(days=day)),
            Journal(file, secrets, tmp_path / "memory") as practice,
        ):
            practice.backups.into(stick, Keep(last=2), couples=True)

    for day in range(3):
        visit(day)
    points = _points(lambda: visit(3), 0)
    rng = random.Random("sets")
    for day, at in enumerate(sorted(rng.randrange(1, points) for _ in range(KILLS)), start=4):
        _killed(lambda day=day: visit(day), at)  # type: ignore[misc]
        Journal(JournalFile(tmp_path / "practice.kap"), secrets, tmp_path / "memory").close()
        _assert_only_whole(stick, at_least=2)
        assert all(len(list(one.iterdir())) == 2 for one in stick.iterdir())


def test_killed_while_restoring(shared: SharedJournal) -> None:
    """Either stands there, whole; and what was there before is there under one name or the other."""
    backup = shared.path.with_name("backup.kap")
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("before"))
        ana.backup(backup)

    def work() -> None:
        restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])

    work()
    points = _points(work, 0)
    for at in sorted(random.Random("restore").randrange(1, points) for _ in range(KILLS)):
        _killed(work, at)
        if not shared.path.exists():  # between two names: it is beside it, and nothing is lost
            work()
        assert sealed_contents(shared.path, in_silence).is_whole
    work()
    assert not [one for one in shared.path.parent.iterdir() if one.name.startswith(".kapjournal")]


def test_no_room_for_a_backup(shared: SharedJournal, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("words " * 20_000))
        first = ana.backups.into(stick).path
        before = first.read_bytes()
        for size in (1, 5_000, len(before) // 2, len(before) - 4096):
            with _no_file_larger_than(size), pytest.raises(CannotSave):
                ana.backups.into(stick, Keep(last=1))
            with _no_file_larger_than(size), pytest.raises(CannotSave):
                ana.backup(stick / "one.kap")
            assert list(stick.iterdir()) == [first] and first.read_bytes() == before
        ana.backups.into(stick, Keep(last=1))
    shared.assert_whole()


def test_no_room_for_a_set(tmp_path: Path) -> None:
    """A disk on which the practice finds room and a couple's journal does not: no set is there."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with practice_of_lee(tmp_path / "practice.kap", tmp_path / "memory") as lee:
        meet(path := tmp_path / "ours.kap", tmp_path / "memory of ours")
        lee.couples.add("Ana and Ben", path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        room = path.stat().st_size - 4096
        lee.backup(tmp_path / "size.kap")
        assert (tmp_path / "size.kap").stat().st_size < room
        with _no_file_larger_than(room), pytest.raises(CannotSave):
            lee.backups.into(stick, Keep(last=1), couples=True)
        assert list(stick.iterdir()) == []
