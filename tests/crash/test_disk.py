"""What keeps a save from happening (disk, folder, another program): the old state stands, and one is told."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.store import connection
from tests.shared_journal import SharedJournal

LONG = "every word of it\n" * 12_000
"""200 KB: more than the room that is left in any of these tests."""

Standing = list[tuple[str, str, frozenset[bytes]]]


@pytest.fixture
def small_disk(shared: SharedJournal, tmp_path: Path) -> Iterator[SharedJournal]:
    """The journal on a file system of its own, of 2 MiB; what the computer remembers lies elsewhere."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        shutil.copy(shared.path, disk / "ours.kap")
        yield SharedJournal(disk / "ours.kap", shared.memory, shared.held)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    """A disk without a byte left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """A quota: writing past `size` bytes fails, in every file of this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _standing(journal: Journal) -> Standing:
    return [(note.id, note.text.body, note.readers) for note in journal.notes.all()]


def _assert_every_save_fails(journal: Journal, says: str) -> None:
    """Each way of saving says why in a sentence, and nothing that stood before is touched."""
    own = next(note.id for note in journal.notes.all() if note.author == journal.me.id)
    draft = journal.drafts.all()[0]
    before, drafts = _standing(journal), journal.drafts.all()
    for save in (
        lambda: journal.notes.add(NewNote(LONG)),
        lambda: journal.notes.edit(own, NoteChange(body=LONG)),
        lambda: journal.drafts.finish(draft),
        lambda: journal.drafts.save(_long_draft(journal)),
    ):
        with pytest.raises(CannotSave, match=says) as told:
            save()
        assert LONG[:12] not in str(told.value)
        assert _standing(journal) == before
        assert journal.drafts.all() == drafts


def _assert_saves_again(shared: SharedJournal, journal: Journal) -> None:
    before = _standing(journal)
    written = journal.notes.add(NewNote(LONG, share="all"))
    assert journal.drafts.finish(journal.drafts.all()[0]).text.body == LONG
    assert journal.drafts.all() == []
    assert [one for one in _standing(journal) if one in before] == before
    assert journal.check().is_clean
    journal.close()
    with shared.open("Ben") as ben:
        assert ben.notes.get(written.id).text.body == LONG
    shared.assert_whole()


def _with_notes(shared: SharedJournal) -> Journal:
    """Ana at her open journal, with a note, a shared one, and a long draft."""
    ana = shared.open("Ana")
    ana.notes.add(NewNote("the hallway"))
    ana.notes.add(NewNote("by the car", share="all"))
    ana.drafts.save(_long_draft(ana))
    return ana


def _long_draft(journal: Journal) -> Draft:
    return Draft("", None, NoteText(LONG, default_kind(journal.me.role), clock.today()))


def test_disk_full_during_a_save(small_disk: SharedJournal) -> None:
    ana = _with_notes(small_disk)
    with _full(small_disk.path.parent):
        _assert_every_save_fails(ana, r"There is no room left on the disk for ours\.kap\. What stood")
    _assert_saves_again(small_disk, ana)


def test_closing_and_opening_on_a_full_disk(small_disk: SharedJournal) -> None:
    with _with_notes(small_disk) as ana:
        standing = _standing(ana)
        small_disk.path.with_name("filler").write_bytes(b"")
        with _full(small_disk.path.parent):
            ana.close()
    with small_disk.open("Ana") as again:
        assert _standing(again) == standing
        _assert_saves_again(small_disk, again)


def test_quota_reached_during_a_save(shared: SharedJournal) -> None:
    ana = _with_notes(shared)
    wal = shared.path.with_name(shared.path.name + "-wal")
    with _no_file_larger_than(wal.stat().st_size + 16 * 1024):
        _assert_every_save_fails(ana, "What stood before still stands")
    _assert_saves_again(shared, ana)


def test_lost_folder_during_a_save(shared: SharedJournal) -> None:
    ana = _with_notes(shared)
    folder = shared.path.parent
    away = folder.rename(folder.with_name("away"))
    _assert_every_save_fails(ana, "is no longer there.*Nothing was saved")
    away.rename(folder)
    _assert_saves_again(shared, ana)


def test_another_program_never_lets_go(shared: SharedJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.05)
    ana = _with_notes(shared)
    with closing(sqlite3.connect(shared.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        _assert_every_save_fails(ana, r"Another program is holding ours\.kap\..*Try again in a moment")
    _assert_saves_again(shared, ana)


def test_read_only_disk(small_disk: SharedJournal) -> None:
    _with_notes(small_disk).close()
    disk = str(small_disk.path.parent)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with small_disk.open("Ana") as ana:
        _assert_every_save_fails(ana, "cannot be written here: it is read-only")
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    _assert_saves_again(small_disk, small_disk.open("Ana"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to everything")
def test_read_only_file(shared: SharedJournal) -> None:
    _with_notes(shared).close()
    shared.path.chmod(0o400)
    with shared.open("Ana") as ana:
        _assert_every_save_fails(ana, "cannot be written here: it is read-only")
    shared.path.chmod(0o600)
    _assert_saves_again(shared, shared.open("Ana"))
