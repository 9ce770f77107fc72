"""What lies beside a journal is looked at before SQLite trusts it; a log of another state mixes nothing."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import Damaged
from kapjournal.store import JournalFile, housekeep
from tests.store.sample_files import ids, make_file, read_all, some_rows

LEFT_BEHIND = r"ours\.kap-wal is the log of another state.*Nothing was opened or changed.*kapjournal restore"


def write(path: Path, many: int) -> None:
    """A visit that ends in order."""
    file = JournalFile(path)
    with file.writing() as transaction:
        for row_id, sealed in some_rows(many):
            transaction.put(row_id, sealed)
    file.close()


def stopped(path: Path, many: int) -> None:
    """A visit that is killed: the log stays beside the file as it was."""
    aside = path.parent / "killed"
    file = JournalFile(path)
    with file.writing() as transaction:
        for row_id, sealed in some_rows(many):
            transaction.put(row_id, sealed)
    aside.mkdir()
    for found in (path, path.with_name(path.name + "-wal")):
        shutil.copy(found, aside / found.name)
    file.close()
    for found in aside.iterdir():
        found.replace(path.parent / found.name)
    aside.rmdir()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder but SQLite's index, which it makes anew."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "ours.kap"
    path.parent.mkdir()
    make_file(path, some_rows(40))
    return path


@pytest.fixture
def mixed(path: Path, tmp_path: Path) -> Path:
    """A backup, a day of use, a kill; then the backup is copied over the journal, and the log stays."""
    backup = tmp_path / "backup.kap"
    shutil.copy(path, backup)
    write(path, 120)
    stopped(path, 9)
    shutil.copy(backup, path)
    return path


def test_sqlite_itself_would_mix_the_two(mixed: Path) -> None:
    """Otherwise the tests below would show nothing."""
    with closing(sqlite3.connect(mixed)) as database:
        try:
            rows = database.execute("SELECT id FROM envelope").fetchall()
        except sqlite3.DatabaseError:
            rows = []
    assert len(rows) != 40


@pytest.mark.parametrize("way", [JournalFile, housekeep])
def test_a_log_of_another_state_is_refused_and_nothing_is_touched(
    mixed: Path, way: Callable[[Path], object]
) -> None:
    before = contents(mixed.parent)
    if way is housekeep:
        housekeep(mixed)
    else:
        with pytest.raises(Damaged, match=LEFT_BEHIND):
            way(mixed)
    assert contents(mixed.parent) == before
    mixed.with_name("ours.kap-wal").unlink()
    assert len(read_all(mixed)) == 40


def test_through_a_link_to_the_journal_too(mixed: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.kap"
    link.symlink_to(mixed)
    with pytest.raises(Damaged, match=LEFT_BEHIND):
        JournalFile(link)


def test_the_log_of_the_file_itself_is_taken_in(path: Path) -> None:
    stopped(path, 9)
    assert path.with_name("ours.kap-wal").stat().st_size > 0
    assert len(read_all(path)) == 49


def test_a_log_from_after_the_backup_was_made_in_the_same_visit_brings_the_rest(
    path: Path, tmp_path: Path
) -> None:
    """Every page that changed since is in it: nothing is mixed, and nothing lost."""
    backup = tmp_path / "backup.kap"
    shutil.copy(path, backup)
    stopped(path, 9)
    shutil.copy(backup, path)
    assert len(read_all(path)) == 49


def test_a_second_program_opens_while_the_first_one_writes(path: Path) -> None:
    first = JournalFile(path)
    with first.writing() as transaction:
        for row_id, sealed in some_rows(5):
            transaction.put(row_id, sealed)
    second = JournalFile(path)
    with second.reading() as snapshot:
        assert len(ids(snapshot)) == 45
    second.close()
    first.close()


def test_a_file_that_was_damaged_before_is_opened_with_its_log_as_ever(path: Path) -> None:
    """What can be saved of it is for `rows` to say; the log is not to blame."""
    stopped(path, 1)
    data = bytearray(path.read_bytes())
    data[8 * 4096 : 8 * 4096 + 64] = os.urandom(64)
    path.write_bytes(data)
    file = JournalFile(path)
    file.close()


def test_a_log_that_cannot_be_judged_is_not_accused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(path, 9)
    from kapjournal.store import companions  # noqa: PLC0415

    def busy(_path: Path, _mode: str) -> sqlite3.Connection:
        error = sqlite3.OperationalError("locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    companions.refuse_log_of_another(path, busy)


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_companion_that_another_program_removes_at_this_moment_is_in_nobodys_way(
    path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    stopped(path, 9)
    companion = path.with_name(path.name + ending)
    companion.touch()
    look = Path.lstat

    def just_too_late(self: Path) -> os.stat_result:
        if self.name == companion.name:
            self.unlink(missing_ok=True)
        return look(self)

    monkeypatch.setattr(Path, "lstat", just_too_late)
    from kapjournal.store import companions  # noqa: PLC0415

    companions.refuse_odd_files(path)
    assert not companion.exists()


PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "a second name of a precious file": lambda place, precious: os.link(precious, place),
    "a link to a precious file": lambda place, precious: place.symlink_to(precious),
    "a link that leads nowhere": lambda place, _: place.symlink_to("nowhere"),
    "a pipe": lambda place, _: os.mkfifo(place),
    "a folder": lambda place, _: place.mkdir(),
}


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
@pytest.mark.parametrize("planted", PLANTED)
def test_a_companion_that_is_no_file_of_its_own_is_refused(
    path: Path, tmp_path: Path, ending: str, planted: str
) -> None:
    precious = tmp_path / "thesis.txt"
    precious.write_bytes(b"years of work" * 5000)
    place = path.with_name(path.name + ending)
    PLANTED[planted](place, precious)
    before = path.read_bytes()
    with pytest.raises(Damaged, match=r"is a link or no plain file.*Nothing was opened or changed"):
        JournalFile(path)
    assert path.read_bytes() == before and precious.read_bytes() == b"years of work" * 5000


def test_a_journal_with_two_names_is_refused_under_both(path: Path) -> None:
    other = path.with_name("other.kap")
    os.link(path, other)
    for name in (path, other):
        with pytest.raises(Damaged, match="has a second name"):
            JournalFile(name)
    other.unlink()
    assert len(read_all(path)) == 40
