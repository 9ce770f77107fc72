"""What reader and writer of format 2 both compute, written from crypto/FORMAT.md."""

import json
import os
import random
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b, sha256, shake_256
from typing import Any

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305 as Aead
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic
from shamir_mnemonic import combine_mnemonics

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
HEAD, STAMP = struct.Struct(">B16s32sqBBBB"), struct.Struct(">8sIII4s")
COLUMNS = {
    "journal": "  one INTEGER PRIMARY KEY CHECK (one = 1),\n  format INTEGER NOT NULL,\n"
    "  journal_id BLOB NOT NULL\n)",
    "keyslot": "  id BLOB NOT NULL PRIMARY KEY,\n  kind TEXT NOT NULL,\n  label TEXT NOT NULL,\n"
    "  memory_kib INTEGER NOT NULL,\n  time INTEGER NOT NULL,\n  lanes INTEGER NOT NULL,\n"
    "  salt BLOB NOT NULL,\n  sealed_secret BLOB NOT NULL\n) WITHOUT ROWID",
    "envelope": (rows := "  id BLOB NOT NULL PRIMARY KEY,\n  sealed BLOB NOT NULL\n) WITHOUT ROWID"),
    "part": rows,
}
TABLES = {name: f"CREATE TABLE {name} (\n{columns}" for name, columns in COLUMNS.items()}
PRIME = 2**255 - 19
OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL = {0, 1, PRIME - 1, OF_ORDER_8, PRIME - OF_ORDER_8}  # the y of every point of small order
Json = dict[str, Any]
Cost = tuple[int, int, int]
h = bytes.fromhex


def purpose(name: str, *fields: bytes) -> bytes:
    return b"kapjournal/2 " + name.encode() + b"\0" + b"".join(fields)


def counted(*fields: bytes | str) -> bytes:
    raw = (field.encode() if isinstance(field, str) else field for field in fields)
    return b"".join(struct.pack(">I", len(x)) + x for x in raw)


def digest(said: bytes) -> bytes:
    return sha256(said).digest()


def mac(key: bytes, said: bytes, size: int = 64) -> bytes:
    return blake2b(said, key=key, digest_size=size).digest()


def hkdf(secret: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA512(), 32, None, info).derive(secret)


def opened(key: bytes, ciphertext: bytes, bound: bytes) -> bytes:
    return Aead(key).decrypt(bytes(12), ciphertext, bound)


def sealed(key: bytes, plain: bytes, bound: bytes) -> bytes:
    return Aead(key).encrypt(bytes(12), plain, bound)


def dumped(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def strict_json(raw: bytes) -> Json:
    """An object alone: nothing twice, no fraction, nothing beyond 2^53, no half characters, 16 levels."""

    def refuse(said: str) -> None:
        raise AssertionError(f"not genuine: {said}")

    def once(pairs: list[tuple[str, Any]]) -> Json:
        assert len(dict(pairs)) == len(pairs), "a key twice"
        return dict(pairs)

    text = raw.decode()
    value = json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)
    assert (text[:1], text[-1:]) == ("{", "}"), "an object and nothing around it"
    dumped(value).encode()  # half a character has no bytes

    def levels(one: Any) -> int:
        assert not isinstance(one, int) or abs(one) <= 2**53, "a number"
        below = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        return 1 + max(map(levels, below), default=0)  # what stands innermost is a level, too

    assert levels(value) <= 16, "an object"
    return dict(value)


def signed(key: bytes, signature: str | bytes, said: bytes) -> None:
    y = int.from_bytes(key, "little") % 2**255
    assert y < PRIME and y not in SMALL, "a key in its one form and not of small order"
    raw = h(signature) if isinstance(signature, str) else signature
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(raw, said)


class Identity:
    """The keys of one member, from the master key."""

    def __init__(self, jid: bytes, first: bytes) -> None:
        seed = hkdf(first, purpose("signing seed", jid))
        self.signing = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        seed = shake_256(hkdf(first, purpose("kem seed", jid))).digest(96)
        kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed[:64])
        dh = x25519.X25519PrivateKey.from_private_bytes(seed[64:])
        self.kem = hpke.MLKEM768X25519PrivateKey(kem, dh)
        self.public = b"".join(key.public_key().public_bytes_raw() for key in (self.signing, kem, dh))
        self.id = identity_of(self.public)


def identity_of(public: bytes) -> bytes:
    assert len(public) == 1248, "the length of public keys"
    return digest(purpose("identity", public))


def content_digest(jid: bytes, author: bytes, document: bytes, type_: str, data: bytes, words: str) -> bytes:
    return digest(purpose("content", jid, document, author) + b"\1" + counted(type_, data, words))


def channel_secret(jid: bytes, first: bytes, a: bytes, b: bytes) -> bytes:
    return hkdf(first, purpose("channel secret", jid, a, b))


def channel_key(jid: bytes, a: bytes, b: bytes, secret: bytes) -> bytes:
    return hkdf(secret, purpose("channel", jid, a, b))


def recovery_key(jid: bytes, words: str) -> bytes:
    return hkdf(bytes(Mnemonic("english").to_entropy(words)), purpose("recovery", jid))


def will_key(jid: bytes, shares: Sequence[str]) -> bytes:
    return hkdf(bytes(combine_mnemonics(shares)), purpose("will", jid))


