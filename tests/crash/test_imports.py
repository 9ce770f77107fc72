"""Importing and undoing, cut off at any moment, or with the disk full: all of it stands, or nothing."""

import signal
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from kapjournal import clock, signals
from kapjournal.domain.incoming import Incoming, IncomingFile, IncomingNote, IncomingSource
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal
from tests.attached import part_rows
from tests.crash import test_disk
from tests.crash.test_attachments import killed
from tests.shared_journal import SharedJournal

small_disk = test_disk.small_disk


def notes(count: int = 6, size: int = 1_500_000) -> Iterator[Incoming]:
    data = bytes(size)
    for number in range(count):
        file = IncomingFile("a.bin", size, lambda: BytesIO(data))
        yield IncomingNote(f"{number}.md", f"note {number}", clock.today(), files=(file,))


SIX = IncomingSource("text", "n", notes)


def is_as_before(journal: Journal, path: Path) -> bool:
    report = journal.check()
    return not journal.notes.all() and not journal.imports.all() and not part_rows(path) and report.is_clean


@pytest.mark.parametrize("at", [0.0, 0.5, 0.99])
def test_killed_while_importing(shared: SharedJournal, at: float) -> None:
    with shared.open("Ana") as ana:
        killed(lambda kill: ana.imports.bring(SIX, whole=6, progress=kill), at)
    with shared.open("Ana") as ana:
        assert is_as_before(ana, shared.path)
        assert ana.imports.bring(SIX).plan.notes == 6


@pytest.mark.parametrize("at", [0.0, 0.5, 0.99])
def test_killed_while_undoing(shared: SharedJournal, at: float) -> None:
    with shared.open("Ana") as ana:
        one = ana.imports.bring(SIX)
    with shared.open("Ana") as ana:
        killed(lambda kill: ana.imports.undo(one.id, kill), at)
    with shared.open("Ana") as ana:
        assert len(ana.notes.all()) == 6 and [it.id for it in ana.imports.all()] == [one.id]
        assert ana.imports.undo(one.id).removed == 6 and not ana.findings


def test_a_signal_ends_it_between_two_notes_and_leaves_nothing(shared: SharedJournal) -> None:
    def interrupt(done: int, whole: int) -> None:
        if done == 3:
            signal.raise_signal(signal.SIGINT)

    with shared.open("Ana") as ana:
        with pytest.raises(signals.StopRequested), signals.handled():
            ana.imports.bring(SIX, progress=interrupt)
        assert is_as_before(ana, shared.path)


def test_a_full_disk_leaves_nothing_half(small_disk: SharedJournal) -> None:
    with small_disk.open("Ana") as ana:
        with pytest.raises(CannotSave):
            ana.imports.bring(SIX)
        assert is_as_before(ana, small_disk.path)
        assert ana.imports.bring(IncomingSource("text", "n", lambda: notes(2, 1000))).plan.notes == 2
