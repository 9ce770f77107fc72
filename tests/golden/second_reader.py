"""A second reader of format 1, written from crypto/FORMAT-1.md; it shares no line with the product."""

import json
import sqlite3
import struct
import unicodedata
from datetime import datetime, timedelta
from hashlib import blake2b, sha256, shake_256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305 as Aead
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
HEAD = struct.Struct(">16s32s16sqBBBB")
KINDS = ("note", "session", "about", "papers", "earlier", "draft")
Json = dict[str, Any]
h, EPOCH = bytes.fromhex, datetime(1970, 1, 1)


def purpose(name: str, *fields: bytes) -> bytes:
    return b"kapjournal/1 " + name.encode() + b"\0" + b"".join(fields)


def counted(*fields: bytes | str) -> bytes:
    raw = (field.encode() if isinstance(field, str) else field for field in fields)
    return b"".join(struct.pack(">I", len(x)) + x for x in raw)


def digest(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def hkdf(key: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA512(), 32, salt, info).derive(key)


def signed(key: bytes, signature: str, said: bytes) -> None:
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(h(signature), said)


def strict_json(raw: bytes) -> Json:
    """JSON as it is written: no key twice, no NaN, no half a character, no space, nothing escaped in vain."""
    value: Json = json.loads(raw)
    assert json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() == raw
    return value


class Envelope:
    def __init__(self, id_: bytes, sealed: bytes) -> None:
        self.id, self.sealed, s = id_, sealed, sealed
        assert s[0] == 1 and len(s) - 753 in {1 << n for n in range(12, 25)}, "the form of an envelope"
        self.tags = [s[33 + 16 * i : 49 + 16 * i] for i in range(8)]
        self.wraps = [s[161 + 72 * i : 233 + 72 * i] for i in range(8)]
        self.h = digest(purpose("mark"), b"\x01", self.id, s[1:161], s[737:])

    def slot(self, channel: bytes) -> tuple[int, bytes, bytes] | None:
        both = blake2b(purpose("slot", self.id), key=channel, digest_size=48).digest()
        if both[:16] not in self.tags:
            return None
        i = self.tags.index(both[:16])
        wrap = Aead(both[16:]).decrypt(bytes(12), self.wraps[i], purpose("wrap", self.h))
        return i, wrap[:32], wrap[32:]

    def body(self, note_key: bytes) -> bytes:
        both = blake2b(purpose("body", self.id), key=note_key).digest()
        assert both[32:] == self.sealed[1:33], "the commitment"
        padded = Aead(both[:32]).decrypt(bytes(12), self.sealed[737:], b"\x01" + self.id + both[32:])
        end = 4 + int.from_bytes(padded[:4], "big")
        assert end <= len(padded) == max(4096, 1 << (end - 1).bit_length()), "the smallest size that fits"
        assert not any(padded[end:]), "the padding"
        return padded[4:end]

    def check_noise(self, filler: bytes, used: set[int]) -> None:
        key = blake2b(purpose("fill", self.id), key=filler).digest()[:32]
        s = Aead(key).encrypt(bytes(12), bytes(704), None)
        for i in set(range(8)) - used:
            assert self.tags[i] + self.wraps[i] == s[16 * i :][:16] + s[128 + 72 * i :][:72], "noise"


class Body:
    def __init__(self, row: Envelope, raw: bytes, writes: int) -> None:
        self.row, self.writes = row, writes
        self.document, self.author, _, written, kind, readers, told, follows = HEAD.unpack(raw[:76])
        people = [raw[at : at + 32] for at in range(76, 76 + 32 * (readers + told), 32)]
        self.readers, self.told = people[:readers], people[readers:]
        end = 76 + 32 * len(people) + 48 * follows
        size = int.from_bytes(raw[end : end + 4], "big")
        data, words = raw[end + 4 : end + 4 + size], raw[end + 4 + size :]
        assert len(data) == size and follows < 2, "the fixed places"
        self.name = digest(purpose("document name"), self.author, self.document)[:10].hex()
        self.saved = (EPOCH + timedelta(milliseconds=written)).isoformat(timespec="milliseconds") + "Z"
        self.kind, self.data, self.words = KINDS[kind], strict_json(data) if data else {}, words.decode()


class Person:
    def __init__(self, path: Path, kind: str, label: str, secret: str) -> None:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ((one, number, self.jid),) = database.execute("SELECT * FROM journal")
        assert (one, number, len(self.jid)) == (1, 1, 16), "the journal's row"
        slots = database.execute("SELECT * FROM keyslot").fetchall()
        self.rows = [Envelope(*row) for row in database.execute("SELECT * FROM envelope")]
        database.close()
        for id_, of, called, memory, time, lanes, salt, sealed in slots:
            if (of, called) != (kind, label):
                continue
            if kind == "recovery":
                entropy = bytes(Mnemonic("english").to_entropy(secret))
                base = hkdf(entropy, purpose("recovery", self.jid), salt)
            else:
                argon = Argon2id(salt=salt, length=32, iterations=time, lanes=lanes, memory_cost=memory)
                base = argon.derive(unicodedata.normalize("NFKD", secret).encode())
            both = blake2b(purpose("keyslot", self.jid, id_), key=base).digest()
            if both[32:] == sealed[:32]:
                bound = counted(of, called) + struct.pack(">III", memory, time, lanes) + counted(salt)
                held = Aead(both[:32]).decrypt(
                    bytes(12), sealed[32:], purpose("keyslot", self.jid, id_, bound)
                )
                break
        else:
            raise AssertionError("nothing opens with this")
        self.first, self.journal_key, self.keeper = held[:32], held[32:64], held[64:]
        seed = hkdf(self.first, purpose("signing seed", self.jid))
        signing = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        seed = shake_256(hkdf(self.first, purpose("kem seed", self.jid))).digest(96)
        kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed[:64])
        dh = x25519.X25519PrivateKey.from_private_bytes(seed[64:])
        self.kem = hpke.MLKEM768X25519PrivateKey(kem, dh)
        public = [key.public_key().public_bytes_raw() for key in (signing, kem, dh)]
        self.me = digest(purpose("identity", *public))

    def channel(self, a: bytes, b: bytes, secret: bytes = b"") -> bytes:
        secret = secret or hkdf(self.first, purpose("letter secret", self.jid, a, b))
        return hkdf(secret, purpose("channel", self.jid, a, b))

    def slots_on(self, channel: bytes, *, headed: bool = True) -> list[tuple[Envelope, int, bytes, int]]:
        found = [(row, *slot) for row in self.rows if (slot := row.slot(channel))]
        heads = sorted((head for *_, head in found), key=lambda head: head[4:8])
        standing = sorted(row.h for row, _, key, _ in found if any(key[:16]))
        root = digest(purpose("root"), *standing)[:16] if headed else bytes(16)
        assert not heads or (heads[-1][8:] == root and any(heads[-1]) == headed), "the head"
        for row, i, _, _ in found if not headed else []:
            row.check_noise(channel, {i})
        return [(row, i, key, int.from_bytes(head[4:8], "big")) for row, i, key, head in found]

    def bodies_on(self, channel: bytes, sender: bytes, kinds: str) -> list[Body]:
        slots = self.slots_on(channel, headed=kinds != "draft")
        found = [Body(row, row.body(key), writes) for row, _, key, writes in slots if any(key[:16])]
        for body in found:
            assert (body.author, self.me in body.readers, body.kind in kinds) == (sender, True, True), kinds
        return found

    def check_own(self, bodies: list[Body], filler: bytes) -> None:
        used: dict[bytes, dict[int, bytes]] = {body.row.id: {} for body in bodies}
        for who in {who for body in bodies for who in (*body.readers, *body.told)}:
            for row, i, key, _ in self.slots_on(self.channel(self.me, who)):
                body = next(body for body in bodies if body.row is row)
                assert any(key[:16]) if who in body.readers else who in body.told, "only whom the body names"
                used[row.id][i] = key if who in body.readers else b""
        for body in bodies:
            assert len(used[body.row.id]) == len(body.readers) + len(body.told), "a wrap for everybody named"
            assert len(set(used[body.row.id].values()) - {b""}) == 1, "one key for all readers"
            body.row.check_noise(filler, set(used[body.row.id]))

    def shared(self) -> tuple[dict[bytes, Json], dict[bytes, bytes]]:
        channel = hkdf(self.journal_key, purpose("shared channel", self.jid))
        papers = [strict_json(row.body(key)) for row, _, key, _ in self.slots_on(channel, headed=False)]
        cards = {digest(purpose("identity", h(c["keys"]))): c for c in papers if c["kind"] == "card"}
        tickets = [paper for paper in papers if paper["kind"] == "ticket"]
        for who, card in cards.items():
            keys, ticket = h(card["keys"]), card["ticket"]
            key = h(ticket["key"]) if ticket else bytes(32)
            said = purpose("card", self.jid, key, keys, counted(card["label"], card["role"]))
            signed(keys[:32], card["by_self"], said)
            if who != self.keeper:
                assert card["role"] == ticket["role"], "the role is the ticket's"
                signed(key, card["by_ticket"], said)
                tickets.append(ticket)
        for ticket in tickets:
            names = counted(ticket["name"], ticket["role"], h("".join(ticket["gone"])))
            said = purpose("ticket", self.jid, h(ticket["key"]), h(ticket["slot"]), names)
            signed(h(cards[self.keeper]["keys"])[:32], ticket["signature"], said)
        secrets = {}
        for letter in papers:
            if letter["kind"] == "letter" and letter["receiver"] == self.me.hex():
                info = purpose("letter", self.jid, sender := h(letter["sender"]), self.me)
                sealed, signature = h(letter["letter"][:-128]), letter["letter"][-128:]
                signed(h(cards[sender]["keys"])[:32], signature, purpose("letter signature", info, sealed))
                secrets[sender] = SUITE.decrypt(sealed, self.kem, info)
        return cards, secrets


