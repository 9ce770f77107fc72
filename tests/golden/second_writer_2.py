"""A second writer of format 2, written from crypto/FORMAT.md; it shares no line with the product.

Each time somebody opens the file they are another computer, with a replica id of its own.
"""

import os
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519
from mnemonic import Mnemonic

from .second_formulas_2 import (
    HEAD,
    STAMP,
    SUITE,
    TABLES,
    Identity,
    Json,
    Keyslot,
    channel_secret,
    counted,
    digest,
    dumped,
    h,
    hkdf,
    kem_of,
    mac,
    opened,
    purpose,
    recovery_key,
    sealed,
    sealed_row,
)
from .second_reader_2 import OWN, Body, Person, joined

COST = (65536, 3, 1)
INFO, BOOK, KEYS = (
    digest(purpose(f"{name} document"))[:16] for name in ("journal info", "address book", "keys")
)
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


def signer(seed: bytes) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed)


def keyslot(jid: bytes, kind: str, label: str, words: str, secrets: bytes) -> tuple[bytes, Statement]:
    slot = Keyslot(jid, os.urandom(16), (kind, label), COST, os.urandom(16))
    both = slot.key_and_commitment(words)
    secret = both[32:] + sealed(both[:32], secrets, slot.bound)
    values = (slot.id, kind, label, *COST, slot.salt, secret)
    return slot.id, ("INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


class Member(Person):
    """One who has the file open, and what they are about to write into it in one transaction."""

    def __init__(self, path: Path, label: str = "", secret: str = "", held: bytes = b"") -> None:
        super().__init__(path, label, secret, held)
        self.path, self.replica = path, os.urandom(16)
        self.shared_key = hkdf(self.journal_key, purpose("shared channel", self.jid))
        self.statements: list[Statement] = []
        self.pending: list[tuple[bytes, bytes, bytes, dict[bytes, bytes]]] = []
        self.dropping: dict[bytes, bytes] = {}
        self.to_others: dict[bytes, bytes] = {}
        self.now = datetime.fromtimestamp(round(time.time(), 3), UTC)
        for who in self.book().get("pins", {}):
            self.to(h(who))

    def to(self, who: bytes) -> bytes:
        return self.to_others.setdefault(who, self.channel(self.me, who))

    def fresh(self) -> tuple[bytes, bytes]:
        """A note key, and the id of the envelope that it makes."""
        key = os.urandom(32)
        return key, digest(purpose("envelope id", mac(self.own, purpose("drop token", key))[:32]))[:16]

    def publish(self, said: Json) -> None:
        key, envelope = self.fresh()
        self.pending.append((key, envelope, dumped(said).encode(), {self.shared_key: key}))

    def save(
        self,
        type_: str,
        document: bytes,
        data: Json,
        words: str = "",
        *,
        readers: Iterable[bytes] = (),
        lost: dict[bytes, bytes] | None = None,
        follows: Iterable[bytes] = (),
        ms: int | None = None,
        fresh: tuple[bytes, bytes] | None = None,
        also: bytes = b"",
    ) -> None:
        """Put a body for its author and `readers`; `lost` says which envelope somebody lost by it."""
        key, envelope = fresh or self.fresh()
        all_readers, told, before = sorted({self.me, *readers}), sorted(lost or {}), sorted(follows)
        written = round(self.now.timestamp() * 1000) if ms is None else ms
        numbers = (len(all_readers), len(told), len(before))
        head = HEAD.pack(1, document, self.me, written, 1, *numbers) + bytes([len(type_)]) + type_.encode()
        body = head + b"".join((*all_readers, *told, *before)) + counted(dumped(data), words) + b"\0"
        places = {self.to(who): key for who in all_readers}
        places |= {self.to(who): bytes(16) + envelope_lost for who, envelope_lost in (lost or {}).items()}
        self.pending.append((key, envelope, body, {**places, **({also: key} if also else {})}))

    def drop(self, envelope: bytes, channel: bytes = b"") -> None:
        slots = self.on(channel or self.own, numbered=channel != self.shared_key)
        (key,) = [slot.key for slot in slots if slot.row.envelope == envelope]
        self.dropping[envelope] = mac(self.own, purpose("drop token", key))[:32]

    def stamps(self, channel: bytes) -> Iterator[bytes]:
        """The stamps of what is about to be put on a channel."""
        slots, puts = self.on(channel), sum(channel in places for *_, places in self.pending)
        replica = mac(channel, purpose("replica", self.replica))[:8]
        number = 1 + max((slot.number for slot in slots if slot.replica == replica), default=0)
        loses = sum(slot.row.envelope in self.dropping and not slot.row.dropped for slot in slots)
        assert puts or not loses, "a channel that loses a row gets a stamp"
        rows, drops = len(slots) + puts, loses + sum(slot.row.dropped for slot in slots)
        return iter([STAMP.pack(replica, number + n, rows, drops, bytes(4)) for n in range(puts)])

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
                front = b"\3" + token + one.mac + one.body_hash + one.slots
                self.statements.append(("UPDATE envelope SET sealed = ? WHERE id = ?", (front, one.id)))
        change(self.path, self.statements)
        self.statements, self.pending, self.dropping = [], [], {}
        super().__init__(self.path, held=self.first + self.journal_key + self.keeper)

    # What the member wrote

    def mine(self, type_: str) -> list[Body]:
        found = self.bodies(self.on(self.own), self.me, OWN)
        return sorted((body for body in found if body.type == type_), key=Body.order)

    def book(self) -> Json:
        return joined(self.mine("address-book"))

    def replace(self, type_: str, document: bytes, data: Json, readers: Iterable[bytes] = ()) -> None:
        before, now = self.mine(type_), {self.me, *readers}
        places = [(who, body.row.envelope) for body in before for who in (*body.readers, *body.notified)]
        lost = {who: envelope for who, envelope in places if who not in now}
        for body in before:
            self.drop(body.row.envelope)
        follows = (body.row.envelope for body in before if {*body.readers} >= now)
        self.save(type_, document, data, readers=now, lost=lost, follows=follows)

    def named(self, labels: Iterable[str]) -> set[bytes]:
        ids = {pin["label"]: h(who) for who, pin in self.book()["pins"].items()}
        return {ids[label] for label in labels}

    def moment(self) -> str:
        return self.now.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"

    def add(self, title: str, words: str, kind: str, share: Iterable[str] = ()) -> str:
        text = {"title": title, "kind": kind, "date": self.now.date().isoformat(), "tags": []}
        data = {**text, "session": None, "written": self.moment(), "revised": None}
        self.save("note", document := os.urandom(16), data, words, readers=self.named(share))
        self.commit()
        return digest(purpose("document name", self.me, document))[:10].hex()

    def versions(self, name: str) -> list[Body]:
        older = {h(one) for body in self.mine("earlier") for one in body.data["replaced"]}
        return [b for b in self.mine("note") if b.name == name and b.row.envelope not in older]

    def save_note(self, name: str, readers: set[bytes], changes: Json, words: str | None = None) -> None:
        """Put a new version, and keep each that stood as an earlier one, for its author alone."""
        standing, fresh, readers = self.versions(name), self.fresh(), {self.me, *readers}
        for old in standing:
            lost = dict.fromkeys({*old.readers} - readers, old.row.envelope)
            told, before = ([who.hex() for who in sorted(many)] for many in (lost, old.readers))
            about: Json = {"replaced": [old.row.envelope.hex()], "by": fresh[1].hex()}
            about |= {"notified": told, "readers": before, "type": old.type, "form": 1}
            about |= {"data": dumped(old.data), "proofs": "00"}
            self.save("earlier", old.document, about, old.words, lost=lost, ms=old.ms)
            self.drop(old.row.envelope)
        follows = [old.row.envelope for old in standing if {*old.readers} >= readers]
        data, text = {**(last := standing[-1]).data, **changes}, last.words if words is None else words
        self.save("note", last.document, data, text, readers=readers, follows=follows, fresh=fresh)
        self.commit()

    def readers(self, name: str) -> set[bytes]:
        return set.intersection(*({*body.readers} for body in self.versions(name)))

    def edit(self, name: str, words: str, **changes: str) -> None:
        self.save_note(name, self.readers(name), {**changes, "revised": self.moment()}, words)

    def share(self, name: str, *labels: str) -> None:
        self.save_note(name, self.readers(name) | self.named(labels), {})

    def withdraw(self, name: str, *labels: str) -> None:
        self.save_note(name, self.readers(name) - self.named(labels), {})

    def delete(self, name: str) -> None:
        """Leave nothing but that it was deleted, and who is told so."""
        gone = [b for b in self.mine("note") + self.mine("earlier") if b.name == name]
        ever: set[bytes] = set()
        lost: dict[bytes, bytes] = {}
        for body in sorted(
            gone, key=lambda body: body.type
        ):  # a loss that a note names comes after an older one
            ever |= {body.row.envelope, *map(h, body.data.get("replaced", []))}
            lost |= {who: h(body.data["replaced"][0]) for who in body.notified}
            lost |= dict.fromkeys({*body.readers} - {self.me}, body.row.envelope)
            self.drop(body.row.envelope)
        lists = {"replaced": sorted(one.hex() for one in ever), "notified": sorted(who.hex() for who in lost)}
        self.save("deleted", gone[0].document, lists, lost=lost)
        self.commit()

    # The others

    def signature(self, said: bytes) -> str:
        return self.identity.signing.sign(said).hex()

    def invite(self, name: str, role: str) -> str:
        seed, code = os.urandom(32), " ".join(random.SystemRandom().sample(Mnemonic("english").wordlist, 6))
        slot, statement = keyslot(self.jid, "invitation", "", code, seed + self.journal_key + self.keeper)
        book, key = self.book(), signer(seed).public_key().public_bytes_raw()
        names = counted(name, role, h("".join(book["revoked"])))
        grant: Json = {"kind": "grant", "key": key.hex(), "slot": slot.hex(), "name": name, "role": role}
        grant["revoked"] = book["revoked"]
        grant["signature"] = self.signature(purpose("grant", self.jid, key, slot, names))
        self.statements.append(statement)
        self.publish(grant)
        self.replace("address-book", BOOK, {**book, "grants": [*book["grants"], grant]})
        self.commit()
        return code

    def enter(self, label: str, role: str, words: str, grant: Json | None = None, seed: bytes = b"") -> Json:
        """Publish one's own certificate and keep the keys; returns an address book with nobody in it."""
        key = h(grant["key"]) if grant else bytes(32)
        said = purpose("certificate", self.jid, key, self.identity.public, counted(label, role))
        card: Json = {"kind": "certificate", "keys": self.identity.public.hex(), "label": label, "role": role}
        card |= {"grant": grant, "by_grant": signer(seed).sign(said).hex() if grant else ""}
        self.publish({**card, "by_self": self.signature(said)})
        recovery = recovery_key(self.jid, words) if words else b""
        held: Json = {"masters": [self.first.hex()], "journal_keys": [self.journal_key.hex()]}
        held |= {"keeper": self.keeper.hex(), "recovery": recovery.hex()}
        self.save("keys", KEYS, held, also=recovery)
        lists = {"pins": {}, "revoked": grant["revoked"] if grant else [], "grants": [], "let_go": {}}
        return {"certificate": {**card, "by_self": self.signature(said)}, **lists}

    def meet(self, book: Json) -> None:
        """Pin everybody not met before and send them a key; keep what they sent."""
        cards, secrets = self.shared()
        for who, card in cards.items():
            grant = card["grant"] or {"key": "", "name": card["label"]}
            if who == self.me or {who.hex(), grant["key"]} & {*book["revoked"]}:
                continue
            if who.hex() not in book["pins"]:
                pin = {"label": card["label"], "role": card["role"], "invited_as": grant["name"]}
                pin |= {"grant": grant["key"], "channel_secret": "", "verified": False}
                book["pins"][who.hex()] = pin
                self.send_key(who, h(card["keys"]))
            pin = book["pins"][who.hex()]
            pin["channel_secret"] = pin["channel_secret"] or secrets.get(who, b"").hex()

    def send_key(self, who: bytes, keys: bytes) -> None:
        info = purpose("key message", self.jid, self.me, who)
        message = SUITE.encrypt(channel_secret(self.jid, self.first, self.me, who), kem_of(keys), info)
        signature = self.signature(purpose("key message signature", info, message))
        said = {"kind": "key-message", "sender": self.me.hex(), "receiver": who.hex()}
        self.publish({**said, "message": message.hex() + signature})

    def refresh(self) -> None:
        """Meet who is new; the keeper also takes back their grants, and lets them read of the journal."""
        before, book = self.book(), self.book()
        self.meet(book)
        if book == before:
            return
        used = {pin["grant"] for pin in book["pins"].values()}
        book["grants"] = [grant for grant in book["grants"] if grant["key"] not in used]
        for slot, one in self.on_shared():
            if one["kind"] == "grant" and one["key"] in used and self.drops(slot):
                self.drop(slot.row.envelope, self.shared_key)
        if self.me == self.keeper:
            here = {h(who) for who in book["pins"] if who not in book["revoked"]}
            self.replace("journal-info", INFO, joined(self.mine("journal-info")), here)
        self.replace("address-book", BOOK, book)
        self.commit()


def create(path: Path, label: str, role: str, passphrase: str, title: str, words: str = "") -> Member:
    """A new file with its keeper, and recovery words of theirs if there are any."""
    jid, first = os.urandom(16), os.urandom(32)
    held = first + os.urandom(32) + Identity(jid, first).id
    change(path, [*((sql, ()) for sql in TABLES.values()), ("INSERT INTO journal VALUES (1, 2, ?)", (jid,))])
    keeper = Member(path, held=held)
    keeper.statements.append(keyslot(jid, "passphrase", label, passphrase, held)[1])
    keeper.save("address-book", BOOK, keeper.enter(label, role, words))
    keeper.save("journal-info", INFO, {"title": title, "revoked": [], "planned": 0, "needs": []})
    keeper.commit()
    return keeper


def join(path: Path, code: str, label: str, passphrase: str, words: str = "") -> Member:
    """One who takes an invitation, meets everybody there and leaves a key for each."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    ((jid,),) = database.execute("SELECT journal_id FROM journal")
    slots = database.execute("SELECT * FROM keyslot WHERE kind = 'invitation'").fetchall()
    database.close()
    for id_, kind, called, memory, passes, lanes, salt, secret in slots:
        slot = Keyslot(jid, id_, (kind, called), (memory, passes, lanes), salt)
        both = slot.key_and_commitment(" ".join(code.lower().split()))
        if both[32:] == secret[:32]:
            held = opened(both[:32], secret[32:], slot.bound)
            break
    else:
        raise AssertionError("nothing opens with this")
    first, seed = os.urandom(32), held[:32]
    member, key = Member(path, held=first + held[32:]), signer(seed).public_key().public_bytes_raw().hex()
    grants = (one for _, one in member.on_shared() if one["kind"] == "grant" and one["key"] == key)
    grant = max(grants, key=lambda one: len(one["revoked"]))
    member.statements.append(("DELETE FROM keyslot WHERE id = ?", (id_,)))
    member.statements.append(keyslot(jid, "passphrase", label, passphrase, first + held[32:])[1])
    book = member.enter(label, grant["role"], words, grant, seed)
    member.meet(book)
    member.save("address-book", BOOK, book)
    member.commit()
    return member
