"""How a journal file is opened: the settings of a connection, and the checks before any row is read."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import StaticPool

from kapjournal.domain.ids import JournalId
from kapjournal.errors import CannotSave, Damaged, NotFound
from kapjournal.store.companions import LOG, beside, refuse_log_of_another, refuse_odd_files
from kapjournal.store.schema import FORMAT, MASTER, SchemaRows
from kapjournal.store.sqlite_errors import in_words, primary

_BUSY_SECONDS = 20.0
_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
)
_READING_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"

_STATISTICS = {
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat3(tbl,idx,neq,nlt,ndlt,sample)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}

T = TypeVar("T")


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a connection with the settings of this program; transactions are begun by hand.

    `mode` is SQLite's `rw` or `ro`; `immutable` for a place that cannot be written; `new` for a file that is
    being made and that no other program knows; or `alone`, which is `rw` and keeps every other program out
    until it is closed.

    Refused (`Damaged`) where odd files lie beside the one a link leads to (`companions`). This program never
    makes a rollback journal: in WAL mode, which the first statement sees to, SQLite neither writes one nor
    looks for one again.
    """
    path = path.resolve()
    flags = {"immutable": "mode=ro&immutable=1", "ro": "mode=ro"}.get(mode, "mode=rw")
    connection = sqlite3.connect(
        f"file:{quote(os.fsencode(path))}?{flags}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_SECONDS,
    )
    try:
        refuse_odd_files(path)  # nothing of the file is read before the first statement
        if mode == "alone":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        if mode in ("rw", "alone") and connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            raise CannotSave(f"The folder of {path.name} is of a kind in which no journal can be written.")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def examine(path: Path, check: Callable[[sqlite3.Connection, Path], T]) -> tuple[T, str]:
    """What `check` finds in the file at `path`, and the mode the file can be opened in; nothing is written.

    `NotFound` if there is no file. The file is opened by SQLite alone: closing it by hand would let go of the
    locks of every other connection in this process.
    """
    path = path.resolve()
    if not path.is_file():
        raise NotFound(f"There is no journal at {path}.")
    if not os.access(path, os.R_OK):
        raise CannotSave(f"{path.name} cannot be read: you may not open it.")
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
    at_rest = not beside(path, LOG).exists()

    def found(mode: str) -> T:
        with closing(connect(path, mode)) as connection:
            return check(connection, path)

    with in_words(path):
        refuse_odd_files(path)
        refuse_log_of_another(path, connect)
        if at_rest and mode == "rw":
            return found("immutable"), mode  # any other way would leave a WAL beside what is refused
        try:
            return found("ro"), mode
        except sqlite3.OperationalError as error:
            if primary(error) not in _READING_ONLY or not at_rest:
                raise
            return found("immutable"), "immutable"


def checked_id(
    connection: sqlite3.Connection, path: Path, number: int = FORMAT, tables: SchemaRows = MASTER
) -> JournalId:
    """The id of a journal of the format `number`, whose tables are `tables` to the letter.

    `Damaged` if it is not a journal, of another format, or has other tables. Of the first table nothing is
    read before it is known to be as it should: another may have columns that cost gigabytes.
    """
    if (newer := format_of(connection)) is not None and newer > FORMAT:
        raise Damaged(
            f"{path.name} was written by a newer kapjournal (format {newer}; this one reads "
            f"format {FORMAT}). It was left as it is."
        )
    older = format_of(connection)
    if number == FORMAT and older is not None and 1 <= older < FORMAT:
        raise Damaged(
            f"{path.name} was written by an older kapjournal (format {older}), which this one does not open. "
            "It was left as it is. Open a journal of today, or begin one, and take over into it what you "
            f"wrote in this one: kapjournal take-over {path.name}."
        )
    if not has_our_tables(connection, tables):
        raise Damaged(f"{path.name} is not a journal, or somebody changed its tables. It was left as it is.")
    rows = connection.execute(
        "SELECT one, format, journal_id FROM journal "
        "WHERE typeof(journal_id) = 'blob' AND length(journal_id) = 16 LIMIT 2"
    ).fetchall()
    match rows:
        case [(1, found, bytes(journal_id))] if found == number:
            return JournalId(journal_id)
    raise Damaged(f"The first page of {path.name} is damaged. It was left as it is.")


def format_of(connection: sqlite3.Connection) -> int | None:
    """The highest format that the first table names; None if there is no such table, or no number in it."""
    if MASTER[0] not in _master(connection):
        return None
    query = "SELECT format FROM journal WHERE typeof(format) = 'integer' ORDER BY format DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return None if row is None else int(row[0])


def has_our_tables(connection: sqlite3.Connection, tables: SchemaRows = MASTER) -> bool:
    """Whether the tables are ours to the letter at this moment.

    Beside them may be what SQLite's own ANALYZE keeps of how many rows there are, in tables that have its
    words to the letter: they hold no trigger, and change what is found as little as how it is found. A
    trigger on them is a row of its own, and refused.
    """
    rows = [row for row in _master(connection) if not _is_statistics(row)]
    return sorted(rows, key=str) == sorted(tables, key=str)


def _is_statistics(row: tuple[object, ...]) -> bool:
    kind, name, table, _, statement = row
    return kind == "table" and name == table and statement in _STATISTICS and f" {name}(" in str(statement)


def _master(connection: sqlite3.Connection) -> SchemaRows:
    return tuple(connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"))


def compact(connection: sqlite3.Connection) -> None:
    """Remove every trace of the order and the number of writes.

    VACUUM puts the pages in the order of the random ids; the schema counter, which counts how often, is set
    back to 1; the log is emptied into the file. What another program's ANALYZE left goes as well.
    """
    _drop_statistics(connection)
    connection.execute("VACUUM")
    connection.execute("PRAGMA schema_version = 1")
    connection.execute(CHECKPOINT)


def _drop_statistics(connection: sqlite3.Connection) -> None:
    """Drop what ANALYZE made, which holds ids of rows. Somebody could have planted a table of that name whose
    pages are those of ours: only a file in which no page is two tables' is touched."""
    names = [str(row[1]) for row in _master(connection) if _is_statistics(row)]
    if names and connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",):
        for name in names:
            connection.execute(f"DROP TABLE {name}")


def engine_of(connection: sqlite3.Connection) -> Engine:
    """SQLAlchemy over this one connection; no error repeats a value of a statement.

    What `create_engine` would gather anew for each file, and each statement put into words anew, is done once
    in a process: that took a third of the time of opening a small journal.
    """
    dialect, compiled = _sqlite()
    given: Any = lambda: connection  # noqa: E731 - sqlite3's own type is not among those SQLAlchemy names
    pool = StaticPool(given, dialect=dialect)
    options = {"compiled_cache": compiled}
    return Engine(pool, dialect, URL.create("sqlite"), hide_parameters=True, execution_options=options)


@cache
def _sqlite() -> tuple[SQLiteDialect_pysqlite, dict[object, object]]:
    """The SQLite of this process as SQLAlchemy knows it, and the statements it has put into words."""
    return SQLiteDialect_pysqlite(dbapi=sqlite3), {}


@contextmanager
def committing(connection: Connection) -> Iterator[None]:
    """A transaction that waits for other writers; it commits at the end of the block, or is undone."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
