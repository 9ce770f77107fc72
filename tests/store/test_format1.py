"""A file of format 1 is read and never written, and refused for whatever another journal is refused for."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import Damaged, NotFound, Refused
from kapjournal.store import JournalFile, reading_format_1
from tests.golden.format1 import KAP


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copy(KAP, tmp_path)
    return tmp_path / KAP.name


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refused(path: Path, match: str, kind: type[Exception] = Damaged) -> None:
    before = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    with pytest.raises(kind, match=match), reading_format_1(path):
        pass
    assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == before


def test_it_is_read_as_it_lies_there_and_nothing_appears_beside_it(path: Path) -> None:
    before = path.read_bytes()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        rows = dict(database.execute("SELECT id, sealed FROM envelope"))
        ((journal,),) = database.execute("SELECT journal_id FROM journal")
    with reading_format_1(path) as (journal_id, snapshot):
        assert journal_id == journal and dict(snapshot.rows()) == rows
        assert len(snapshot.slots()) == 6
        assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]


def test_a_file_and_a_folder_that_cannot_be_written_are_enough(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with reading_format_1(path) as (_, snapshot):
            assert len(snapshot.slots()) == 6
    finally:
        path.parent.chmod(0o700)


def test_it_cannot_be_written_while_it_is_read(path: Path) -> None:
    with reading_format_1(path) as (_, snapshot):
        raw = snapshot._connection.connection.driver_connection
        assert raw is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            raw.execute("DELETE FROM envelope")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER keep AFTER DELETE ON envelope BEGIN DELETE FROM keyslot; END",
        "CREATE VIEW looks AS SELECT * FROM envelope",
        "CREATE INDEX by_size ON envelope (length(sealed))",
        "CREATE TABLE part (\n  id BLOB NOT NULL PRIMARY KEY,\n  sealed BLOB NOT NULL\n) WITHOUT ROWID",
        "ALTER TABLE envelope ADD COLUMN author TEXT",
        "DROP TABLE keyslot",
        "DROP TABLE journal",
    ],
)
def test_other_tables_than_those_of_format_1_are_refused(path: Path, statement: str) -> None:
    run(path, statement)
    refused(path, "changed its tables. It was left as it is")


@pytest.mark.parametrize(
    ("statement", "match"),
    [
        ("UPDATE journal SET format = 0", "first page of format-1.kap is damaged"),
        ("UPDATE journal SET format = 'one'", "first page of format-1.kap is damaged"),
        ("UPDATE journal SET journal_id = zeroblob(20000000)", "first page of format-1.kap is damaged"),
        ("DELETE FROM journal", "first page of format-1.kap is damaged"),
        ("UPDATE journal SET format = 3", r"newer kapjournal \(format 3"),
    ],
)
def test_a_first_page_that_is_not_format_1s_is_refused(path: Path, statement: str, match: str) -> None:
    run(path, statement)
    refused(path, match)


def test_a_file_of_today_has_nothing_to_be_taken_over(path: Path) -> None:
    with reading_format_1(path) as (journal_id, snapshot):
        slots = snapshot.slots()
    today = path.with_name("today.kap")
    JournalFile.create(today, journal_id, slots, []).close()
    refused(today, "is a journal of today", Refused)


def test_a_rollback_journal_beside_it_is_refused_before_sqlite_sees_it(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(os.urandom(600))
    refused(path, "which kapjournal never makes")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"dear diary",
        pytest.param(b"SQLite format 3\x00" + bytes(5000), id="a first line and nothing"),
        pytest.param(bytes(8192), id="zeros"),
    ],
)
def test_what_is_no_journal_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, path.name)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none.kap", tmp_path):
        with pytest.raises(NotFound), reading_format_1(path):
            pass
