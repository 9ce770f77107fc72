"""A backup in the place of the journal: proved to open, and what stood there is kept."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kapjournal.errors import CannotSave, Damaged, NotFound, NotWhole, Refused, UnlockFailed, UsageError
from kapjournal.journal import NewNote, open_backup, restore, unlock
from kapjournal.presentation import findings
from kapjournal.store import JournalFile
from tests.cast import PASSPHRASES
from tests.internals import finding_sentences
from tests.shared_journal import SharedJournal, meet
from tests.store.test_companions import stopped, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    return meet(tmp_path_factory.mktemp("made"))


@pytest.fixture
def shared(made: SharedJournal, tmp_path: Path) -> SharedJournal:
    return made.copied(tmp_path / "ours")


@pytest.fixture
def backup(shared: SharedJournal) -> Path:
    """A backup with one note of Ana's, who goes on after it."""
    backup = shared.path.with_name("backup.kap")
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("before the backup"))
        ana.backup(backup)
        ana.notes.add(NewNote("after the backup"))
    return backup


def bodies(shared: SharedJournal, path: Path) -> set[str]:
    with unlock(path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=shared.memory) as ana:
        return {note.text.body for note in ana.notes.all()}


def test_the_backup_stands_there_and_what_stood_there_is_kept(shared: SharedJournal, backup: Path) -> None:
    before, given = shared.path.read_bytes(), backup.read_bytes()
    done = restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert done.kept == shared.path.with_name("ours.kap.before-restore") and done.damage == ""
    assert done.kept.read_bytes() == before and backup.read_bytes() == given
    assert shared.path.stat().st_mode & 0o777 == 0o600
    assert bodies(shared, shared.path) == {"before the backup"}
    assert {file.name for file in shared.path.parent.iterdir() if file.is_file()} == {
        "ours.kap",
        "backup.kap",
        "ours.kap.before-restore",
    }


def test_it_is_said_that_the_file_is_older_and_the_kept_one_brings_the_rest(
    shared: SharedJournal, backup: Path
) -> None:
    done = restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert done.kept is not None
    with shared.open("Ana") as ana:
        assert any("older" in sentence for sentence in finding_sentences(ana))
        assert done.kept.name.endswith(".before-restore")
        assert findings.checked(ana, ana.check())[-1] == findings.WENT_BACK
        ana.copies.merge(done.kept)
        assert findings.checked(ana, ana.check()) == [findings.ALL_IS_WELL]
        assert finding_sentences(ana) == []
        assert {note.text.body for note in ana.notes.all()} == {"before the backup", "after the backup"}


def test_a_log_left_behind_goes_with_what_stood_there(shared: SharedJournal, backup: Path) -> None:
    write(shared.path, 60)
    stopped(shared.path, 9)
    rows = len(_rows(shared.path.parent / "look", shared.path))
    shutil.copy(backup, shared.path.with_name("copied.kap"))
    done = restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert done.kept is not None
    assert not shared.path.with_name("ours.kap-wal").exists()
    assert bodies(shared, shared.path) == {"before the backup"}
    assert len(_rows(shared.path.parent / "again", done.kept)) == rows


def test_it_mends_what_a_copy_by_hand_had_mixed(shared: SharedJournal, backup: Path) -> None:
    write(shared.path, 120)
    stopped(shared.path, 9)
    shutil.copy(backup, shared.path)
    with pytest.raises(Damaged, match="another state"):
        unlock(shared.path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=shared.memory)
    restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert bodies(shared, shared.path) == {"before the backup"}


def test_where_no_journal_stands_any_more_it_appears(shared: SharedJournal, backup: Path) -> None:
    shared.path.unlink()
    assert restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"]).kept is None
    assert bodies(shared, shared.path) == {"before the backup"}


def test_a_backup_with_a_log_of_its_own_is_restored_with_it(shared: SharedJournal, backup: Path) -> None:
    stopped(backup, 3)
    before = {file: file.read_bytes() for file in backup.parent.glob("backup.kap*") if "shm" not in file.name}
    restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"], damaged=True)  # no real rows
    file = JournalFile(shared.path)
    with file.reading() as snapshot:
        assert len(snapshot.lengths()) == len(_rows(shared.path.parent / "look", backup))
    file.close()
    assert {file: file.read_bytes() for file in before} == before


def test_nothing_is_changed_where_it_cannot_be_done(
    shared: SharedJournal, backup: Path, tmp_path: Path
) -> None:
    other = meet(tmp_path / "other").path
    broken = tmp_path / "broken.kap"
    broken.write_bytes(backup.read_bytes()[:9000])
    empty = tmp_path / "empty.kap"
    empty.touch()
    before = _files(shared.path.parent)
    ana = PASSPHRASES["Ana"]
    for error, given, label, passphrase in (
        (UnlockFailed, backup, "Ana", "not her passphrase"),
        (UnlockFailed, backup, "Nobody", ana),
        (UsageError, backup, None, ana),
        (Refused, other, "Ana", ana),
        (Refused, shared.path, "Ana", ana),
        (Damaged, broken, "Ana", ana),
        (Damaged, empty, "Ana", ana),
        (NotFound, tmp_path / "nothing.kap", "Ana", ana),
        (NotFound, tmp_path, "Ana", ana),
    ):
        for damaged in (False, True):
            with pytest.raises(error):
                restore(given, shared.path, label=label, passphrase=passphrase, damaged=damaged)
        assert _files(shared.path.parent) == before, (error, given)


