"""The journal of the day format 1 was frozen, who is in it, and a way to write more into a copy of it.

`format-1.kap` and `format-1.json` were written by the last program of format 1 and are frozen: no program of
today can make them again. The writer is made from `crypto/FORMAT-1.md` with the second reader, and shares no
line with the product.
"""

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305 as Aead

from .second_reader import HEAD, KINDS, Envelope, Person, counted, digest, hkdf, purpose

KAP = Path(__file__).with_name("format-1.kap")
SAID: dict[str, Any] = json.loads(Path(__file__).with_name("format-1.json").read_text("utf-8"))
PEOPLE: dict[str, Any] = SAID["people"]
PASSPHRASES: dict[str, str] = {label: one["passphrase"] for label, one in PEOPLE.items()}
SHA256 = "475d6930a4659af6554f2b477fae490284a7aa7a5ee8584eb1e839059a9071d1"


def own_notes(label: str) -> list[dict[str, Any]]:
    """What somebody wrote themselves of all they read in the golden journal."""
    return [note for note in PEOPLE[label]["reads"]["notes"] if note["author"] == label]


@dataclass
class OldFile:
    """A copy of the golden journal, into which one of its people, or an attacker, goes on writing."""

    path: Path
    label: str

    @cached_property
    def person(self) -> Person:
        return Person(self.path, "passphrase", self.label, PASSPHRASES[self.label])

    @property
    def own(self) -> bytes:
        return self.person.channel(self.person.me, self.person.me)

    @property
    def drafts(self) -> bytes:
        return hkdf(self.person.first, purpose("drafts", self.person.jid, self.person.me))

    def run(self, statement: str, *values: object) -> None:
        """One statement, as whoever can write the file runs it."""
        with closing(sqlite3.connect(self.path)) as database:
            database.execute(statement, values)
            database.commit()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rows(self, kind: str, words: str = "") -> list[Envelope]:
        """The rows of this person's of a kind, with words that begin so."""
        channel = self.drafts if kind == "draft" else self.own
        found = []
        for row in self.standing(channel):
            slot = row.slot(channel)
            raw = row.body(slot[1]) if slot else b""
            if KINDS[HEAD.unpack(raw[:76])[4]] == kind and words.encode() in raw:
                found.append(row)
        return found

    def standing(self, channel: bytes) -> list[Envelope]:
        """The rows on a channel as they are now."""
        with closing(sqlite3.connect(self.path)) as database:
            rows = [Envelope(*row) for row in database.execute("SELECT * FROM envelope")]
        return [row for row in rows if row.tags and _finds(row, channel)]

    def drop(self, row: Envelope) -> None:
        self.run("DELETE FROM envelope WHERE id = ?", row.id)

    def alter(self, row: Envelope, at: int) -> None:
        changed = bytearray(row.sealed)
        changed[at] ^= 1
        self.run("UPDATE envelope SET sealed = ? WHERE id = ?", bytes(changed), row.id)

    def write(
        self,
        kind: str,
        data: dict[str, Any] | None,
        words: str = "",
        *,
        document: bytes = b"",
        writes: int = 0,
    ) -> bytes:
        """Write a version as a program of format 1 did, and return the id of its document."""
        me, document = self.person.me, document or os.urandom(16)
        packed = HEAD.pack(document, me, bytes(16), 1_772_500_000_000, KINDS.index(kind), 1, 0, 0)
        encoded = json.dumps(data, ensure_ascii=False, separators=(",", ":")) if data is not None else ""
        self.put(packed + me + counted(encoded) + words.encode(), drafts=kind == "draft", writes=writes)
        return document

    def put(self, body: bytes, *, drafts: bool = False, writes: int = 0) -> None:
        """Seal a body, whatever it is, on this person's own channel, with the head that it then has."""
        channel, id_, note_key = self.drafts if drafts else self.own, os.urandom(16), os.urandom(32)
        both = blake2b(purpose("body", id_), key=note_key).digest()
        padded = (len(body).to_bytes(4, "big") + body).ljust(
            max(4096, 1 << (len(body) + 3).bit_length()), b"\0"
        )
        sealed = Aead(both[:32]).encrypt(bytes(12), padded, b"\x01" + id_ + both[32:])
        slot = blake2b(purpose("slot", id_), key=channel, digest_size=48).digest()
        tags = slot[:16] + os.urandom(7 * 16)
        mark = digest(purpose("mark"), b"\x01", id_, both[32:], tags, sealed)
        head = bytes(24) if drafts else self._head(mark, writes)
        wrap = Aead(slot[16:]).encrypt(bytes(12), note_key + head, purpose("wrap", mark))
        whole = b"\x01" + both[32:] + tags + wrap + os.urandom(7 * 72) + sealed
        self.run("INSERT INTO envelope VALUES (?, ?)", id_, whole)

    def _head(self, mark: bytes, writes: int) -> bytes:
        standing = self.standing(self.own)
        count = max(int.from_bytes(slot[2][4:8], "big") for row in standing if (slot := row.slot(self.own)))
        root = digest(purpose("root"), *sorted([mark, *(row.h for row in standing)]))[:16]
        return bytes(4) + (writes or count + 1).to_bytes(4, "big") + root


def _finds(row: Envelope, channel: bytes) -> bool:
    return blake2b(purpose("slot", row.id), key=channel, digest_size=48).digest()[:16] in row.tags


def note_data(title: str, kind: str = "page", **more: object) -> dict[str, Any]:
    """The data of a note of format 1."""
    moment = "2026-03-03T01:06:40.000Z"
    return {
        "title": title,
        "kind": kind,
        "date": "2026-03-03",
        "tags": [],
        "session": None,
        "written": moment,
        "revised": None,
        **more,
    }
