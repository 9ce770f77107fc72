"""What is not a journal of ours to the letter is refused, and left as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import CannotSave, Damaged, NotFound
from kapjournal.store import JournalFile, housekeep

from .sample_files import make_file, some_rows

SCHEMA = """\
CREATE TABLE journal (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  journal_id BLOB NOT NULL
)
CREATE TABLE keyslot (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  memory_kib INTEGER NOT NULL,
  time INTEGER NOT NULL,
  lanes INTEGER NOT NULL,
  salt BLOB NOT NULL,
  sealed_secret BLOB NOT NULL
) WITHOUT ROWID
CREATE TABLE envelope (
  id BLOB NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) WITHOUT ROWID
CREATE TABLE part (
  id BLOB NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) WITHOUT ROWID"""
TABLES = ("journal", "keyslot", "envelope", "part")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ours.kap"
    make_file(path, some_rows(3))
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refused(path: Path, match: str = "left as it is") -> None:
    before = path.read_bytes()
    with pytest.raises(Damaged, match=match):
        JournalFile(path)
    housekeep(path)
    assert path.read_bytes() == before
    assert [other.name for other in path.parent.iterdir() if other != path] == []


def test_the_schema_is_ours_to_the_letter(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
        assert "\n".join(sql for *_, sql in rows) == SCHEMA
        assert [row[:4] for row in rows] == [("table", name, name, n) for n, name in enumerate(TABLES, 2)]
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT * FROM journal").fetchall() == [(1, 2, bytes(range(16)))]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER keep AFTER DELETE ON envelope BEGIN INSERT INTO keyslot SELECT * FROM keyslot; END"],
        ["CREATE VIEW looks AS SELECT * FROM envelope"],
        ["CREATE INDEX by_size ON envelope (length(sealed))"],
        ["CREATE TABLE attic (id BLOB, sealed BLOB)"],
        ["ALTER TABLE envelope ADD COLUMN author TEXT"],
        ["DROP TABLE envelope", "CREATE TABLE envelope (id BLOB NOT NULL PRIMARY KEY, sealed BLOB NOT NULL)"],
        ["DROP TABLE keyslot"],
        ["DROP TABLE part"],
        ["CREATE TRIGGER hoard AFTER UPDATE ON envelope BEGIN INSERT INTO part VALUES (1, old.sealed); END"],
        ["ALTER TABLE part RENAME TO parts"],
        [
            "ALTER TABLE envelope RENAME TO e",
            "ALTER TABLE part RENAME TO envelope",
            "ALTER TABLE e RENAME TO part",
        ],
        ["CREATE VIRTUAL TABLE words USING fts5(body)"],
        ["ALTER TABLE keyslot RENAME COLUMN lanes TO threads"],
        [
            "DROP TABLE journal",
            "CREATE VIEW journal AS SELECT 1 AS one, 2 AS format, zeroblob(16) AS journal_id",
        ],
    ],
)
def test_a_planted_or_changed_table_is_refused(path: Path, statements: list[str]) -> None:
    run(path, *statements)
    refused(path)


@pytest.mark.parametrize(
    "spelling", ["create table envelope", "CREATE TABLE  envelope", 'CREATE TABLE "envelope"']
)
def test_a_schema_that_means_the_same_is_refused_too(path: Path, spelling: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'CREATE TABLE envelope', ?) WHERE name = 'envelope'",
            (spelling,),
        )
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    refused(path)


def test_the_tables_stay_where_they_are_however_much_is_written(path: Path) -> None:
    """Other programs that have the file open know them by their pages."""
    file = JournalFile(path)
    for row_id, sealed in some_rows(40, 20_000):
        with file.writing() as transaction:
            transaction.put(row_id, sealed)
    file.close()
    run(path, "INSERT INTO part VALUES (zeroblob(16), zeroblob(100000))")
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.delete(transaction.lengths())
    file.close()
    with closing(sqlite3.connect(path)) as database:
        pages = dict(database.execute("SELECT name, rootpage FROM sqlite_master"))
    assert pages == {name: n for n, name in enumerate(TABLES, 2)}
    JournalFile(path).close()


def test_tables_in_another_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.kap"
    statements = (
        SCHEMA.replace(")\nCREATE", ")\0CREATE").replace("ROWID\nCREATE", "ROWID\0CREATE").split("\0")
    )
    assert len(statements) == 4
    fill = "INSERT INTO journal VALUES (1, 2, zeroblob(16))"
    run(path, statements[0], statements[1], statements[3], statements[2], fill, "PRAGMA journal_mode = WAL")
    refused(path)
    path.unlink()
    run(path, *statements, fill, "PRAGMA journal_mode = WAL")
    JournalFile(path).close()


def test_an_older_format_is_named_and_where_its_words_can_go(path: Path) -> None:
    run(path, "UPDATE journal SET format = 1")
    refused(path, r"older kapjournal \(format 1\).*left as it is.*kapjournal take-over ours\.kap")
    run(path, "DROP TABLE part")
    refused(path, r"older kapjournal \(format 1")


def test_a_newer_format_is_named_and_refused(path: Path) -> None:
    run(path, "UPDATE journal SET format = 3")
    refused(path, r"newer kapjournal \(format 3")
    run(path, "CREATE TABLE more (x)", "UPDATE journal SET format = 4")
    refused(path, r"newer kapjournal \(format 4")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET format = 0",
        "UPDATE journal SET format = 'one'",
        "UPDATE journal SET journal_id = zeroblob(15)",
        "UPDATE journal SET journal_id = 'sixteen letters!'",
        "DELETE FROM journal",
    ],
)
def test_a_header_that_cannot_be_is_refused(path: Path, statement: str) -> None:
    run(path, statement)
    refused(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"dear diary",
        b"SQLite format 3",
        b"SQLite format 3\x00",
        pytest.param(b"SQLite format 3\x00" + bytes(5000), id="a first line and nothing"),
        pytest.param(bytes(8192), id="zeros"),
    ],
)
def test_what_is_not_a_journal_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.kap"
    path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(Damaged):
        JournalFile(path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none.kap", tmp_path):
        with pytest.raises(NotFound):
            JournalFile(path)
    assert list(tmp_path.iterdir()) == []


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.kap"
    run(path, "CREATE TABLE journal (x)", "INSERT INTO journal VALUES (7)")
    refused(path)


@pytest.mark.parametrize("pages", [0.02, 1, 2, 3, 4, 5, 6])
def test_a_truncated_file_is_damaged_or_shows_what_is_whole(path: Path, pages: float) -> None:
    whole = path.read_bytes()
    assert len(whole) > 6 * 4096
    path.write_bytes(whole[: int(pages * 4096)])
    before = path.read_bytes()
    try:
        file = JournalFile(path)
    except Damaged:
        assert path.read_bytes() == before
        return
    with file.reading() as snapshot:
        assert all(sealed is None or sealed in whole for _, sealed in snapshot.rows())
    file.close()


def test_a_file_whose_own_words_are_no_text_is_refused_in_a_sentence(path: Path) -> None:
    """What SQLite says of it then is no text either."""
    whole = path.read_bytes()
    for place in range(100, 4096):
        if whole[place : place + 1].isalpha():
            path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
            try:
                JournalFile(path).close()
            except (Damaged, CannotSave):
                continue
