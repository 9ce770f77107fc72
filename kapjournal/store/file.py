"""One journal file in use: snapshots to read from, transactions that happen wholly or not at all."""

import contextlib
import logging
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    LargeBinary,
    Select,
    and_,
    cast,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from kapjournal.errors import CannotSave, Refused
from kapjournal.store.connection import connect, examine, in_words
from kapjournal.store.schema import FORMAT, STATEMENTS, EnvelopeRow, JournalRow, KeyslotRow

MAX_SEALED_BYTES = 17 * 1024 * 1024
"""Longer values are not even read; the longest envelope has 16 MiB and a little."""

_MAX_COLUMN_BYTES = 1024
"""No column of a keyslot of ours comes near it."""

_id = EnvelopeRow.__table__.c.id  # type: ignore[attr-defined]
_sealed = EnvelopeRow.__table__.c.sealed  # type: ignore[attr-defined]
_is_id = (func.typeof(_id) == "blob") & (func.length(_id) == 16)
_readable = (func.typeof(_sealed) == "blob") & (func.length(_sealed) <= MAX_SEALED_BYTES)
_EVERY_ENVELOPE = (
    "SELECT id, CASE WHEN typeof(sealed) = 'blob' AND length(sealed) <= ? THEN sealed END FROM envelope "
    "WHERE typeof(id) = 'blob' AND length(id) = 16"
)
"""Goes to the driver itself: SQLAlchemy gathers a thousand rows at a time, too many for the caches."""

_slot = KeyslotRow.__table__.c  # type: ignore[attr-defined]
_TEXTS, _BLOBS = (_slot.kind, _slot.label), (_slot.id, _slot.salt, _slot.sealed_secret)
_slot_columns = [cast(c, LargeBinary).label(c.name) if c in _TEXTS else c for c in _slot]
_slot_is_whole = and_(
    *(func.typeof(column) == "text" for column in _TEXTS),
    *(func.typeof(column) == "blob" for column in _BLOBS),
    *(func.typeof(column) == "integer" for column in (_slot.memory_kib, _slot.time, _slot.lanes)),
    *(func.length(column) <= _MAX_COLUMN_BYTES for column in (*_TEXTS, *_BLOBS)),
)


