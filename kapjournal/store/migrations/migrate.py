"""Migrating a journal file: carrying it forward from an older format, so that no moment leaves half of each.

The steps run in one transaction on a copy in memory, which is then checked like any file that is opened. The
older file is kept beside the new one. Only then SQLite writes the copy over the file, in one transaction: a
kill before its end leaves the older content, a kill after it the newer. The file is never replaced by another
one: SQLite would apply a log (`-wal`) that lies beside it to the wrong file. No other program can open the
file until the migration is over.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from os.path import lexists
from pathlib import Path

from kapjournal import signals
from kapjournal.errors import CannotSave
from kapjournal.store.atomic_file import appearing
from kapjournal.store.connection import (
    checked_id,
    committing,
    compact,
    connect,
    engine_of,
    examine,
    format_of,
)
from kapjournal.store.rows import Transaction
from kapjournal.store.schema import FORMAT, MASTER, SchemaRows
from kapjournal.store.sqlite_errors import in_words


@dataclass(frozen=True, slots=True)
class Step:
    """What turns the rows of one format into those of the next.

    `run` sees rows as sealed bytes and may write only what `crypto` sealed; a row it does not touch stays as
    it is. A step that seals anew needs keys, which the store never has: the journal layer makes its `run`, a
    function that knows the passphrase, opens the keyslots it reads through the transaction and seals with
    what they hold. It is handed in as `migrate(path, {**STEPS, 1: Step(run)})`; an error it raises, such as
    for a wrong passphrase, leaves the file as it was. `tables` are those of the older format, to the letter.
    """

    run: Callable[[Transaction], None]
    tables: SchemaRows = MASTER


STEPS: Mapping[int, Step] = {}
"""By the format a step begins with: those that need no keys. Format 1 is the first, so there is none yet."""


def migrate(path: Path, steps: Mapping[int, Step] = STEPS) -> Path | None:
    """Carry the file at `path` forward to this program's format, by one step after the other.

    Returns where the older file is kept, or None if the file was of this format already. A newer format, one
    that no steps lead on from, and tables that are not of the format are `Damaged`; another program that has
    the file open, and a place that cannot be written, are `CannotSave`.
    """
    path = path.resolve()

    def begins(connection: sqlite3.Connection, path: Path) -> int:
        found = format_of(connection)
        if found is None or not all(number in steps for number in range(found, FORMAT)):
            found = FORMAT  # which the check then denies
        checked_id(connection, path, found, steps[found].tables if found < FORMAT else MASTER)
        return found

    first, mode = examine(path, begins)
    if first == FORMAT:
        return None
    if mode != "rw":
        raise CannotSave(f"{path.name} cannot be written here: it is read-only.")
    with signals.deferred(), in_words(path), closing(connect(path, "alone")) as original:
        first = begins(original, path)  # another program may have been here
        if first == FORMAT:
            return None
        with closing(_copy_in_memory(original)) as copy:
            with engine_of(copy).connect() as connection, committing(connection):
                for number in range(first, FORMAT):
                    steps[number].run(Transaction(connection))
                connection.exec_driver_sql("UPDATE journal SET format = ?", (FORMAT,))
            copy.execute("VACUUM")
            checked_id(copy, path)
            kept = _keep(original, path, first)
            copy.backup(original)
        with suppress(sqlite3.Error):  # it is done; this is tidying, and can wait for the next close
            compact(original)
    return kept


def _copy_in_memory(original: sqlite3.Connection) -> sqlite3.Connection:
    """A copy that never touches a disk; what a step deletes is overwritten in it."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for pragma in ("PRAGMA trusted_schema = OFF", "PRAGMA secure_delete = ON"):
        copy.execute(pragma)
    original.backup(copy)
    return copy


def _keep(original: sqlite3.Connection, path: Path, number: int) -> Path:
    """Write the older file beside the newer; its name does not end like a journal's, so none lists it."""
    names = (f"{path.name}.format-{number}" + (f"-{again}" if again else "") for again in count())
    kept = next(path.with_name(name) for name in names if not lexists(path.with_name(name)))
    with (
        appearing(kept, "A backup cannot be written to") as partial,
        closing(connect(partial, "new")) as target,
    ):
        original.backup(target)
    return kept