def read(path: Path, kind: str, label: str, secret: str) -> Json:
    """All that one person can read; `kind` is that of the keyslot, `label` empty but for a passphrase."""
    r = Person(path, kind, label, secret)
    to_me, drafts_key = r.channel(r.me, r.me), hkdf(r.first, purpose("drafts", r.jid, r.me))
    own = r.bodies_on(to_me, r.me, "note session about papers earlier")
    r.check_own(own, to_me)
    (papers,) = [body.data for body in own if body.kind == "papers"]
    cards, secrets = r.shared()
    assert cards[r.me] == papers["card"], "the member's card"
    people: dict[str, Json] = {r.me.hex(): papers["card"], **papers["pins"]}
    incoming = [body for body in own if body.kind != "earlier"]
    for who, pin in papers["pins"].items():
        assert all(cards[h(who)][key] == pin[key] for key in ("label", "role")), "the card one met"
        assert secrets.get(h(who), b"").hex() == pin["channel"], "the first letter"
        if pin["channel"]:
            incoming += r.bodies_on(r.channel(h(who), r.me, h(pin["channel"])), h(who), "note session about")
    assert len({(b.author, b.document) for b in incoming}) == len(incoming), "one version of a document"
    nothing: Json = {"title": "", "gone": [], "planned": 0}
    about = next((b.data for b in incoming if b.kind == "about" and b.author == r.keeper), nothing)
    gone = {*papers["gone"], *about["gone"]}
    sees_the_course = r.me == r.keeper or papers["card"]["role"] in ("partner", "therapist", "co-therapist")
    sessions = {b.name: b.data for b in incoming if b.kind == "session" and b.data}

    def labels(many: list[str]) -> list[str]:
        return sorted(people[who]["label"] if who in people else "?" for who in many)

    def text(body: Body, data: Json, readers: list[str], also: tuple[str, ...], **more: str) -> Json:
        link = data["session"]
        number = sessions.get(link[0], {"number": link[1]})["number"] if link else None
        kept = {key: data[key] for key in ("title", "kind", "date", "tags", *also)}
        return {**kept, **more, "readers": labels(readers), "session": number, "body": body.words}

    notes = []
    for b in [b for b in incoming if b.kind == "note" and b.data]:
        author, readers = people[b.author.hex()], [who.hex() for who in b.readers]
        assert (b.data["kind"] == "observation") == (author["role"] != "partner"), "a kind of that role"
        notes.append(text(b, b.data, readers, ("written", "revised"), name=b.name, author=author["label"]))
    before = sorted((b for b in own if b.kind == "earlier"), key=lambda b: (b.name, b.writes))
    earlier = [text(b, b.data["data"], b.data["readers"], (), name=b.name, saved=b.saved) for b in before]
    drafts = [
        text(b, b.data, b.data["readers"], ("of", "cursor")) for b in r.bodies_on(drafts_key, r.me, "draft")
    ]
    return {
        "title": about["title"],
        "planned": about["planned"] if sees_the_course else 0,
        "people": {person["label"]: person["role"] for person in people.values()},
        "gone": labels([who for who, one in people.items() if who in gone or str(one["ticket"]) in gone]),
        "verified": labels([who for who, pin in papers["pins"].items() if pin["verified"]]),
        "invited": sorted(ticket["name"] for ticket in papers["tickets"]),
        "sessions": sorted(sessions.values(), key=lambda session: session["number"]),
        "notes": sorted(notes, key=lambda note: note["name"]),
        "earlier": earlier,
        "drafts": sorted(drafts, key=lambda draft: draft["title"]),
    }
