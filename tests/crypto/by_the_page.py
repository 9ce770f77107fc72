"""The formulas of FORMAT.md once more, with hashlib and cryptography alone: no line of the product's.

`b2` is keyed BLAKE2b, `h` SHA-256, `aead` ChaCha20-Poly1305 under a key that seals once.
"""

import hashlib
import struct
import unicodedata
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def purpose(name: str, *fields: bytes) -> bytes:
    return b"kapjournal/2 " + name.encode() + b"\0" + b"".join(fields)


def counted(field: bytes) -> bytes:
    return struct.pack(">I", len(field)) + field


def h(said: bytes) -> bytes:
    return hashlib.sha256(said).digest()


def b2(key: bytes, said: bytes, length: int = 64) -> bytes:
    return hashlib.blake2b(said, key=key, digest_size=length).digest()


def aead(key: bytes, plain: bytes, bound: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(bytes(12), plain, bound)


def hkdf(secret: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA512(), 32, None, info).derive(secret)


# --- people and their channels ------------------------------------------------------------------------


def public_keys(master: bytes, jid: bytes) -> bytes:
    signing = Ed25519PrivateKey.from_private_bytes(hkdf(master, purpose("signing seed", jid)))
    seed = hashlib.shake_256(hkdf(master, purpose("kem seed", jid))).digest(96)
    kem = MLKEM768PrivateKey.from_seed_bytes(seed[:64])
    dh = X25519PrivateKey.from_private_bytes(seed[64:])
    return b"".join(key.public_key().public_bytes_raw() for key in (signing, kem, dh))


def member_id(master: bytes, jid: bytes) -> bytes:
    return h(purpose("identity", public_keys(master, jid)))


def comparison(jid: bytes, one: bytes, other: bytes) -> str:
    low, high = sorted((one, other))
    s = purpose("comparison", jid, low, high)
    for _ in range(5200):
        s = hashlib.sha512(s + low + high).digest()
    digits = hashlib.shake_256(s).digest(60)
    fives = (int.from_bytes(digits[at : at + 5], "big") % 100_000 for at in range(0, 60, 5))
    return " ".join(f"{five:05}" for five in fives)


def channel_secret(master: bytes, jid: bytes, a: bytes, b: bytes) -> bytes:
    return hkdf(master, purpose("channel secret", jid, a, b))


def channel(secret: bytes, jid: bytes, a: bytes, b: bytes) -> bytes:
    return hkdf(secret, purpose("channel", jid, a, b))


def pseudonym(channel: bytes, replica: bytes) -> bytes:
    return b2(channel, purpose("replica") + replica)[:8]


# --- keyslots -----------------------------------------------------------------------------------------


def argon2id(words: str, salt: bytes, memory: int, time: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=time, lanes=lanes, memory_cost=memory)
    return kdf.derive(unicodedata.normalize("NFKD", words).encode())


class Slot(NamedTuple):
    jid: bytes
    id: bytes
    kind: str
    label: str
    memory_kib: int
    time: int
    lanes: int
    salt: bytes

    def sealed(self, words: str, secrets: bytes) -> bytes:
        numbers = struct.pack(">III", self.memory_kib, self.time, self.lanes)
        base = argon2id(words, self.salt, self.memory_kib, self.time, self.lanes)
        both = b2(base, purpose("keyslot", self.jid, self.id))
        texts = counted(self.kind.encode()) + counted(self.label.encode())
        bound = purpose("keyslot", self.jid, self.id, texts, numbers, counted(self.salt))
        return both[32:] + aead(both[:32], secrets, bound)


# --- rows ---------------------------------------------------------------------------------------------


def padded(body: bytes) -> bytes:
    sizes = (4096 << step for step in range(13))
    return (struct.pack(">I", len(body)) + body).ljust(next(n for n in sizes if n >= len(body) + 4), b"\0")


class PageRow:
    """A row of the page's: `wraps` says, by slot, for which channel and with what in it; where it says
    nothing lies noise, which here is known so that every byte of the row is."""

    def __init__(self, own: bytes, nk: bytes, body: bytes, wraps: dict[int, tuple[bytes, bytes]]) -> None:
        self.token = b2(own, purpose("drop token") + nk)[:32]
        self.envelope = h(purpose("envelope id") + self.token)[:16]
        both = b2(nk, purpose("body") + self.envelope)
        enc, self.commitment = both[:32], both[32:]
        self.ciphertext = aead(enc, padded(body), b"\2" + self.envelope + self.commitment)
        self.body_hash = h(purpose("sealed body") + self.commitment + self.ciphertext)
        noise = hashlib.shake_256(b"noise").digest(704)
        places = {slot: b2(key, purpose("slot") + self.envelope, 48) for slot, (key, _) in wraps.items()}
        tags = [places[i][:16] if i in places else noise[16 * i :][:16] for i in range(8)]
        self.h = h(purpose("envelope") + self.envelope + b"".join(tags) + self.body_hash)
        sealed = [noise[128 + 72 * i :][:72] for i in range(8)]
        for slot, (_, content) in wraps.items():
            sealed[slot] = aead(places[slot][16:], content, purpose("wrap") + self.h)
        self.slots = b"".join(tags + sealed)
        self.author_mac = b2(own, purpose("author mac") + self.envelope + self.slots)[:16]
        self.id = h(purpose("row") + self.envelope + self.author_mac + self.slots + self.body_hash)[:16]
        front = self.envelope + self.author_mac + self.commitment
        self.standing = b"\2" + front + self.slots + self.ciphertext
        self.dropped = b"\3" + self.token + self.author_mac + self.body_hash + self.slots


def stamp(replica: bytes, number: int, rows: int, drops: int) -> bytes:
    return replica + struct.pack(">III", number, rows, drops) + bytes(4)


def newer_row_id(sealed: bytes) -> bytes:
    return h(purpose("newer row") + sealed)[:16]


# --- documents ----------------------------------------------------------------------------------------


def document_name(author: bytes, document: bytes) -> bytes:
    return h(purpose("document name", author, document))[:10]


def fixed_document(name: str) -> bytes:
    return h(purpose(name))[:16]


def content_digest(
    jid: bytes, document: bytes, author: bytes, form: int, type_: str, data: bytes, words: str
) -> bytes:
    said = bytes([form]) + counted(type_.encode()) + counted(data) + counted(words.encode())
    return h(purpose("content", jid, document, author) + said)


def body(
    document: bytes,
    author: bytes,
    written: int,
    type_: str,
    readers: list[bytes],
    notified: list[bytes],
    follows: list[bytes],
    data: bytes,
    words: str,
) -> bytes:
    head = b"\1" + document + author + struct.pack(">q", written) + b"\1"
    counts = bytes([len(readers), len(notified), len(follows)])
    named = bytes([len(type_)]) + type_.encode() + b"".join([*readers, *notified, *follows])
    return head + counts + named + counted(data) + counted(words.encode()) + b"\0"


def proofs(*many: tuple[bytes, int, bytes, bytes]) -> bytes:
    each = [who + struct.pack(">q", when) + counted(claim) + made for who, when, claim, made in many]
    return bytes([len(many)]) + b"".join(each)


def signature_message(jid: bytes, signer: bytes, when: int, digest: bytes, claim: bytes) -> bytes:
    return purpose("signature", jid, signer, struct.pack(">q", when), digest, counted(claim))
