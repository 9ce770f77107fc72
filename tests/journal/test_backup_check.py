"""A backup looked through: what it holds is told without a door, and nothing of it is written."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import Damaged, GivenUp, NotFound, UnlockFailed
from kapjournal.journal import FLOOR, NewNote, beside_journal, open_backup, sealed_contents, unlock
from kapjournal.journal.backup_file import Order, backups_in
from kapjournal.progress import in_silence
from kapjournal.store import JournalFile
from tests.cast import PASSPHRASES
from tests.shared_journal import SharedJournal, meet


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    return meet(tmp_path_factory.mktemp("made"))


@pytest.fixture
def shared(made: SharedJournal, tmp_path: Path) -> SharedJournal:
    return made.copied(tmp_path / "ours")


@pytest.fixture
def backup(shared: SharedJournal) -> Path:
    """A backup with one note of Ana's."""
    backup = shared.path.with_name("backup.kap")
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("before the backup"))
        ana.backup(backup)
    return backup


def _files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_what_it_holds_is_told_and_nothing_is_written(shared: SharedJournal, backup: Path) -> None:
    folder = shared.path.parent
    before = _files(folder)
    found = sealed_contents(backup, in_silence)
    assert found.is_whole and found.labels == ("Ana", "Ben", "Dr Lee")
    assert (found.damaged, found.odd, found.pieces) == (0, 0, 0) and found.rows > 10
    opened = open_backup(backup, label="Ana", passphrase=PASSPHRASES["Ana"])
    assert (opened.label, opened.notes, opened.findings) == ("Ana", 1, 0)
    with pytest.raises(UnlockFailed):
        open_backup(backup, label="Ana", passphrase="not her passphrase")
    assert _files(folder) == before


def test_nobodys_notes_are_counted_for_another(backup: Path) -> None:
    assert open_backup(backup, label="Ben", passphrase=PASSPHRASES["Ben"]).notes == 0


def test_it_is_read_from_where_nothing_can_be_written(backup: Path) -> None:
    backup.chmod(0o400)
    backup.parent.chmod(0o500)
    try:
        assert sealed_contents(backup, in_silence).is_whole
        assert open_backup(backup, label="Ana", passphrase=PASSPHRASES["Ana"]).notes == 1
    finally:
        backup.parent.chmod(0o700)


def test_how_it_stands_beside_the_journal(shared: SharedJournal, backup: Path, tmp_path: Path) -> None:
    def order() -> Order | None:
        there = beside_journal(backup, shared.path, in_silence)
        assert there.is_same
        return there.order

    assert order() is Order.EQUAL
    with shared.open("Ben") as ben:
        note = ben.notes.add(NewNote("later"))
    assert order() is Order.OLDER
    assert beside_journal(shared.path, backup, in_silence).order is Order.NEWER
    with unlock(
        backup, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=tmp_path / "elsewhere"
    ) as there:
        there.notes.add(NewNote("elsewhere"))
    assert order() is Order.BOTH
    later = shared.path.with_name("later.kap")
    with shared.open("Ben") as ben:
        ben.backup(later)
        ben.notes.delete(note.id)
    assert beside_journal(later, shared.path, in_silence).order is Order.OLDER, "what was dropped is news"
    other = meet(tmp_path / "other").path
    assert not beside_journal(backup, other, in_silence).is_same


def test_whose_door_is_another_now_is_told(shared: SharedJournal, backup: Path) -> None:
    with shared.open("Ana") as ana:
        ana.keys.change_passphrase("another passphrase of hers", strength=FLOOR)
    assert beside_journal(backup, shared.path, in_silence).changed_doors == ("Ana",)


def _a_row(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = (SELECT min(id) FROM envelope)")


def _a_strange_row(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("INSERT INTO envelope VALUES (x'00', x'00')")


def _a_door(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("UPDATE keyslot SET salt = x'00' WHERE label = 'Ben'")


def _every_door(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("DELETE FROM keyslot")


@pytest.mark.parametrize("harm", [_a_row, _a_strange_row, _a_door, _every_door])
def test_a_file_with_something_amiss_is_not_whole(backup: Path, harm: Callable[[Path], None]) -> None:
    harm(backup)
    assert not sealed_contents(backup, in_silence).is_whole


def test_what_is_no_sound_file_is_damaged(backup: Path) -> None:
    data = backup.read_bytes()
    for harmed in (b"", data[:9000], data[:-4096], b"no journal" * 1000):
        backup.write_bytes(harmed)
        with pytest.raises(Damaged):
            sealed_contents(backup, in_silence)
    backup.unlink()
    with pytest.raises(NotFound):
        sealed_contents(backup, in_silence)
    with pytest.raises(NotFound):
        backups_in(backup.parent / "..")


def test_every_byte_of_a_sealed_row_is_looked_at(backup: Path) -> None:
    """One bit, wherever it turns within the sealed rows, is found."""
    data = backup.read_bytes()
    with closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as raw:
        [row] = raw.execute("SELECT sealed FROM envelope ORDER BY id LIMIT 1").fetchone()
    place = data.find(row[100:400])
    assert place > 0
    for at in (0, 150, 299):
        backup.write_bytes(data[: place + at] + bytes([data[place + at] ^ 1]) + data[place + at + 1 :])
        assert sealed_contents(backup, in_silence).damaged == 1


def test_it_can_be_given_up(backup: Path) -> None:
    def stop(_done: int, _whole: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        sealed_contents(backup, stop)
    assert sealed_contents(backup, in_silence).is_whole


def test_a_backup_that_is_given_up_leaves_nothing(shared: SharedJournal) -> None:
    dest = shared.path.with_name("backup.kap")
    before = set(shared.path.parent.iterdir())
    told: list[int] = []

    def stop(done: int, _whole: int) -> None:
        told.append(done)
        raise GivenUp

    with shared.open("Ana") as ana:
        with pytest.raises(GivenUp):
            ana.backup(dest, stop)
        assert told and not dest.exists()
        ana.backup(dest)
    assert set(shared.path.parent.iterdir()) == {*before, dest}


def test_what_others_save_meanwhile_does_not_begin_it_anew(shared: SharedJournal) -> None:
    """A writer between every two steps: as many steps as without one, and one moment in the copy."""
    dest = shared.path.with_name("backup.kap")
    with shared.open("Ana") as ana, shared.open("Ben") as ben:
        for number in range(60):
            ana.notes.add(NewNote(f"{number} " + "x" * 30_000))
        steps: list[int] = []

        def meanwhile(done: int, whole: int) -> None:
            assert 0 < done <= whole
            steps.append(done)
            ben.notes.add(NewNote("meanwhile " * 500))

        ana.backup(dest, meanwhile)
        assert len(steps) == len(set(steps)) >= 3 and steps == sorted(steps)
    assert sealed_contents(dest, in_silence).is_whole
    assert open_backup(dest, label="Ana", passphrase=PASSPHRASES["Ana"]).notes == 60
    assert open_backup(dest, label="Ben", passphrase=PASSPHRASES["Ben"]).notes == 0
    with closing(JournalFile(shared.path)) as file, file.reading() as snapshot:
        assert len(snapshot.lengths()) > 60