class Snapshot:
    """Everything read through it is of one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slots(self) -> list[KeyslotRow]:
        """Every keyslot whose columns are of their types, in no order that means anything."""
        rows = self._connection.execute(select(*_slot_columns).where(_slot_is_whole)).mappings()
        found = []
        for row in rows:
            with contextlib.suppress(UnicodeDecodeError):
                texts = {name: row[name].decode() for name in ("kind", "label")}
                found.append(KeyslotRow.model_validate({**row, **texts}))
        return found

    def ids(self) -> set[bytes]:
        """The ids of all envelopes that can be listed, damaged or not."""
        return set(self._scan(select(_id).where(_is_id)))

    def odd_rows(self) -> int:
        """How many rows have columns of other types than ours, and are passed over."""
        try:
            slots = self._connection.execute(select(func.count()).select_from(KeyslotRow)).scalar_one()
            odd = select(func.count()).where(~_is_id).select_from(EnvelopeRow)
            return slots - len(self.slots()) + self._connection.execute(odd).scalar_one()
        except DatabaseError:
            return 0

    def envelopes(self) -> Iterator[tuple[bytes, bytes | None]]:
        """Every envelope as id and sealed bytes; None for the bytes where the file is damaged or they are
        longer than any envelope. What a torn page hides is left out: heads tell that it is missing."""
        seen: set[bytes] = set()
        try:
            raw: Any = self._connection.connection.driver_connection
            for envelope_id, sealed in raw.execute(_EVERY_ENVELOPE, (MAX_SEALED_BYTES,)):
                seen.add(envelope_id)
                yield envelope_id, sealed
        except sqlite3.DatabaseError:
            for envelope_id in self.ids() - seen:
                yield envelope_id, self.envelope(envelope_id)

    def envelope(self, envelope_id: bytes) -> bytes | None:
        """The sealed bytes of one envelope, or None if there is none, or none that can be read."""
        query = select(_sealed).where(_id == envelope_id, _readable)
        try:
            found = self._connection.execute(query).scalar()
        except DatabaseError:
            return None
        return found if isinstance(found, bytes) else None

    def _scan(self, query: Select[bytes]) -> Iterator[bytes]:
        """Ids from the front and, if a page is torn, from the back as far as can be read."""
        for order in (_id.asc(), _id.desc()):
            try:
                for row in self._connection.execute(query.order_by(order)):
                    yield row[0]
            except DatabaseError:
                continue
            return


class Transaction(Snapshot):
    """A write that becomes true in one instant, when its block ends."""

    def put(self, envelope_id: bytes, sealed: bytes) -> None:
        """Add an envelope; an id is never used twice."""
        self._run(insert(EnvelopeRow).values(id=envelope_id, sealed=sealed))

    def drop(self, envelope_ids: Iterable[bytes]) -> None:
        """Delete envelopes; their pages are overwritten with zeros."""
        for envelope_id in envelope_ids:
            self._run(delete(EnvelopeRow).where(_id == envelope_id))

    def put_slot(self, slot: KeyslotRow) -> None:
        """Add a keyslot."""
        self._run(insert(KeyslotRow).values(**slot.model_dump()))

    def drop_slot(self, slot_id: bytes) -> bool:
        """Delete a keyslot; False if it was gone already."""
        column = KeyslotRow.__table__.c.id  # type: ignore[attr-defined]
        return bool(self._run(delete(KeyslotRow).where(column == slot_id)).rowcount)

    def _run(self, statement: object) -> CursorResult[object]:
        return self._connection.execute(statement)  # type: ignore[call-overload,no-any-return]


class JournalFile:
    """An open journal file. One connection, to be used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal_id, self._mode = examine(path)
        self._wrote = _left_over(path)
        with in_words(path):
            self._raw = connect(path, self._mode)
        self._engine = _engine(self._raw)
        self._seen = self._data_version()
        self._inode = _identity(path)

    @classmethod
    def create(
        cls,
        path: Path,
        journal_id: bytes,
        slots: Collection[KeyslotRow],
        envelopes: Iterable[tuple[bytes, bytes]],
    ) -> Self:
        """Make a journal file with its first rows, mode 0600, and open it; `Refused` if `path` exists.

        It is made under another name and appears whole.
        """
        with _appearing(path, "A journal cannot be made at") as partial, closing(connect(partial)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            with _engine(raw).connect() as connection, _committing(connection):
                for statement in STATEMENTS.values():
                    connection.exec_driver_sql(statement)
                connection.execute(insert(JournalRow).values(one=1, format=FORMAT, journal_id=journal_id))
                transaction = Transaction(connection)
                for slot in slots:
                    transaction.put_slot(slot)
                for envelope_id, sealed in envelopes:
                    transaction.put(envelope_id, sealed)
            _compact(raw)
        return cls(path)

    @property
    def read_only(self) -> bool:
        """Whether the place of the file lets nothing be written."""
        return self._mode != "rw"

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """One moment of the file. Nothing in the file changes by it."""
        with in_words(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield Snapshot(connection)
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that waits for other writers, sees what they wrote, and commits at the end of the
        block; any error or interrupt rolls it back."""
        if self.read_only:
            raise CannotSave(f"{self.path.name} cannot be written here: it is read-only.")
        if _identity(self.path) != self._inode:
            raise CannotSave(
                f"{self.path} is no longer there, or another file took its place. Nothing was saved."
            )
        with in_words(self.path), self._engine.connect() as connection:
            before = self._raw.total_changes
            with _committing(connection):
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
        """Remember that everything others have written up to now was taken in. Inside a `reading` or
        `writing`, now is the moment it sees."""
        self._seen = self._data_version()

    def copy_to(self, dest: Path) -> None:
        """Write a consistent copy while the file is in use; `Refused` if `dest` exists."""
        cannot = "A backup cannot be written to"
        with _appearing(dest, cannot) as partial, closing(sqlite3.connect(partial)) as target:
            self._raw.backup(target)

    def close(self) -> None:
        """Tidy up if anything was written, and let go of the file; calling it again does nothing."""
        if self._wrote and not self.read_only:
            with contextlib.suppress(sqlite3.Error):
                _compact(self._raw)
        self._wrote = False
        with contextlib.suppress(sqlite3.Error):
            self._raw.close()

    def _data_version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])


def housekeep(path: Path) -> None:
    """Finish what a crash or a quick exit left undone; best effort, and nothing if another program is in."""
    if not _left_over(path):
        return
    with contextlib.suppress(Exception):
        JournalFile(path).close()


@contextmanager
def _appearing(dest: Path, cannot: str) -> Iterator[Path]:
    """A new file, mode 0600, under another name beside `dest`; whole and on the disk it takes its place.

    `Refused` if anything is there, a link that leads nowhere too; `cannot` begins the sentence of
    `CannotSave`.
    """
    _refuse_if_there(dest)
    partial = dest.with_name(f".{dest.name}.{os.getpid()}.part")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with in_words(dest):
            yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        _refuse_if_there(dest)
        partial.rename(dest)
    except OSError as error:
        raise CannotSave(f"{cannot} {dest}: {error.strerror}.") from None
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def _refuse_if_there(dest: Path) -> None:
    if os.path.lexists(dest):
        raise Refused(f"There is something at {dest} already. Nothing was changed.")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, so that a save never goes into one that was replaced meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _left_over(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _compact(raw: sqlite3.Connection) -> None:
    """Give pages the order of random ids, put back the counter that tells how often, empty the WAL."""
    raw.execute("VACUUM")
    raw.execute("PRAGMA schema_version = 1")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _engine(raw: sqlite3.Connection) -> Engine:
    logging.getLogger(
        "sqlalchemy.pool"
    ).disabled = True  # it prints a traceback when a rollback is interrupted
    return create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)


@contextmanager
def _committing(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
