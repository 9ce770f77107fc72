"""Reading one moment of a journal file, and writing to it all or nothing, row by row."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, CursorResult, LargeBinary, Select, and_, cast, delete, func, insert, select
from sqlalchemy.exc import DatabaseError

from kapjournal.domain.ids import EnvelopeId, KeyslotId
from kapjournal.sealed import Sealed
from kapjournal.store.schema import EnvelopeRow, KeyslotRow

MAX_SEALED_BYTES = 17 * 1024 * 1024
"""Longer values are not read; the longest envelope has a little more than 16 MiB."""

_MAX_COLUMN_BYTES = 1024
"""A longer column of a keyslot is not read; those this program writes are far shorter."""

_id = EnvelopeRow.__table__.c.id  # type: ignore[attr-defined]
_sealed = EnvelopeRow.__table__.c.sealed  # type: ignore[attr-defined]
_is_id = (func.typeof(_id) == "blob") & (func.length(_id) == 16)
_readable = (func.typeof(_sealed) == "blob") & (func.length(_sealed) <= MAX_SEALED_BYTES)
_EVERY_ENVELOPE = (
    "SELECT id, CASE WHEN typeof(sealed) = 'blob' AND length(sealed) <= ? THEN sealed END FROM envelope "
    "WHERE typeof(id) = 'blob' AND length(id) = 16"
)
"""Goes to the driver directly: SQLAlchemy collects a thousand rows at a time, which slows it down."""

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


class Snapshot:
    """The rows of a file at one moment, unverified: only `crypto` can tell what is genuine."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slots(self) -> list[KeyslotRow]:
        """Every keyslot whose columns have the right types, in no particular order."""
        rows = self._connection.execute(select(*_slot_columns).where(_slot_is_whole)).mappings()
        found = []
        for row in rows:
            with contextlib.suppress(UnicodeDecodeError):
                texts = {name: row[name].decode() for name in ("kind", "label")}
                found.append(KeyslotRow.model_validate({**row, **texts}))
        return found

    def ids(self) -> set[EnvelopeId]:
        """The ids of all envelopes that can be listed, damaged or not."""
        return set(self._scan(select(_id).where(_is_id)))

    def odd_rows(self) -> int:
        """How many rows are passed over because a column has the wrong type."""
        try:
            slots = self._connection.execute(select(func.count()).select_from(KeyslotRow)).scalar_one()
            odd = select(func.count()).where(~_is_id).select_from(EnvelopeRow)
            return slots - len(self.slots()) + self._connection.execute(odd).scalar_one()
        except DatabaseError:
            return 0

    def envelopes(self) -> Iterator[tuple[EnvelopeId, bytes | None]]:
        """Every envelope as its id and its sealed bytes.

        The bytes are None where the file is damaged or they are longer than any envelope. An envelope whose
        id cannot be read is left out; the heads of its channels show that it is missing.
        """
        seen: set[EnvelopeId] = set()
        try:
            raw: Any = self._connection.connection.driver_connection
            for envelope_id, sealed in raw.execute(_EVERY_ENVELOPE, (MAX_SEALED_BYTES,)):
                seen.add(envelope_id)
                yield envelope_id, sealed
        except sqlite3.DatabaseError:
            for envelope_id in self.ids() - seen:
                yield envelope_id, self.envelope(envelope_id)

    def envelope(self, envelope_id: EnvelopeId) -> bytes | None:
        """The sealed bytes of one envelope, or None if there is none, or none that can be read."""
        query = select(_sealed).where(_id == envelope_id, _readable)
        try:
            found = self._connection.execute(query).scalar()
        except DatabaseError:
            return None
        return found if isinstance(found, bytes) else None

    def _scan(self, query: Select[bytes]) -> Iterator[EnvelopeId]:
        """Ids from the front and, if a page is damaged, from the back, as far as they can be read."""
        for order in (_id.asc(), _id.desc()):
            try:
                for row in self._connection.execute(query.order_by(order)):
                    yield EnvelopeId(row[0])
            except DatabaseError:
                continue
            return


class Transaction(Snapshot):
    """A write that takes effect as a whole when its block ends, or not at all."""

    def put(self, envelope_id: EnvelopeId, sealed: Sealed) -> None:
        """Add an envelope; an id is never used twice."""
        self._run(insert(EnvelopeRow).values(id=envelope_id, sealed=sealed))

    def drop(self, envelope_ids: Iterable[EnvelopeId]) -> None:
        """Delete envelopes; their pages are overwritten with zeros."""
        for envelope_id in envelope_ids:
            self._run(delete(EnvelopeRow).where(_id == envelope_id))

    def put_slot(self, slot: KeyslotRow) -> None:
        """Add a keyslot."""
        self._run(insert(KeyslotRow).values(**slot.model_dump()))

    def drop_slot(self, slot_id: KeyslotId) -> bool:
        """Delete a keyslot; False if it was gone already."""
        column = KeyslotRow.__table__.c.id  # type: ignore[attr-defined]
        return bool(self._run(delete(KeyslotRow).where(column == slot_id)).rowcount)

    def _run(self, statement: object) -> CursorResult[object]:
        return self._connection.execute(statement)  # type: ignore[call-overload,no-any-return]
