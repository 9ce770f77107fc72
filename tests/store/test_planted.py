"""Files laid beside a journal, and tables changed while it is open, are refused before they do anything."""

import os
import secrets
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import Damaged, Refused
from kapjournal.store import JournalFile, housekeep
from kapjournal.store.connection import connect

from .sample_files import DROPPED_BYTES, JOURNAL, ids, make_file, read_all, sealed, some_rows, some_slot

MAGIC = bytes.fromhex("d9d505f920a163d7")
PAGE, SECTOR = 4096, 512


def hot_journal(page: bytes, pages: int, also_delete: Path) -> bytes:
    """A rollback journal as SQLite plays it back: one page put back, then the file it names deleted."""
    nonce = 12345
    checksum = (nonce + sum(page[at] for at in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF
    head = MAGIC + struct.pack(">IIIII", 1, nonce, pages, SECTOR, PAGE)
    record = struct.pack(">I", 1) + page + struct.pack(">I", checksum)
    name = os.fsencode(also_delete)
    end = struct.pack(">I", 0x40000000 // PAGE + 1) + name + struct.pack(">II", len(name), sum(name))
    return head.ljust(SECTOR, b"\0") + record + end + MAGIC


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "ours.kap"
    path.parent.mkdir()
    make_file(path, some_rows(3))
    return path


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    precious = tmp_path / "thesis.txt"
    precious.write_text("years of work")
    return precious


def plant(path: Path, precious: Path) -> Path:
    """Lay a journal beside the file that puts its first page back and deletes what is precious."""
    data = path.read_bytes()
    planted = path.with_name(path.name + "-journal")
    planted.write_bytes(hot_journal(data[:PAGE], len(data) // PAGE, precious))
    return planted


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_sqlite_itself_would_delete_the_file_that_is_named(path: Path, precious: Path) -> None:
    """Otherwise the tests below would show nothing."""
    plant(path, precious)
    with closing(sqlite3.connect(path)) as database:
        database.execute("SELECT * FROM journal").fetchall()
    assert not precious.exists()


WAYS: dict[str, Callable[[Path], object]] = {
    "opening": JournalFile,
    "reading only": lambda path: connect(path, "ro"),
    "writing": connect,
    "a place that cannot be written": lambda path: connect(path, "immutable"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_planted_rollback_journal_is_refused_and_nothing_comes_of_it(
    path: Path, precious: Path, way: str
) -> None:
    planted = plant(path, precious)
    before = contents(path.parent)
    with pytest.raises(Damaged, match=r"ours\.kap-journal.*Nothing was opened.*Move that file"):
        WAYS[way](path)
    assert contents(path.parent) == before and precious.exists()
    planted.rename(planted.with_name("set aside"))
    assert len(read_all(path)) == 3


def test_it_is_refused_through_a_link_to_the_journal_too(path: Path, precious: Path, tmp_path: Path) -> None:
    plant(path, precious)
    link = tmp_path / "mine.kap"
    link.symlink_to(path)
    with pytest.raises(Damaged, match=r"ours\.kap-journal"):
        JournalFile(link)
    assert precious.exists()


def test_one_that_leads_nowhere_or_is_empty_is_refused_as_well(path: Path) -> None:
    planted = path.with_name(path.name + "-journal")
    makers: tuple[Callable[[], None], ...] = (lambda: planted.symlink_to("x"), planted.touch, planted.mkdir)
    for make in makers:
        make()
        with pytest.raises(Damaged):
            JournalFile(path)
        planted.rmdir() if planted.is_dir() else planted.unlink()


def test_housekeeping_after_a_crash_plays_nothing_back(path: Path, precious: Path, tmp_path: Path) -> None:
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.put(*some_rows(1)[0])
    left = tmp_path / "left"
    shutil.copytree(path.parent, left)
    file.close()
    plant(left / "ours.kap", precious)
    before = contents(left)
    housekeep(left / "ours.kap")
    assert contents(left) == before and precious.exists()


def test_beside_an_open_journal_it_is_neither_looked_at_nor_left_for_the_end(
    path: Path, precious: Path
) -> None:
    """A connection in WAL mode never looks for one, and nothing of what it saved is held back."""
    file = JournalFile(path)
    planted = plant(path, precious)
    new = some_rows(1)[0]
    with file.reading() as snapshot:
        assert len(ids(snapshot)) == 3
    with file.writing() as transaction:
        transaction.put(*new)
    file.copy_to(path.with_name("copy.kap"))
    with pytest.raises(Damaged):
        JournalFile(path)
    file.close()
    assert precious.exists() and planted.exists()
    planted.unlink()
    assert new[0] in read_all(path) and new[0] in read_all(path.with_name("copy.kap"))


def test_no_rollback_journal_of_ours_is_ever_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a crash of ours leaves none, and keeps nobody out."""
    seen: set[str] = set()

    def watch(connection: sqlite3.Connection) -> sqlite3.Connection:
        def look(*_: object) -> int:
            seen.update(beside.name for beside in path.parent.iterdir())
            return 0

        connection.set_progress_handler(look, 10)
        connection.set_trace_callback(look)
        return connection

    monkeypatch.setattr("kapjournal.store.file.connect", lambda *given: watch(connect(*given)))
    file = JournalFile(path)
    for row_id, value in some_rows(20, 40_000):
        with file.writing() as transaction:
            transaction.put(row_id, value)
        with file.writing() as transaction:
            transaction.replace(row_id, sealed(DROPPED_BYTES))
    with pytest.raises(ValueError), file.writing() as transaction:
        transaction.delete(ids(transaction))
        raise ValueError
    file.copy_to(path.with_name("copy.kap"))
    file.close()
    JournalFile.create(path.with_name("new.kap"), JOURNAL, [some_slot()], some_rows(3)).close()
    assert {"ours.kap-wal", "copy.kap", "new.kap"} <= seen
    assert not {f"{name}.kap-journal" for name in ("ours", "copy", "new")} & seen


def test_a_journal_put_into_rollback_mode_is_in_wal_mode_before_it_is_used(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.put(*some_rows(1)[0])
        assert not path.with_name(path.name + "-journal").exists()
    file.close()
    assert len(read_all(path)) == 4


# --- tables changed while the journal is open ---------------------------------------------------------

TRIGGERS = (
    "CREATE TRIGGER keep BEFORE DELETE ON keyslot BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER lose BEFORE INSERT ON envelope BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER stay BEFORE UPDATE ON envelope BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER hoard AFTER UPDATE ON envelope BEGIN INSERT INTO part VALUES (old.id, old.sealed); END",
)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
            database.commit()


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_trigger_planted_while_the_journal_is_open_lets_nothing_be_saved(path: Path, trigger: str) -> None:
    before = read_all(path)
    file = JournalFile(path)
    run(path, trigger)
    with pytest.raises(Damaged, match=r"changed the tables.*still stands"), file.writing() as transaction:
        transaction.replace(min(before), sealed(DROPPED_BYTES))
    with pytest.raises(Damaged), file.reading():
        pass
    with pytest.raises(Damaged):
        file.copy_to(path.with_name("copy.kap"))
    file.close()
    run(path, f"DROP TRIGGER {trigger.split()[2]}", "PRAGMA schema_version = 1")
    assert read_all(path) == before


def test_a_trigger_this_connection_has_learnt_of_does_not_come_back_with_the_counter(path: Path) -> None:
    """Planted, looked at, taken away again with the counter as it was: SQLite would still run it."""
    file = JournalFile(path)
    run(path, TRIGGERS[1])
    with closing(sqlite3.connect(path)) as database:
        version = database.execute("PRAGMA schema_version").fetchone()[0]
    with pytest.raises(Damaged), file.reading():
        pass
    run(path, "DROP TRIGGER lose", f"PRAGMA schema_version = {version}")
    with pytest.raises(Damaged), file.writing() as transaction:
        transaction.put(*some_rows(1)[0])
    file.close()
    again = JournalFile(path)
    new = some_rows(1)[0]
    with again.writing() as transaction:
        transaction.put(*new)
    again.close()
    assert new[0] in read_all(path)


def test_a_trigger_in_the_log_is_found_through_a_link(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as evil:
        evil.execute("PRAGMA wal_autocheckpoint = 0")
        evil.execute(TRIGGERS[1])
        evil.commit()
        left = tmp_path / "left"
        shutil.copytree(path.parent, left)
    link = tmp_path / "mine.kap"
    link.symlink_to(left / "ours.kap")
    with pytest.raises(Damaged, match="changed its tables"):
        JournalFile(link)


def tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def test_what_analyze_leaves_is_no_reason_to_refuse_a_journal_and_goes_when_it_is_tidied(path: Path) -> None:
    before = read_all(path)
    file = JournalFile(path)
    run(path, "ANALYZE")
    assert "sqlite_stat1" in tables(path)
    with file.reading() as snapshot:
        assert ids(snapshot) == set(before)
    file.close()
    file = JournalFile(path)
    file.copy_to(path.with_name("copy.kap"))
    assert read_all(path.with_name("copy.kap")) == before
    new = some_rows(1)[0]
    with file.writing() as transaction:
        transaction.put(*new)
    file.close()
    assert tables(path) == ["journal", "keyslot", "envelope", "part"]
    assert read_all(path) == {**before, new[0]: new[1]}


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TABLE sqlite_stat1(tbl,idx,stat,more)",
        "CREATE TABLE sqlite_stat1(tbl,idx,stat AS (hex(zeroblob(100000))))",
        "CREATE TABLE sqlite_stat4(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat1 (tbl,idx,stat)",
    ],
)
def test_a_table_that_only_has_the_name_of_those_is_refused(path: Path, planted: str) -> None:
    run(path, "ANALYZE")
    with closing(sqlite3.connect(path)) as evil:
        evil.execute("PRAGMA writable_schema = ON")
        evil.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'sqlite_stat1'", (planted,))
        evil.commit()
    with pytest.raises(Damaged):
        JournalFile(path)


def test_a_trigger_beside_them_is_refused(path: Path) -> None:
    run(path, "ANALYZE", TRIGGERS[0])
    with pytest.raises(Damaged, match="changed its tables"):
        JournalFile(path)


def test_one_whose_pages_are_those_of_a_table_of_ours_takes_nothing_along(path: Path) -> None:
    before = read_all(path)
    run(path, "ANALYZE")
    with closing(sqlite3.connect(path)) as evil:
        evil.execute("PRAGMA writable_schema = ON")
        evil.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'sqlite_stat1'")
        evil.commit()
    new = some_rows(1)[0]
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.put(*new)
    file.close()
    assert read_all(path) == {**before, new[0]: new[1]}


def test_a_table_with_columns_that_cost_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kap"
    run(
        path,
        "CREATE TABLE journal (one, format, journal_id, x AS (hex(zeroblob(100000))))",
        "INSERT INTO journal VALUES (1, 2, x'00')",
    )
    with closing(connect(path, "immutable")) as probe:
        probe.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1000)
        with pytest.raises(sqlite3.Error):
            probe.execute("SELECT * FROM journal").fetchall()

    def watched(*given: str) -> sqlite3.Connection:
        connection = connect(Path(given[0]), *given[1:])
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kapjournal.store.connection.connect", watched)
        with pytest.raises(Damaged, match="not a journal, or somebody changed its tables"):
            JournalFile(path)


# --- leaving ------------------------------------------------------------------------------------------


def test_what_was_saved_is_in_the_file_alone_before_the_tidying_begins(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.kap"
    file = JournalFile(path)
    new = some_rows(1)[0]
    with file.writing() as transaction:
        transaction.put(*new)
    monkeypatch.setattr("kapjournal.store.file.compact", lambda _: shutil.copy(path, alone))
    file.close()
    assert new[0] in read_all(alone)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal", "-WAL", "-Journal"])
def test_nothing_is_written_where_sqlite_would_take_it_for_a_journals_own(path: Path, ending: str) -> None:
    file = JournalFile(path)
    for dest in (path.with_name("x.kap" + ending), path.with_name(secrets.token_hex(4) + ".KAP" + ending)):
        with pytest.raises(Refused, match="journal's own"):
            file.copy_to(dest)
        with pytest.raises(Refused, match="journal's own"):
            JournalFile.create(dest, JOURNAL, [], [])
    file.close()
    assert contents(path.parent).keys() == {"ours.kap"}
