"""Reading one moment of a journal file, and writing to it all or nothing, row by row."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    LargeBinary,
    Select,
    and_,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from kapjournal.domain.ids import KeyslotId, RowId
from kapjournal.sealed import Sealed
from kapjournal.store.schema import EnvelopeRow, JournalRow, KeyslotRow, PartRow

MAX_SEALED_BYTES = 17 * 1024 * 1024
"""Longer values are not read; the longest envelope has a little more than 16 MiB."""

_MAX_COLUMN_BYTES = 1024
"""A longer column of a keyslot is not read; those this program writes are far shorter."""


_Model = type[EnvelopeRow] | type[PartRow]


class Table(StrEnum):
    """The two tables of sealed rows."""

    ENVELOPE = "envelope"
    PART = "part"


_EVERY_ROW = (
    "SELECT id, CASE WHEN typeof(sealed) = 'blob' AND length(sealed) <= ? THEN sealed END FROM {} "
    "WHERE typeof(id) = 'blob' AND length(id) = 16"
)
_EVERY_LENGTH = (
    "SELECT id, CASE WHEN typeof(sealed) = 'blob' AND length(sealed) <= ? THEN length(sealed) ELSE 0 END "
    "FROM {} WHERE typeof(id) = 'blob' AND length(id) = 16"
)
_SIZE = "SELECT sum(length(sealed)) FROM {}"
_ROW = "SELECT sealed FROM {} WHERE {} = ? AND typeof(sealed) = 'blob' AND length(sealed) <= ?"
"""They go to the driver directly: SQLAlchemy collects a thousand rows at a time, which slows it down."""

_slot = KeyslotRow.__table__.c  # type: ignore[attr-defined]
_TEXTS, _BLOBS = (_slot.kind, _slot.label), (_slot.id, _slot.salt, _slot.sealed_secret)
_slot_columns = [cast(c, LargeBinary).label(c.name) if c in _TEXTS else c for c in _slot]
_slot_is_whole = and_(
    *(func.typeof(column) == "text" for column in _TEXTS),
    *(func.typeof(column) == "blob" for column in _BLOBS),
    *(func.typeof(column) == "integer" for column in (_slot.memory_kib, _slot.time, _slot.lanes)),
    *(func.length(cast(column, LargeBinary)) <= _MAX_COLUMN_BYTES for column in _TEXTS),  # of text: to a NUL
    *(func.length(column) <= _MAX_COLUMN_BYTES for column in _BLOBS),
)
_WHOLE_SLOTS = select(*_slot_columns).where(_slot_is_whole)
_HOW_MANY_SLOTS = select(func.count()).select_from(KeyslotRow)


def _columns(model: _Model) -> Any:
    return model.__table__.c  # type: ignore[union-attr]


def _is_id(model: _Model) -> Any:
    row_id = _columns(model).id
    return (func.typeof(row_id) == "blob") & (func.length(row_id) == 16)


_MODELS: dict[Table, _Model] = {Table.ENVELOPE: EnvelopeRow, Table.PART: PartRow}
_ODD_ROWS = [select(func.count()).where(~_is_id(model)).select_from(model) for model in _MODELS.values()]


class Snapshot:
    """The rows of a file at one moment, unverified: only `crypto` can tell what is genuine."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slots(self) -> list[KeyslotRow]:
        """Every keyslot whose columns have the right types, in no particular order."""
        rows = self._connection.execute(_WHOLE_SLOTS).mappings()
        found = []
        for row in rows:
            with contextlib.suppress(UnicodeDecodeError):
                texts = {name: row[name].decode() for name in ("kind", "label")}
                found.append(KeyslotRow.model_validate({**row, **texts}))
        return found

    def lengths(self, table: Table = Table.ENVELOPE) -> dict[RowId, int]:
        """How many bytes every row has that can be listed, 0 where they cannot be read: a row only ever
        changes from standing to dropped, and is shorter then. SQLite needs not read the row to tell."""
        try:
            raw: Any = self._connection.connection.driver_connection
            return dict(raw.execute(_EVERY_LENGTH.format(table), (MAX_SEALED_BYTES,)))
        except sqlite3.DatabaseError:
            return {row_id: len(sealed or b"") for row_id, sealed in self.rows(table)}

    def size(self, *tables: Table) -> int:
        """How many bytes the rows of these tables have together, for whoever says how far it is; 0 where that
        cannot be told."""
        try:
            raw: Any = self._connection.connection.driver_connection
            return sum(raw.execute(_SIZE.format(table)).fetchone()[0] or 0 for table in tables)
        except sqlite3.DatabaseError:
            return 0

    def odd_rows(self) -> int:
        """How many rows are passed over because a column has the wrong type."""
        try:
            slots = self._connection.execute(_HOW_MANY_SLOTS).scalar_one()
            odd = sum(self._connection.execute(query).scalar_one() for query in _ODD_ROWS)
            return slots - len(self.slots()) + odd
        except DatabaseError:
            return 0

    def rows(self, table: Table = Table.ENVELOPE) -> Iterator[tuple[RowId, bytes | None]]:
        """Every row as its id and its sealed bytes.

        The bytes are None where the file is damaged or they are longer than any row. A row whose id cannot be
        read is left out; the stamps of its channels show that it is missing.
        """
        seen: set[RowId] = set()
        raw: Any = self._connection.connection.driver_connection
        for order in ("ASC", "DESC"):  # the second from the back, as far as a damaged page
            query = f"{_EVERY_ROW.format(table)} ORDER BY id {order}"
            try:
                for row_id, sealed in raw.execute(query, (MAX_SEALED_BYTES,)):
                    if row_id not in seen:
                        seen.add(row_id)
                        yield row_id, sealed
            except sqlite3.DatabaseError:
                continue
            return
        for row_id in self._ids(table) - seen:
            yield row_id, self.row(row_id, table)

    def rows_of(self, row_ids: Iterable[RowId]) -> Iterator[tuple[RowId, bytes | None]]:
        """Some rows, as `rows` has them."""
        for row_id in row_ids:
            yield row_id, self.row(row_id)

    def row(self, row_id: RowId, table: Table = Table.ENVELOPE) -> bytes | None:
        """The sealed bytes of one row, or None if there is none, or none that can be read.

        SQLite's way to a row leads over others, which it reads whole; if one of them is damaged, the row is
        looked for in passing by all.
        """
        raw: Any = self._connection.connection.driver_connection
        for column in ("id", "+id"):
            with contextlib.suppress(sqlite3.DatabaseError):
                found = raw.execute(_ROW.format(table, column), (row_id, MAX_SEALED_BYTES)).fetchone()
                return found[0] if found else None
        return None

    def _ids(self, table: Table) -> set[RowId]:
        """The ids of all rows that can be listed, damaged or not."""
        model = _MODELS[table]
        return set(self._scan(model, select(_columns(model).id).where(_is_id(model))))

    def _scan(self, model: _Model, query: Select[bytes]) -> Iterator[RowId]:
        """Ids from the front and, if a page is damaged, from the back, as far as they can be read."""
        for order in (_columns(model).id.asc(), _columns(model).id.desc()):
            try:
                for row in self._connection.execute(query.order_by(order)):
                    yield RowId(row[0])
            except DatabaseError:
                continue
            return


