"""What SQLite says when something fails, as one of the errors a person can read."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kapjournal.errors import CannotSave, Damaged, KapjournalError, of_the_system

_KEPT = "What stood before still stands."


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence; nothing of a statement or its values is ever repeated."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        if _code(error) == sqlite3.SQLITE_IOERR_NOMEM:
            raise MemoryError from None
        raise _sentence(error, path) from None
    except UnicodeDecodeError:  # what SQLite says names something in the file that is no text
        raise _damaged(path) from None


def primary(error: BaseException) -> int:
    """SQLite's primary result code of an error, wrapped by SQLAlchemy or not; 0 if it has none."""
    return _code(error) & 0xFF


def _code(error: BaseException) -> int:
    inner = error.orig if isinstance(error, DBAPIError) else error
    return getattr(inner, "sqlite_errorcode", None) or 0


def _sentence(error: BaseException, path: Path) -> KapjournalError:
    match primary(error):
        case sqlite3.SQLITE_FULL:
            return CannotSave(f"There is no room left on the disk for {path.name}. {_KEPT}")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return CannotSave(f"{path.name} cannot be written here: it is read-only. {_KEPT}")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CannotSave(f"Another program is holding {path.name}. {_KEPT} Try again in a moment.")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return _no_more_files() or CannotSave(
                f"The disk or folder of {path.name} cannot be reached. {_KEPT}"
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(path)
    return CannotSave(f"{path.name} could not be used. {_KEPT}")


def _damaged(path: Path) -> Damaged:
    return Damaged(f"{path.name} is damaged or is no journal. {_KEPT}")


def _no_more_files() -> KapjournalError | None:
    """What the system says if this program may not open any file at this moment; SQLite does not tell."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return of_the_system(error)
    return None
