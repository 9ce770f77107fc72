"""What may lie beside a journal file: looked at before SQLite opens anything, for SQLite trusts it.

It plays back a rollback journal and deletes the file named in it, lays the pages of a log (`-wal`) over those
of the file whoever wrote them, and writes into an index (`-shm`) through whatever link it is. This program
makes no rollback journal; what else lies there has to be a plain file, and a log the one of this file.
"""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from kapjournal.errors import Damaged
from kapjournal.store.sqlite_errors import primary

LOG, INDEX = "-wal", "-shm"
_ROLLBACK_JOURNAL = "-journal"
_UNSOUND = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

Connect = Callable[[Path, str], sqlite3.Connection]
"""Opens a file in one of the modes of `connection.connect`."""

Watched = Callable[[sqlite3.Connection], AbstractContextManager[None]]
"""Sees to it that what a connection does in a block can be given up."""


def beside(path: Path, ending: str) -> Path:
    """The companion of a journal file with this ending."""
    return path.with_name(path.name + ending)


def has_log(path: Path) -> bool:
    """Whether a log with something in it lies beside a file."""
    try:
        return beside(path.resolve(), LOG).stat().st_size > 0
    except OSError:
        return False


def refuse_odd_files(path: Path) -> None:
    """Refuse (`Damaged`) a rollback journal beside the file at `path`, a companion that is a link, a pipe or
    has a second name, and a journal with a second name: under each name SQLite would keep another log."""
    planted = beside(path, _ROLLBACK_JOURNAL)
    if os.path.lexists(planted):
        raise Damaged(
            f"Beside {path.name} lies {planted.name}, which kapjournal never makes: with it there, opening "
            "the journal could change it or delete other files. Nothing was opened or changed. Move that "
            "file to another folder, then try again."
        )
    for place in (beside(path, LOG), beside(path, INDEX)):
        if not _is_plain_or_gone(place):
            raise Damaged(
                f"{place.name} beside {path.name} is a link or no plain file, and what is saved would be "
                "written to where it leads. Nothing was opened or changed. Move it to another folder, then "
                "try again."
            )
    if path.is_file() and not _is_plain_or_gone(path):
        raise Damaged(
            f"{path.name} has a second name on this disk (a hard link). Opened under both, one would destroy "
            "what is saved under the other. Nothing was opened or changed. Make a copy, and open that one."
        )


def refuse_log_of_another(path: Path, connect: Connect) -> None:
    """Refuse (`Damaged`) a log that was not written for the file at `path` as it is: one that stayed behind
    when an older state of the journal was put in its place. SQLite would mix the two, and little would be
    left. It is judged through connections that only read; a log that another program is writing now is sound.
    """
    if has_log(path) and not is_sound(path, connect, "ro") and is_sound(path, connect, "immutable"):
        log = beside(path, LOG).name
        raise Damaged(
            f"{log} is the log of another state of this journal than {path.name}: opening would mix the two, "
            "and lose notes. Nothing was opened or changed. Go back to a backup (kapjournal restore); or "
            f"move {log} to another folder, to go on with {path.name} alone."
        )


def is_sound(
    path: Path, connect: Connect, mode: str, watched: Watched = lambda _connection: nullcontext()
) -> bool:
    """Whether SQLite finds the file in order, with its log or, `immutable`, without it."""
    try:
        with closing(connect(path, mode)) as connection, watched(connection):
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error as error:
        return primary(error) not in _UNSOUND  # what cannot be judged is not accused


def _is_plain_or_gone(place: Path) -> bool:
    """Asked of the file once: another program that closes the journal removes its companions meanwhile."""
    try:
        found = place.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1
