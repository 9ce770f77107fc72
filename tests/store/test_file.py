"""The file in use: made whole, written wholly or not at all, seen by other programs, copied while in use."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.domain.ids import RowId
from kapjournal.errors import CannotSave, Refused
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, Snapshot, housekeep

from .sample_files import JOURNAL, make_file, read_all, sealed, some_envelopes, some_slot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ours.kap"
    make_file(path, some_envelopes(3))
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_put_is_read(tmp_path: Path) -> None:
    path, envelopes = tmp_path / "ours.kap", some_envelopes(5)
    door = some_slot("Ünï & Co")
    expected = door.model_dump()
    file = JournalFile.create(path, JOURNAL, [door], envelopes)
    assert file.journal_id == JOURNAL and not file.read_only
    with file.reading() as snapshot:
        assert dict(snapshot.rows()) == dict(envelopes)
        assert snapshot.lengths().keys() == {envelope_id for envelope_id, _ in envelopes}
        assert snapshot.row(envelopes[0][0]) == envelopes[0][1]
        assert snapshot.row(RowId(bytes(16))) is None
        assert [row.model_dump() for row in snapshot.slots()] == [expected]
    file.close()
    file.close()
    assert names(tmp_path) == ["ours.kap"]


def test_a_new_file_and_its_companions_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    before = os.umask(0)
    try:
        file = JournalFile.create(path, JOURNAL, [], [])
        with file.writing() as transaction:
            transaction.put(*some_envelopes(1)[0])
        assert {name: mode(tmp_path / name) for name in names(tmp_path)} == dict.fromkeys(
            ["ours.kap", "ours.kap-shm", "ours.kap-wal"], 0o600
        )
        file.copy_to(tmp_path / "copy.kap")
        assert mode(tmp_path / "copy.kap") == 0o600
        file.close()
    finally:
        os.umask(before)


def test_making_a_file_goes_over_nothing_and_leaves_no_partial(tmp_path: Path, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Refused):
        JournalFile.create(path, JOURNAL, [], [])
    twice = some_envelopes(1) * 2
    with pytest.raises(CannotSave):
        JournalFile.create(tmp_path / "new.kap", JOURNAL, [], twice)
    with pytest.raises(CannotSave):
        JournalFile.create(tmp_path / "nowhere" / "new.kap", JOURNAL, [], [])

    def interrupted() -> list[tuple[bytes, bytes]]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        JournalFile.create(tmp_path / "new.kap", JOURNAL, [], (interrupted() for _ in range(1)))  # type: ignore[misc]
    assert names(tmp_path) == ["ours.kap"] and path.read_bytes() == before


def test_a_transaction_happens_wholly_or_not_at_all(path: Path) -> None:
    before = read_all(path)
    file = JournalFile(path)
    new = some_envelopes(2)
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error), file.writing() as transaction:
            transaction.put(*new[0])
            transaction.delete(before)
            raise error
    with pytest.raises(CannotSave), file.writing() as transaction:
        transaction.put(*new[0])
        transaction.put(*new[0])
    with file.reading() as snapshot:
        assert dict(snapshot.rows()) == before
    with file.writing() as transaction:
        transaction.put(*new[1])
        transaction.delete(before)
    file.close()
    assert read_all(path) == dict(new[1:])


def test_slots_are_put_and_dropped_once(path: Path) -> None:
    file = JournalFile(path)
    door = some_slot("Ana")
    door_id = door.id
    with file.writing() as transaction:
        transaction.put_slot(door)
        assert {row.label for row in transaction.slots()} == {"Ana", "Kim"}
    with file.writing() as transaction:
        assert transaction.drop_slot(door_id) is True
        assert transaction.drop_slot(door_id) is False
    file.close()


def test_one_reading_is_of_one_moment(path: Path) -> None:
    reader, writer = JournalFile(path), JournalFile(path)
    with reader.reading() as snapshot:
        before = snapshot.lengths().keys()
        with writer.writing() as transaction:
            transaction.put(*some_envelopes(1)[0])
        assert snapshot.lengths().keys() == before
    with reader.reading() as snapshot:
        assert len(snapshot.lengths().keys()) == len(before) + 1
    reader.close()
    writer.close()


def test_a_connection_knows_when_another_one_wrote(path: Path) -> None:
    one, other = JournalFile(path), JournalFile(path)
    assert not one.changed_by_others() and not other.changed_by_others()
    with one.writing() as transaction:
        transaction.put(*some_envelopes(1)[0])
    assert not one.changed_by_others() and other.changed_by_others()
    with other.reading() as snapshot:
        snapshot.lengths().keys()
    assert other.changed_by_others(), "to have read something is not to have taken everything in"
    other.note_changes()
    assert not other.changed_by_others()
    with pytest.raises(ValueError), one.writing():
        raise ValueError
    assert not other.changed_by_others()
    one.close()
    other.close()


def test_what_is_committed_during_a_reading_is_noticed_after_it(path: Path) -> None:
    one, other = JournalFile(path), JournalFile(path)
    with one.reading() as snapshot:
        snapshot.lengths().keys()
        with other.writing() as transaction:
            transaction.put(*some_envelopes(1)[0])
        one.note_changes()
    assert one.changed_by_others()
    one.close()
    other.close()


def test_writers_wait_for_each_other(path: Path) -> None:
    def write() -> None:
        file = JournalFile(path)
        for _ in range(20):
            with file.writing() as transaction:
                transaction.put(*some_envelopes(1)[0])
        file.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(read_all(path)) == 83
    assert names(path.parent) == ["ours.kap"]


def test_a_copy_made_in_use_is_whole_and_goes_over_nothing(path: Path) -> None:
    file = JournalFile(path)
    new = some_envelopes(1)[0]
    with file.writing() as transaction:
        transaction.put(*new)
    copy = path.with_name("copy.kap")
    file.copy_to(copy)
    with file.reading() as snapshot:
        here = dict(snapshot.rows())
    with pytest.raises(Refused):
        file.copy_to(copy)
    with pytest.raises(CannotSave):
        file.copy_to(path.parent / "nowhere" / "copy.kap")
    file.close()
    assert read_all(copy) == here == read_all(path) and new[0] in here
    assert names(path.parent) == ["copy.kap", "ours.kap"]


def test_closing_after_a_write_takes_the_order_of_writing_out_of_the_file(path: Path) -> None:
    file = JournalFile(path)
    for envelope in some_envelopes(30):
        with file.writing() as transaction:
            transaction.put(*envelope)
    file.close()
    assert names(path.parent) == ["ours.kap"]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA schema_version").fetchone() == (1,)
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)
    data = path.read_bytes()
    places = [data.find(value[3000:3020]) for _, value in sorted(read_all(path).items()) if value]
    assert places == sorted(places)


def test_what_is_dropped_leaves_no_byte(path: Path) -> None:
    gone = Sealed(b"these bytes must go away entirely" * 200)
    file = JournalFile(path)
    envelope_id = RowId(bytes(range(16, 32)))
    with file.writing() as transaction:
        transaction.put(envelope_id, gone)
    with file.writing() as transaction:
        transaction.delete([envelope_id])
    file.close()
    assert gone[:33] not in path.read_bytes()


def test_reading_changes_no_byte_and_makes_no_write_at_close(path: Path) -> None:
    before = path.read_bytes()
    file = JournalFile(path)
    with file.reading() as snapshot:
        dict(snapshot.rows())
    file.close()
    assert path.read_bytes() == before and names(path.parent) == ["ours.kap"]


def test_housekeeping_finishes_what_a_crash_left(path: Path, tmp_path: Path) -> None:
    file = JournalFile(path)
    new = some_envelopes(1)[0]
    with file.writing() as transaction:
        transaction.put(*new)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("ours.kap", "ours.kap-wal"):
        (left / name).write_bytes((tmp_path / name).read_bytes())
    file.close()
    housekeep(left / "ours.kap")
    assert names(left) == ["ours.kap"] and new[0] in read_all(left / "ours.kap")


def test_a_file_that_went_away_takes_no_write(path: Path) -> None:
    file = JournalFile(path)
    moved = path.rename(path.with_name("moved.kap"))
    with pytest.raises(CannotSave, match="no longer there"), file.writing() as transaction:
        transaction.put(*some_envelopes(1)[0])
    file.close()
    assert len(read_all(moved)) == 3


def test_errors_never_repeat_a_value(path: Path) -> None:
    file = JournalFile(path)
    twice = (RowId(bytes(16)), Sealed(b"a value nobody should see" * 10))
    with pytest.raises(CannotSave) as caught, file.writing() as transaction:
        transaction.put(*twice)
        transaction.put(*twice)
    assert "value" not in str(caught.value) and caught.value.__cause__ is None
    file.close()


def test_a_snapshot_reads_only(path: Path) -> None:
    assert {name for name in vars(Snapshot) if not name.startswith("_")} == {
        "slots",
        "lengths",
        "rows",
        "rows_of",
        "row",
        "odd_rows",
    }
    assert len(sealed()) == 4849
