"""What a second program writes at once into a file of format 2, written from crypto/FORMAT.md.

Each time somebody opens the file they are another computer, with a replica id of its own.
"""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .second_bodies_2 import Body, Slot
from .second_formulas_2 import (
    HEAD,
    STAMP,
    Json,
    Row,
    counted,
    digest,
    dumped,
    h,
    hkdf,
    mac,
    purpose,
    sealed_row,
)
from .second_reader_2 import Person

Statement = tuple[str, tuple[Any, ...]]


def change(path: Path, statements: Iterable[Statement]) -> None:
    """Let all of it happen or nothing, and leave no trace of the order."""
    database = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
        database.execute(f"PRAGMA {setting}")
    for beginning in ("PRAGMA temp_store=MEMORY", "BEGIN IMMEDIATE"):
        database.execute(beginning)
    for statement, values in statements:
        assert database.execute(statement, values).rowcount in (-1, 1), statement
    for end in ("COMMIT", "VACUUM", "PRAGMA schema_version=1", "PRAGMA wal_checkpoint(TRUNCATE)"):
        database.execute(end)
    database.close()


class Transaction(Person):
    """One who has the file open, and what they are about to write into it in one transaction."""

    def __init__(self, path: Path, label: str = "", secret: str = "", held: bytes = b"") -> None:
        super().__init__(path, label, secret, held)
        self.path, self.replica = path, os.urandom(16)
        self.now = datetime.fromtimestamp(round(time.time(), 3), UTC)
        self.begin()

    def begin(self) -> None:
        self.newest = list(self.identities.values())[-1]
        self.journal_key = self.journal_keys[-1]
        self.statements: list[Statement] = []
        self.pending: list[tuple[bytes, bytes, bytes, dict[bytes, bytes]]] = []
        self.dropping: dict[bytes, bytes] = {}

    @property
    def to_others(self) -> dict[bytes, bytes]:
        """The channels between newest identities."""
        pins = self.book.get("pins", {}).items()
        newest = {h(who): h([who, *pin["successors"]][-1]) for who, pin in pins}
        return {who: self.channel(self.newest.id, theirs) for who, theirs in newest.items()}

    def fresh(self) -> tuple[bytes, bytes]:
        """A note key, and the id of the envelope that it makes."""
        token = mac(self.own, purpose("drop token", key := os.urandom(32)))[:32]
        return key, digest(purpose("envelope id", token))[:16]

    def publish(self, said: Json, journal_key: bytes = b"") -> None:
        key, envelope = self.fresh()
        channel = hkdf(journal_key or self.journal_key, purpose("shared channel", self.jid))
        self.pending.append((key, envelope, dumped(said).encode(), {channel: key}))

    def save(
        self,
        type_: str,
        document: bytes,
        data: Json | str,
        words: str = "",
        *,
        readers: Iterable[bytes] = (),
        lost: dict[bytes, bytes] | None = None,
        follows: Iterable[bytes] = (),
        ms: int | None = None,
        fresh: tuple[bytes, bytes] | None = None,
        also: Iterable[bytes] = (),
        proofs: bytes = b"\0",
        layout: int = 1,
        form: int = 1,
    ) -> None:
        """Put a body for its author and `readers`; `lost` says which envelope somebody lost by it."""
        key, envelope = fresh or self.fresh()
        all_readers, told, before = sorted({self.me, *readers}), sorted(lost or {}), sorted(follows)
        written = round(self.now.timestamp() * 1000) if ms is None else ms
        numbers = (len(all_readers), len(told), len(before))
        head = (
            HEAD.pack(layout, document, self.me, written, form, *numbers)
            + bytes([len(type_)])
            + type_.encode()
        )
        text = data if isinstance(data, str) else dumped(data)
        body = head + b"".join((*all_readers, *told, *before)) + counted(text, words) + proofs
        to = {**self.to_others, self.me: self.own}
        places = {to[who]: key for who in all_readers}
        places |= {to[who]: bytes(16) + envelope_lost for who, envelope_lost in (lost or {}).items()}
        self.pending.append((key, envelope, body, {**places, **{one: key for one in also if one}}))

    def drop(self, *which: bytes | Slot) -> None:
        """Drop rows of mine: envelopes on my own channels, or what lies on another."""
        own = {slot.row.envelope: slot for slot in self.own_slots()}
        for slot in (own[one] if isinstance(one, bytes) else one for one in which):
            token = self.token(slot.row, slot.key)
            assert token, "only the author drops"
            self.dropping[slot.row.envelope] = token

    def stamps(self, channel: bytes) -> Iterator[bytes]:
        """The stamps of what is about to be put on a channel."""
        slots, puts = self.on(channel), sum(channel in places for *_, places in self.pending)
        replica = mac(channel, purpose("replica", self.replica))[:8]
        number = 1 + max((slot.number for slot in slots if slot.replica == replica), default=0)
        loses = sum(slot.row.envelope in self.dropping and not slot.row.dropped for slot in slots)
        assert puts or not loses, "a channel that loses a row gets a stamp"
        rows, drops = len(slots) + puts, loses + sum(slot.row.dropped for slot in slots)
        return iter([STAMP.pack(replica, number + n, rows, drops, bytes(4)) for n in range(puts)])

    def put_part(self, key: bytes, envelope: bytes, piece: bytes) -> bytes:
        id_, sealed = sealed_row(self.own, key, envelope, piece, {})
        self.statements.append(("INSERT INTO part VALUES (?, ?)", (id_, sealed)))
        return id_

    def drop_row(self, table: str, row: Row, token: bytes) -> None:
        front = b"\3" + token + row.mac + row.body_hash + row.slots
        self.statements.append((f"UPDATE {table} SET sealed = ? WHERE id = ?", (front, row.id)))

    def commit(self) -> None:
        stamps = {channel: self.stamps(channel) for channel in {self.own, *self.to_others.values()}}
        for key, envelope, body, places in self.pending:
            wraps = {}
            for channel, first in places.items():
                wraps[channel] = first + (next(stamps[channel]) if channel in stamps else bytes(24))
            made = sealed_row(self.own, key, envelope, body, wraps)
            self.statements.append(("INSERT INTO envelope VALUES (?, ?)", made))
        for one in self.rows:
            if token := self.dropping.get(one.envelope):
                self.drop_row("envelope", one, token)
        change(self.path, self.statements)
        super().__init__(self.path, held=self.first + self.journal_key + self.keeper + self.me)
        self.begin()

    # What the member wrote

    def mine(self, type_: str) -> list[Body]:
        found = self.bodies(self.own_slots(), self.me)
        return sorted((body for body in found if body.type == type_), key=Body.order)

    def replace(
        self,
        type_: str,
        document: bytes,
        data: Json,
        readers: Iterable[bytes] = (),
        also: Iterable[bytes] = (),
    ) -> None:
        before, now = self.mine(type_), {self.me, *readers}
        places = [(who, body.row.envelope) for body in before for who in (*body.readers, *body.notified)]
        lost = {who: envelope for who, envelope in places if who not in now}
        self.drop(*(body.row.envelope for body in before))
        follows = (body.row.envelope for body in before if {*body.readers} >= now)
        self.save(type_, document, data, readers=now, lost=lost, follows=follows, also=also)
