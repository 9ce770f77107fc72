"""Attaching and giving out, cut off at any moment: the file is there whole or not at all."""

import os
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kapjournal import signals
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, NewNote
from tests.attached import file_of, given_out, part_rows
from tests.crash import test_disk
from tests.shared_journal import SharedJournal

small_disk = test_disk.small_disk

LARGE = 6 * 1024 * 1024


def killed(work: Callable[[Callable[[int, int], None]], object], at: float) -> None:
    """Do some work in a process that is killed, without a word, once so much of it is done."""

    def kill(done: int, whole: int) -> None:
        if done >= at * whole:
            os.kill(os.getpid(), signal.SIGKILL)

    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            work(kill)
        os._exit(1)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.99])
def test_killed_while_attaching(shared: SharedJournal, tmp_path: Path, at: float) -> None:
    path = file_of(tmp_path, secrets.token_bytes(LARGE))
    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("the hallway"))

    def attach(progress: Callable[[int, int], None]) -> None:
        shared.open("Ana").attachments.attach(note.id, path, progress)

    killed(attach, at)
    with shared.open("Ana") as ana:
        assert part_rows(shared.path) == {}
        assert ana.notes.get(note.id) == note
        ana.attachments.attach(note.id, path)
        assert given_out(ana, note) == path.read_bytes()
    shared.assert_whole()


def test_killed_after_attaching(shared: SharedJournal, tmp_path: Path) -> None:
    """What was told is attached is there, although nothing was tidied."""
    path = file_of(tmp_path, secrets.token_bytes(LARGE))
    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("the hallway"))

    def attach(progress: Callable[[int, int], None]) -> None:
        shared.open("Ana").attachments.attach(note.id, path)
        progress(1, 1)

    killed(attach, 1)
    with shared.open("Ana") as ana:
        assert given_out(ana, note) == path.read_bytes()
    shared.assert_whole()


def test_killed_while_giving_out(shared: SharedJournal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("the hallway"))
        ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(LARGE)))

    def save(progress: Callable[[int, int], None]) -> None:
        shared.open("Ana").attachments.save(note.id, "1", out / "memo.bin", progress)

    killed(save, 0.5)
    assert not (out / "memo.bin").exists()
    with shared.open("Ana") as ana:
        ana.attachments.save(note.id, "1", out / "memo.bin")
    assert [path.name for path in out.iterdir()] == ["memo.bin"], "what the kill left is swept away"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_told_to_stop_in_the_middle(shared: SharedJournal, tmp_path: Path, name: str) -> None:
    path = file_of(tmp_path, secrets.token_bytes(LARGE))
    calls: list[int] = []

    def stop(done: int, whole: int) -> None:
        calls.append(done)
        if len(calls) == 2:
            os.kill(os.getpid(), getattr(signal, name))

    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("the hallway"))
        with pytest.raises(signals.StopRequested), signals.handled():
            ana.attachments.attach(note.id, path, stop)
        assert calls[-1] < LARGE, "it does not wait for the end of a large file"
        assert part_rows(shared.path) == {}
        assert ana.attachments.attach(note.id, path).files
    shared.assert_whole()


def assert_nothing_fits(journal: Journal, path: Path, says: str) -> None:
    note = journal.notes.all()[0]
    with pytest.raises(CannotSave, match=says):
        journal.attachments.attach(note.id, path)
    assert journal.notes.get(note.id) == note
    assert part_rows(journal.path) == {}


def test_disk_full_while_attaching(small_disk: SharedJournal, tmp_path: Path) -> None:
    with small_disk.open("Ana") as ana:
        ana.notes.add(NewNote("the hallway"))
        large = file_of(tmp_path, secrets.token_bytes(LARGE))
        assert_nothing_fits(ana, large, r"no room left on the disk for ours\.kap")
        ana.attachments.attach(ana.notes.all()[0].id, file_of(tmp_path, b"small", "small.bin"))
    small_disk.assert_whole()


def test_quota_reached_while_attaching(shared: SharedJournal, tmp_path: Path) -> None:
    large = file_of(tmp_path, secrets.token_bytes(LARGE))
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("the hallway"))
        with test_disk._no_file_larger_than(LARGE // 2):
            assert_nothing_fits(ana, large, "What stood before still stands")
        assert ana.attachments.attach(ana.notes.all()[0].id, large).files
    shared.assert_whole()


def test_disk_full_while_giving_out(shared: SharedJournal, small_disk: SharedJournal, tmp_path: Path) -> None:
    out = small_disk.path.parent / "out"
    out.mkdir()
    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("the hallway"))
        ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(LARGE)))
        with pytest.raises(CannotSave, match="cannot be written: No space left on device"):
            ana.attachments.save(note.id, "1", out / "memo.bin")
        assert list(out.iterdir()) == []
