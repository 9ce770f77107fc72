"""One journal file in use: made, opened, read, written, copied and left tidy."""

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import insert

from kapjournal import signals
from kapjournal.domain.ids import JournalId, RowId
from kapjournal.errors import CannotSave, Damaged
from kapjournal.progress import Progress, in_silence
from kapjournal.sealed import Sealed
from kapjournal.store.atomic_file import appearing
from kapjournal.store.companions import has_log
from kapjournal.store.connection import (
    CHECKPOINT,
    checked_id,
    committing,
    compact,
    connect,
    engine_of,
    examine,
    has_our_tables,
)
from kapjournal.store.copying import copy_pages, given_up_by
from kapjournal.store.rows import Snapshot, Table, Transaction
from kapjournal.store.schema import FORMAT, STATEMENTS, JournalRow, KeyslotRow
from kapjournal.store.sqlite_errors import in_words

_PATIENCE_AT_THE_END = "PRAGMA busy_timeout = 2000"
"""In milliseconds: closing does not wait long for other programs, which tidy up when they close."""


class JournalFile:
    """An open journal file: one connection, which one thread uses at a time."""

    def __init__(self, path: Path, mode: str | None = None) -> None:
        """`mode` as for `connect`, where less is wanted than the place of the file allows."""
        self.path = path
        self.journal_id, allowed = examine(path, checked_id)
        self._mode = mode or allowed
        self._wrote = has_log(path)
        self._strange = False
        with signals.deferred(), in_words(path):
            self._raw = connect(path, self._mode)
            try:
                checked_id(self._raw, path)  # it may have been carried to another format meanwhile
                self._engine = engine_of(self._raw)  # takes a lock of the logging module, which must not stay
            except BaseException:
                self._raw.close()
                raise
        self._seen = self._data_version()
        self._inode = _identity(path)

    @classmethod
    def create(
        cls,
        path: Path,
        journal_id: JournalId,
        slots: Collection[KeyslotRow],
        rows: Iterable[tuple[RowId, Sealed]],
        parts: Iterable[tuple[RowId, Sealed]] = (),
        look: Callable[[], object] = bool,
    ) -> Self:
        """Make a journal file with its first rows, mode 0600, and open it; `Refused` if `path` exists.

        It is made under another name and appears whole. `look` is called now and then once the rows are in
        it: what it raises, as what the rows raise, ends the making, and nothing is left of it.
        """
        cannot = "A journal cannot be made at"
        with signals.deferred(), appearing(path, cannot) as partial, closing(connect(partial, "new")) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            with engine_of(raw).connect() as connection, committing(connection):
                for statement in STATEMENTS.values():
                    connection.exec_driver_sql(statement)
                connection.execute(insert(JournalRow).values(one=1, format=FORMAT, journal_id=journal_id))
                transaction = Transaction(connection)
                for slot in slots:
                    transaction.put_slot(slot)
                for row_id, sealed in rows:
                    transaction.put(row_id, sealed)
                for row_id, sealed in parts:
                    transaction.put(row_id, sealed, Table.PART)
            with given_up_by(look, raw):
                compact(raw)
        return cls(path)

    @property
    def read_only(self) -> bool:
        """Whether the place of the file lets nothing be written."""
        return self._mode != "rw"

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Read one moment of the file; a signal waits until it is over."""
        with signals.deferred(), in_words(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                self._refuse_strange_tables()
                yield Snapshot(connection)
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that waits for other writers, sees what they wrote, and commits at the end of the
        block; any error rolls it back, and a signal waits until it is over."""
        if self.read_only:
            raise CannotSave(f"{self.path.name} cannot be written here: it is read-only.")
        if _identity(self.path) != self._inode:
            raise CannotSave(
                f"{self.path} is no longer there, or another file took its place. Nothing was saved."
            )
        with signals.deferred(), in_words(self.path), self._engine.connect() as connection:
            before = self._raw.total_changes
            with committing(connection):
                self._refuse_strange_tables()
                yield Transaction(connection)
            self._wrote |= self._raw.total_changes != before
        if _identity(self.path) != self._inode:
            raise CannotSave(
                f"Another file took the place of {self.path} during the save. Please save again."
            )

    def changed_by_others(self) -> bool:
        """Whether another connection has committed since `note_changes`, or since this one was opened."""
        with in_words(self.path):
            return self._data_version() != self._seen

    def note_changes(self) -> None:
        """Remember that everything others have written up to now is known.

        Inside a `reading` or `writing`, now is the moment it sees.
        """
        self._seen = self._data_version()

    def copy_to(self, dest: Path, follow: Progress = in_silence) -> None:
        """Write a consistent copy while the file is in use; `Refused` if `dest` exists."""
        with appearing(dest, "A backup cannot be written to") as partial, self.reading():
            copy_pages(self._raw, partial, follow)

    def close(self) -> None:
        """Tidy up if anything was written, and close the file; calling it again does nothing.

        What was saved goes into the file itself first, so that a `.kap` has everything even if the program is
        stopped before the tidying is done.
        """
        if self._wrote and not self.read_only:
            with contextlib.suppress(sqlite3.Error, MemoryError):
                self._raw.execute(_PATIENCE_AT_THE_END)
                self._raw.execute(CHECKPOINT)
                if not self._strange and has_our_tables(self._raw):
                    compact(self._raw)
        self._wrote = False
        with contextlib.suppress(sqlite3.Error):
            self._raw.close()

    def _refuse_strange_tables(self) -> None:
        """Check the tables in every transaction: a trigger added meanwhile could keep what is deleted.

        What was refused once stays refused: SQLite may still run a trigger that the file no longer shows.
        """
        self._strange = self._strange or not has_our_tables(self._raw)
        if self._strange:
            raise Damaged(
                f"Somebody changed the tables of {self.path.name} while it was open. Nothing more is read "
                "or saved; what stood before still stands. Lock it, then open it again, or a backup."
            )

    def _data_version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])


def housekeep(path: Path) -> None:
    """Finish the tidying that a crash or a quick exit left undone, if it can be done; errors are ignored."""
    if not has_log(path):
        return
    with contextlib.suppress(Exception):
        JournalFile(path).close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file at a path, by which a file that was replaced meanwhile is noticed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