def _a_row(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as database, database:
        first = database.execute("SELECT min(id) FROM envelope").fetchone()
        database.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = ?", first)


def _a_strange_row(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as database, database:
        database.execute("INSERT INTO envelope VALUES (x'00', x'00')")


def _a_page(backup: Path) -> None:
    """The last page without which Ben's door opens still, and which SQLite finds not in order then."""
    with closing(sqlite3.connect(backup)) as database:
        size, pages = (
            database.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_size", "page_count")
        )
    whole = backup.read_bytes()
    for page in reversed(range(1, pages)):
        backup.write_bytes(whole[: page * size] + b"\xff" * size + whole[(page + 1) * size :])
        with suppress(Damaged):
            open_backup(backup, label="Ben", passphrase=PASSPHRASES["Ben"])
            continue  # it is in order: nothing stood there
        with suppress(Damaged, NotFound, UnlockFailed), TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.kap"
            shutil.copy(backup, copy)
            with unlock(copy, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=Path(folder)):
                return
    raise AssertionError("no such page")


HARMS = [
    (_a_row, "Rows that are damaged: 1."),
    (_a_strange_row, "strange form: 1."),
    (_a_page, "not in order"),
]


@pytest.mark.parametrize(("harm", "named"), HARMS)
@pytest.mark.parametrize("stands", ["whole", "damaged", "missing"])
def test_a_damaged_backup_is_taken_only_if_that_is_said(
    shared: SharedJournal, backup: Path, harm: Callable[[Path], None], named: str, stands: str
) -> None:
    """What is damaged is named before anything is put in the place of what stands there."""
    harm(backup)
    if stands == "damaged":
        shared.path.write_bytes(shared.path.read_bytes()[:9000])
    elif stands == "missing":
        shared.path.unlink()
    before = _files(shared.path.parent)
    with pytest.raises(NotWhole, match=f"not whole.*{named}.*Nothing was changed"):
        restore(backup, shared.path, label="Ben", passphrase=PASSPHRASES["Ben"])
    assert _files(shared.path.parent) == before
    done = restore(backup, shared.path, label="Ben", passphrase=PASSPHRASES["Ben"], damaged=True)
    assert named in done.damage and (done.kept is None) == (stands == "missing")
    assert done.kept is None or done.kept.read_bytes() == before["ours.kap"]
    with shared.open("Ben") as ben:
        assert ben.me.label == "Ben"


def test_a_wrong_passphrase_hears_nothing_of_what_is_damaged(shared: SharedJournal, backup: Path) -> None:
    _a_row(backup)
    with pytest.raises(UnlockFailed):
        restore(backup, shared.path, label="Ben", passphrase="not his", damaged=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_an_open_journal_is_not_taken_away_from_another_program(shared: SharedJournal, backup: Path) -> None:
    ready, done = os.pipe(), os.pipe()
    if (child := os.fork()) == 0:  # another program, for the locks of a file are a process's
        file = JournalFile(shared.path)
        with file.reading() as snapshot:
            snapshot.lengths()
        os.write(ready[1], b".")
        os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    try:
        before = shared.path.read_bytes()
        with pytest.raises(CannotSave, match="open in another program"):
            restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
        assert shared.path.read_bytes() == before
    finally:
        os.write(done[1], b".")
        os.waitpid(child, 0)
    restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])


def _rows(folder: Path, path: Path) -> set[bytes]:
    """The rows of a journal with its log, looked at in copies."""
    folder.mkdir()
    for found in path.parent.glob(path.name + "*"):
        shutil.copy(found, folder / found.name)
    file = JournalFile(folder / path.name)
    try:
        with file.reading() as snapshot:
            return set(snapshot.lengths())
    finally:
        file.close()
        shutil.rmtree(folder)


def test_one_that_would_not_open_is_not_taken_even_if_it_may_be_damaged(
    shared: SharedJournal, backup: Path
) -> None:
    before = shared.path.read_bytes()
    with closing(sqlite3.connect(backup)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'envelope'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    with backup.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    names = sorted(shared.path.parent.iterdir())
    with pytest.raises(Damaged, match="does not open any more"):
        restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"], damaged=True)
    assert shared.path.read_bytes() == before and sorted(shared.path.parent.iterdir()) == names


@pytest.mark.parametrize("comes_back", [True, False])
def test_an_error_of_the_disk_between_the_two_names_leaves_the_journal_in_its_place(
    shared: SharedJournal, backup: Path, monkeypatch: pytest.MonkeyPatch, *, comes_back: bool
) -> None:
    """Or says where it is, should the disk not take it back either."""
    before, rename = shared.path.read_bytes(), Path.rename
    kept = shared.path.with_name("ours.kap.before-restore")

    def broken(self: Path, target: Path) -> Path:
        if target == shared.path and not (comes_back and self == kept):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(CannotSave) as error:
        restore(backup, shared.path, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert shared.path.exists() == comes_back and kept.exists() != comes_back
    assert (shared.path if comes_back else kept).read_bytes() == before
    assert (str(kept) in str(error.value)) != comes_back
