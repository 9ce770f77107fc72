"""The envelope: one body sealed for up to eight readers, none of whom can tell who the others are.

    sealed  = version(1) | commitment(32) | 8 tags x 16 | 8 wraps x 72, in one random order | ciphertext
    NK      32 fresh random bytes; the id, 16 random bytes, is fresh too
    enc, commitment = MAC(NK, "body" | id)
    ciphertext      = AEAD(enc, padded body; version | id | commitment)
    h               = SHA-256("mark" | version | id | commitment | 8 tags | ciphertext)
    tag, wk         = MAC(K, "slot" | id): 16 and 32 bytes
    wrap            = AEAD(wk, NK | replica(4) | writes(4) | root(16); "wrap" | h)

The commitment keeps one ciphertext from opening differently for two readers. `h` in every wrap keeps a
reader, who knows NK, from rewriting the body for another reader, and shows every reader when a tag was
removed. The fixed number of slots hides how many people read. An unused slot is filled from a key of the
author's and looks random without that key, so the author notices every changed bit there too.

A **notice** is a wrap without a key: sixteen zero bytes and the id of the envelope its receiver no longer
reads.
"""

import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from hmac import compare_digest
from typing import NamedTuple

from kapjournal.crypto.primitives import (
    AEAD_OVERHEAD,
    KEY_BYTES,
    NotGenuine,
    mac,
    open_once,
    purpose,
    seal_once,
)
from kapjournal.domain.ids import EnvelopeId
from kapjournal.errors import Refused
from kapjournal.sealed import Sealed

VERSION = b"\x01"
ID_BYTES = 16
H_BYTES = 32
SLOTS = 8
TAG_BYTES = 16
WRAP_BYTES = 72
ROOT_BYTES = 16
REPLICA_BYTES = 4
_TAGS = 33
_WRAPS = _TAGS + SLOTS * TAG_BYTES
_CIPHERTEXT = _WRAPS + SLOTS * WRAP_BYTES
_SMALLEST = 4096
_LARGEST = 16 * 1024 * 1024
MAX_BODY_BYTES = _LARGEST - 4

SIZES = frozenset(_CIPHERTEXT + AEAD_OVERHEAD + (_SMALLEST << step) for step in range(13))
"""Every length a sealed value can have: thirteen classes, 4 KiB to 16 MiB of padded body."""

_SLOT = purpose("slot")
_BODY = purpose("body")
_FILL = purpose("fill")
_MARK = purpose("mark") + VERSION
_WRAP = purpose("wrap")
_ROOT = purpose("root")
_NO_KEY = bytes(16)
_WRAPPED = struct.Struct(">32s4sI16s")


class EnvelopeRef(NamedTuple):
    """What names one envelope beyond doubt: its id and `h`, which covers everything but the wraps."""

    id: EnvelopeId
    h: bytes


class ChannelHead(NamedTuple):
    """The state of a channel right after a write.

    `replica` is the first 4 bytes of the id of the replica that wrote, `writes` the count of all writes so
    far (0 to 2^32 - 1), `root` the hash (16 bytes) over the envelopes that stand on the channel.
    """

    replica: bytes
    writes: int
    root: bytes


class Wrap(NamedTuple):
    """What a wrap holds: the key of the body, or in a notice None and the id of the lost envelope."""

    key: bytes | None
    lost: EnvelopeId
    head: ChannelHead


class SlotPlace(NamedTuple):
    """Which of the eight slots of an envelope belongs to a channel, and the key (32 bytes) of its wrap."""

    slot: int
    wrap_key: bytes


