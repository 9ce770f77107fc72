"""How a journal file is opened: the pragmas, the checks before anything is believed, the errors in words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import DBAPIError

from kapjournal.domain.ids import JournalId
from kapjournal.errors import CannotSave, Damaged, KapjournalError, NotFound
from kapjournal.store.schema import FORMAT, MASTER

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


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection of our settings; `mode` is SQLite's `rw`, `ro`, `immutable` for a place that cannot be
    written, or `new` for a file of one's own that is being made. Transactions are begun by hand.

    Refused (`Damaged`) where a rollback journal lies beside the file a link leads to: SQLite would play it
    back before anything is asked, and delete the file it names. We never make one: in WAL mode, which the
    first statement sees to, SQLite neither writes one nor looks for one again.
    """
    path = path.resolve()
    query = {"immutable": "mode=ro&immutable=1", "new": "mode=rw"}.get(mode, f"mode={mode}")
    connection = sqlite3.connect(
        f"file:{quote(os.fspath(path))}?{query}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_SECONDS,
    )
    try:
        _refuse_rollback_journal(path)  # nothing of the file is read before the first statement
        if mode == "rw" and connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            raise CannotSave(f"The folder of {path.name} is of a kind in which no journal can be written.")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_rollback_journal(path: Path) -> None:
    planted = path.with_name(path.name + "-journal")
    if os.path.lexists(planted):
        raise Damaged(
            f"Beside {path.name} lies {planted.name}, which kapjournal never makes: with it there, opening "
            "the journal could change it or delete other files. Nothing was opened or changed. Move that "
            "file to another folder, then try again."
        )


def examine(path: Path) -> tuple[JournalId, str]:
    """Check that `path` is a journal of this format; return its id and the mode it can be opened in.

    Nothing is written. `NotFound` if there is no file; `Damaged` if it is not a journal, of a newer format,
    or its schema is not ours to the letter. The file is opened by SQLite alone: closing it by hand would let
    go of the locks of every other connection in this process.
    """
    path = path.resolve()
    if not path.is_file():
        raise NotFound(f"There is no journal at {path}.")
    if not os.access(path, os.R_OK):
        raise CannotSave(f"{path.name} cannot be read: you may not open it.")
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
    at_rest = not path.with_name(path.name + "-wal").exists()
    with in_words(path):
        if at_rest and mode == "rw":
            return _examine(path, "immutable"), mode  # any other way would leave a WAL beside what is refused
        try:
            return _examine(path, "ro"), mode
        except sqlite3.OperationalError as error:
            if primary(error) not in _READING_ONLY or not at_rest:
                raise
            return _examine(path, "immutable"), "immutable"


def has_our_tables(connection: sqlite3.Connection) -> bool:
    """Whether the schema is ours to the letter at this moment."""
    return sorted(_master(connection), key=str) == sorted(MASTER, key=str)


def _master(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()


def _examine(path: Path, mode: str) -> JournalId:
    """Of the first table nothing is read before it is ours: another may have columns that cost gigabytes."""
    with closing(connect(path, mode)) as connection:
        if MASTER[0] in _master(connection):
            _refuse_newer(connection, path)
        if not has_our_tables(connection):
            raise Damaged(
                f"{path.name} is not a journal, or somebody changed its tables. It was left as it is."
            )
        rows = connection.execute(
            "SELECT one, format, journal_id FROM journal WHERE length(journal_id) = 16 LIMIT 2"
        ).fetchall()
    match rows:
        case [(1, 1, bytes(journal_id))]:
            return JournalId(journal_id)
    raise Damaged(f"The first page of {path.name} is damaged. It was left as it is.")


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    newer = "SELECT format FROM journal WHERE typeof(format) = 'integer' AND format > ? LIMIT 1"
    for (format_,) in connection.execute(newer, (FORMAT,)):
        raise Damaged(
            f"{path.name} was written by a newer kapjournal (format {format_}; this one reads "
            f"format {FORMAT}). It was left as it is."
        )


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence; nothing of a statement or its values is ever repeated."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        raise _sentence(error, path) from None


def primary(error: BaseException) -> int:
    """SQLite's primary result code of an error, wrapped by SQLAlchemy or not; 0 if it has none."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    return (getattr(inner, "sqlite_errorcode", None) or 0) & 0xFF


def _sentence(error: BaseException, path: Path) -> KapjournalError:
    kept = "What stood before still stands."
    match primary(error):
        case sqlite3.SQLITE_FULL:
            return CannotSave(f"There is no room left on the disk for {path.name}. {kept}")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return CannotSave(f"{path.name} cannot be written here: it is read-only. {kept}")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CannotSave(f"Another program is holding {path.name}. {kept} Try again in a moment.")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return CannotSave(f"The disk or folder of {path.name} cannot be reached. {kept}")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(f"{path.name} is damaged or is no journal. {kept}")
    return CannotSave(f"{path.name} could not be used. {kept}")