class Transaction(Snapshot):
    """A write that takes effect as a whole when its block ends, or not at all."""

    def put(self, row_id: RowId, sealed: Sealed, table: Table = Table.ENVELOPE) -> None:
        """Add a row; an id is never used twice."""
        self._run(insert(_MODELS[table]).values(id=row_id, sealed=sealed))

    def replace(self, row_id: RowId, sealed: Sealed, table: Table = Table.ENVELOPE) -> None:
        """Put another state of a row in its place; what stood there is overwritten with zeros."""
        model = _MODELS[table]
        self._run(update(model).where(_columns(model).id == row_id).values(sealed=sealed))

    def delete(self, row_ids: Iterable[RowId], table: Table = Table.ENVELOPE) -> None:
        """Delete rows; their pages are overwritten with zeros."""
        model = _MODELS[table]
        for row_id in row_ids:
            self._run(delete(model).where(_columns(model).id == row_id))

    def mark(self) -> None:
        """Commit without a change, so that every other program that has the file open looks at it again."""
        self._run(update(JournalRow).values(one=1))

    def put_slot(self, slot: KeyslotRow) -> None:
        """Add a keyslot."""
        self._run(insert(KeyslotRow).values(**slot.model_dump()))

    def drop_slot(self, slot_id: KeyslotId) -> bool:
        """Delete a keyslot; False if it was gone already."""
        column = KeyslotRow.__table__.c.id  # type: ignore[attr-defined]
        return bool(self._run(delete(KeyslotRow).where(column == slot_id)).rowcount)

    def _run(self, statement: object) -> CursorResult[object]:
        return self._connection.execute(statement)  # type: ignore[call-overload,no-any-return]