class ChannelKey:
    """A channel's key (32 bytes), with the hash already keyed, so that trying an envelope costs one hash."""

    __slots__ = ("_prepared", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._prepared = blake2b(_SLOT, key=raw, digest_size=TAG_BYTES + KEY_BYTES)

    def slot(self, envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
        """The tag (16 bytes) and the wrap key (32 bytes) of this channel in an envelope."""
        prepared = self._prepared.copy()
        prepared.update(envelope_id)
        both = prepared.digest()
        return both[:TAG_BYTES], both[TAG_BYTES:]

    def find(self, envelope_id: EnvelopeId, sealed: bytes) -> SlotPlace | None:
        """The slot of this channel in an envelope, or None if the envelope is not for this channel."""
        prepared = self._prepared.copy()
        prepared.update(envelope_id)
        both = prepared.digest()
        at = sealed.find(both[:TAG_BYTES], _TAGS, _WRAPS)
        if at < 0:
            return None
        slot, odd = divmod(at - _TAGS, TAG_BYTES)
        return None if odd else SlotPlace(slot, both[TAG_BYTES:])


@dataclass(frozen=True, slots=True)
class Envelope:
    """A finished envelope, ready to be stored."""

    ref: EnvelopeRef
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class UnfinishedEnvelope:
    """An envelope whose wraps lack the heads of their channels: a head covers the envelope, so it is last."""

    ref: EnvelopeRef
    _front: bytes
    _slots: tuple[int, ...]
    _wrap_keys: tuple[bytes, ...]
    _contents: tuple[bytes, ...]
    _filled: tuple[bytes, ...]
    _ciphertext: bytes

    def with_heads(self, heads: Sequence[ChannelHead]) -> Envelope:
        """Finish the envelope with one head for each reader, then one for each notice, in the order given."""
        wraps = list(self._filled)
        bound = _WRAP + self.ref.h
        for slot, key, content, head in zip(self._slots, self._wrap_keys, self._contents, heads, strict=True):
            state = head.replica + struct.pack(">I", head.writes) + head.root
            wraps[slot] = seal_once(key, content + state, bound)
        return Envelope(self.ref, Sealed(self._front + b"".join(wraps) + self._ciphertext))


def prepare(
    body: bytes,
    readers: Sequence[ChannelKey],
    notices: Sequence[tuple[ChannelKey, EnvelopeId]],
    filler: ChannelKey,
) -> UnfinishedEnvelope:
    """Seal a body for its readers; each notice tells one more channel the id of the envelope it lost.

    Readers and notices together are at most eight. `filler` is the key the unused slots are filled from.
    """
    note_key = secrets.token_bytes(32)
    envelope_id = EnvelopeId(secrets.token_bytes(ID_BYTES))
    order = secrets.SystemRandom().sample(range(SLOTS), SLOTS)
    slots = tuple(order[: len(readers) + len(notices)])
    tags, filled = fill(filler, envelope_id)
    wrap_keys: list[bytes] = []
    for slot, channel in zip(slots, [*readers, *(channel for channel, _ in notices)], strict=True):
        tags[slot], wrap_key = channel.slot(envelope_id)
        wrap_keys.append(wrap_key)
    enc, commitment = _body_keys(note_key, envelope_id)
    ciphertext = seal_once(enc, pad(body), VERSION + envelope_id + commitment)
    front = VERSION + commitment + b"".join(tags)
    return UnfinishedEnvelope(
        EnvelopeRef(envelope_id, _h_of(envelope_id, front[1:], ciphertext)),
        front,
        slots,
        tuple(wrap_keys),
        (note_key,) * len(readers) + tuple(_NO_KEY + lost for _, lost in notices),
        tuple(filled),
        ciphertext,
    )


def ref_of(envelope_id: EnvelopeId, sealed: bytes) -> EnvelopeRef:
    """The reference of a sealed value, or `NotGenuine` if its length or version is impossible."""
    if len(sealed) not in SIZES or sealed[:1] != VERSION:
        raise NotGenuine("A sealed value has an impossible form.")
    return EnvelopeRef(
        envelope_id,
        _h_of(envelope_id, sealed[1:_WRAPS], sealed[_CIPHERTEXT:]),
    )


def unwrap(ref: EnvelopeRef, sealed: bytes, place: SlotPlace) -> Wrap:
    """What the wrap at `place` holds, or `NotGenuine`."""
    start = _WRAPS + place.slot * WRAP_BYTES
    plain = open_once(place.wrap_key, sealed[start : start + WRAP_BYTES], _WRAP + ref.h)
    key, replica, writes, root = _WRAPPED.unpack(plain)
    head = ChannelHead(replica, writes, root)
    if key.startswith(_NO_KEY):
        return Wrap(None, EnvelopeId(key[16:]), head)
    return Wrap(key, EnvelopeId(b""), head)


def open_body(envelope_id: EnvelopeId, sealed: bytes, note_key: bytes) -> bytes:
    """The body that a note key opens, or `NotGenuine`."""
    enc, commitment = _body_keys(note_key, envelope_id)
    if not compare_digest(commitment, sealed[1:_TAGS]):
        raise NotGenuine("A sealed value is not the one its author committed to.")
    padded = open_once(enc, sealed[_CIPHERTEXT:], VERSION + envelope_id + commitment)
    length = int.from_bytes(padded[:4], "big")
    unused = len(padded) - 4 - length
    if unused < 0 or padded[4 + length :] != bytes(unused):
        raise NotGenuine("A sealed value is padded wrongly.")
    return padded[4 : 4 + length]


def fill(filler: ChannelKey, envelope_id: EnvelopeId) -> tuple[list[bytes], list[bytes]]:
    """The tags (16 bytes) and wraps (72) that an envelope has in unused slots: eight of each, by slot."""
    key = mac(filler.raw, _FILL + envelope_id)[:32]
    stream = seal_once(key, bytes(SLOTS * (TAG_BYTES + WRAP_BYTES)), b"")
    cut = SLOTS * TAG_BYTES
    return (
        [stream[i * TAG_BYTES : (i + 1) * TAG_BYTES] for i in range(SLOTS)],
        [stream[cut + i * WRAP_BYTES : cut + (i + 1) * WRAP_BYTES] for i in range(SLOTS)],
    )


def slots_in(sealed: bytes) -> list[tuple[bytes, bytes]]:
    """Tag and wrap of each of the eight slots."""
    return [
        (
            sealed[_TAGS + i * TAG_BYTES : _TAGS + (i + 1) * TAG_BYTES],
            sealed[_WRAPS + i * WRAP_BYTES : _WRAPS + (i + 1) * WRAP_BYTES],
        )
        for i in range(SLOTS)
    ]


def root_of(standing: bytes | bytearray) -> bytes:
    """The root (16 bytes) over what stands on a channel: `h` (32 bytes) of each envelope, sorted, joined."""
    root = sha256(_ROOT)
    root.update(standing)
    return root.digest()[:ROOT_BYTES]


def pad(body: bytes) -> bytes:
    """A length (4 bytes), the body, and zeros up to a power of two from 4 KiB to 16 MiB."""
    if len(body) > MAX_BODY_BYTES:
        raise Refused(f"This is {len(body):,} bytes long, more than can be sealed. Nothing was saved.")
    size = max(_SMALLEST, 1 << (len(body) + 3).bit_length())
    return (len(body).to_bytes(4, "big") + body).ljust(size, b"\0")


def _body_keys(note_key: bytes, envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
    both = mac(note_key, _BODY + envelope_id)
    return both[:32], both[32:]


def _h_of(envelope_id: EnvelopeId, front: bytes, ciphertext: bytes) -> bytes:
    return sha256(b"".join((_MARK, envelope_id, front, ciphertext))).digest()