def kem_of(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    kem = mlkem.MLKEM768PublicKey.from_public_bytes(public[32:1216])
    return hpke.MLKEM768X25519PublicKey(kem, x25519.X25519PublicKey.from_public_bytes(public[1216:]))


class Keyslot:
    """What is said beside a sealed secret, and the key that its words make."""

    def __init__(self, jid: bytes, id_: bytes, said: tuple[str, str], cost: Cost, salt: bytes) -> None:
        self.jid, self.id, self.cost, self.salt = jid, id_, cost, salt
        columns = counted(*said) + struct.pack(">III", *cost) + counted(salt)
        self.bound = purpose("keyslot", jid, id_, columns)

    def key_and_commitment(self, words: str) -> bytes:
        memory, time, lanes = self.cost
        argon = Argon2id(salt=self.salt, length=32, iterations=time, lanes=lanes, memory_cost=memory)
        base = argon.derive(unicodedata.normalize("NFKD", words).encode())
        return mac(base, purpose("keyslot", self.jid, self.id))

    def open(self, words: str, secret: bytes) -> bytes | None:
        """`first | journal key | keeper | member`, or nothing with other words."""
        both = self.key_and_commitment(words)
        return opened(both[:32], secret[32:], self.bound) if both[32:] == secret[:32] else None


def is_door(row: tuple[Any, ...]) -> bool:
    """Whether the columns of a keyslot are as they can be; another one is skipped."""
    id_, kind, label, *cost, salt, secret = row
    types = [
        (id_, bytes),
        (kind, str),
        (label, str),
        *((n, int) for n in cost),
        (salt, bytes),
        (secret, bytes),
    ]
    return (
        all(type(value) is wanted for value, wanted in types)
        and (len(id_), len(salt), len(secret)) == (16, 16, 176)
        and (65536 <= cost[0] <= 1048576 and 3 <= cost[1] <= 10 and 1 <= cost[2] <= 8)
    )


def folded(label: str) -> str:
    """Two labels are one if this is."""
    visible = (c for c in unicodedata.normalize("NFKC", label) if unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(visible).casefold()


def rows_in(stored: Iterable[tuple[Any, ...]]) -> list["Row"]:
    """The rows of this format; one of a newer program fits its id, one of other types is skipped."""
    rows = []
    for id_, sealed in stored:
        if type(id_) is not bytes or type(sealed) is not bytes or len(id_) != 16 or not sealed:
            continue
        if sealed[0] in (2, 3):
            rows.append(Row(id_, sealed))
        else:
            assert id_ == digest(purpose("newer row", sealed))[:16], "the id of a newer program's row"
    return rows


class Row:
    """One row, standing or dropped, that fits its id."""

    def __init__(self, id_: bytes, sealed: bytes) -> None:
        s, self.id, self.dropped = sealed, id_, sealed[0] == 3
        if self.dropped:
            assert len(s) == 785, "the length of a dropped row"
            self.envelope = digest(purpose("envelope id", s[1:33]))[:16]
            self.mac, self.body_hash, self.slots = s[33:49], s[49:81], s[81:]
        else:
            assert s[0] == 2 and len(s) - 785 in {1 << n for n in range(12, 25)}, "the form of a row"
            self.envelope, self.mac, self.commitment, self.slots = s[1:17], s[17:33], s[33:65], s[65:769]
            self.ciphertext = s[769:]
            self.body_hash = digest(purpose("sealed body", self.commitment, self.ciphertext))
        fits = digest(purpose("row", self.envelope, self.mac, self.slots, self.body_hash))[:16]
        assert id_ == fits, "the id"
        self.tags = [self.slots[16 * i :][:16] for i in range(8)]
        self.wraps = [self.slots[128 + 72 * i :][:72] for i in range(8)]
        self.h = digest(purpose("envelope", self.envelope, self.slots[:128], self.body_hash))

    def wrap(self, channel: bytes) -> bytes | None:
        both = mac(channel, purpose("slot", self.envelope), 48)
        if both[:16] not in self.tags:
            return None
        return opened(both[16:], self.wraps[self.tags.index(both[:16])], purpose("wrap", self.h))

    def body(self, note_key: bytes) -> bytes:
        both = mac(note_key, purpose("body", self.envelope))
        assert both[32:] == self.commitment, "the commitment"
        padded = opened(both[:32], self.ciphertext, b"\x02" + self.envelope + both[32:])
        end = 4 + int.from_bytes(padded[:4], "big")
        assert end <= len(padded) and not any(padded[end:]), "the length and the padding"
        return padded[4:end]


def sealed_row(
    own: bytes, key: bytes, envelope: bytes, body: bytes, wraps: dict[bytes, bytes]
) -> tuple[bytes, bytes]:
    """The id and the bytes of a standing row; `wraps` says what is wrapped, by channel."""
    both, size = mac(key, purpose("body", envelope)), max(4096, 1 << (3 + len(body)).bit_length())
    plain = (len(body).to_bytes(4, "big") + body).ljust(size, b"\0")
    ciphertext = sealed(both[:32], plain, b"\2" + envelope + both[32:])
    body_hash = digest(purpose("sealed body", both[32:], ciphertext))
    tags, sealed_wraps = [os.urandom(16) for _ in range(8)], [os.urandom(72) for _ in range(8)]
    places = dict(zip(random.SystemRandom().sample(range(8), len(wraps)), wraps, strict=True))
    slot_keys = {i: mac(channel, purpose("slot", envelope), 48) for i, channel in places.items()}
    for i, slot_key in slot_keys.items():
        tags[i] = slot_key[:16]
    bound = purpose("wrap", digest(purpose("envelope", envelope, *tags, body_hash)))
    for i, slot_key in slot_keys.items():
        sealed_wraps[i] = sealed(slot_key[16:], wraps[places[i]], bound)
    slots = b"".join((*tags, *sealed_wraps))
    author_mac = mac(own, purpose("author mac", envelope, slots))[:16]
    id_ = digest(purpose("row", envelope, author_mac, slots, body_hash))[:16]
    return id_, b"\2" + envelope + author_mac + both[32:] + slots + ciphertext
