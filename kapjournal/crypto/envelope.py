"""The envelope: one body sealed for up to eight readers, none of whom can tell who the others are.

    own         = the author's channel to themselves
    NK          = 32 fresh random bytes, the key of the body
    drop token  = MAC(own, "drop token" | NK), the first 32 bytes
    envelope id = first 16 bytes of SHA-256("envelope id" | drop token)
    enc, commitment = MAC(NK, "body" | envelope id)
    ciphertext  = AEAD(enc, padded body; 0x02 | envelope id | commitment)
    body hash   = SHA-256("sealed body" | commitment | ciphertext)
    h           = SHA-256("envelope" | envelope id | 8 tags | body hash)
    tag, wk     = MAC(K, "slot" | envelope id): 16 and 32 bytes
    wrap        = AEAD(wk, NK | stamp; "wrap" | h)
    author mac  = MAC(own, "author mac" | envelope id | slots), the first 16 bytes

Only the author can make the drop token, which is the preimage of the envelope id: no reader, who knows NK,
can drop what another wrote. The commitment keeps one ciphertext from opening differently for two readers.
`h` in every wrap keeps a reader from rewriting the body for another, and shows every reader when a tag was
removed. The author mac shows the author every changed place, a wrap its own reader made anew among them.
The fixed number of slots, the unused ones random, hides how many people read.

A **notice** is a wrap without a key: sixteen zero bytes and the id of the envelope its receiver no longer
reads.
"""

import secrets
import struct
from collections.abc import Sequence
from hashlib import blake2b, sha256
from hmac import compare_digest
from typing import NamedTuple

from kapjournal.crypto.primitives import KEY_BYTES, NotGenuine, mac, open_once, purpose, seal_once
from kapjournal.crypto.row import (
    SLOTS,
    STANDING,
    TAG_BYTES,
    TAGS_BYTES,
    WRAP_BYTES,
    Front,
    Row,
    body_hash_of,
    envelope_of_token,
    pad,
    row_id_of,
    unpad,
)
from kapjournal.domain.ids import EnvelopeId, ReplicaId, RowId
from kapjournal.sealed import Sealed

_SLOT = purpose("slot")
_BODY = purpose("body")
_ENVELOPE = purpose("envelope")
_WRAP = purpose("wrap")
_TOKEN = purpose("drop token")
_AUTHOR = purpose("author mac")
_REPLICA = purpose("replica")
_NO_KEY = bytes(16)
_WRAPPED = struct.Struct(">32s8sIII4x")
PSEUDONYM_BYTES = 8


class Stamp(NamedTuple):
    """Where a row stands in the count of its channel.

    `replica` is the pseudonym of the computer that wrote, `number` counts the rows that computer put on the
    channel, from 1; `rows` and `drops` are how many rows, from whichever computer, were on the channel and
    how many of them dropped, as far as the writer knew after this write. All counts are 0 to 2^32 - 1.
    """

    replica: bytes
    number: int
    rows: int
    drops: int


UNNUMBERED = Stamp(bytes(PSEUDONYM_BYTES), 0, 0, 0)
"""On channels that are not counted: drafts, what all members share, recovery words, a will."""


class Wrap(NamedTuple):
    """What a wrap holds: the key of the body, or in a notice None and the id of the lost envelope."""

    key: bytes | None
    lost: EnvelopeId
    stamp: Stamp


class SlotPlace(NamedTuple):
    """Which of the eight slots of an envelope belongs to a channel, and the key (32 bytes) of its wrap."""

    slot: int
    wrap_key: bytes


class ChannelKey:
    """A channel's key (32 bytes), with the hash already keyed, so that trying a row costs one hash."""

    __slots__ = ("_prepared", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._prepared = blake2b(_SLOT, key=raw, digest_size=TAG_BYTES + KEY_BYTES)

    def slot(self, envelope: EnvelopeId) -> tuple[bytes, bytes]:
        """The tag (16 bytes) and the wrap key (32 bytes) of this channel in an envelope."""
        prepared = self._prepared.copy()
        prepared.update(envelope)
        both = prepared.digest()
        return both[:TAG_BYTES], both[TAG_BYTES:]

    def find(self, row: Row | Front) -> SlotPlace | None:
        """The slot of this channel in a row, or None if the row is not for this channel."""
        prepared = self._prepared.copy()
        prepared.update(row.envelope)
        both = prepared.digest()
        tag = both[:TAG_BYTES]
        at = row.slots.find(tag, 0, TAGS_BYTES)
        while at >= 0:
            slot, odd = divmod(at, TAG_BYTES)
            if not odd:
                return SlotPlace(slot, both[TAG_BYTES:])
            at = row.slots.find(tag, at + 1, TAGS_BYTES)
        return None

    def pseudonym(self, replica: ReplicaId) -> bytes:
        """What this channel calls a computer (8 bytes), so that two readers cannot compare."""
        return mac(self.raw, _REPLICA + replica)[:PSEUDONYM_BYTES]


def random_key() -> ChannelKey:
    """A key of no channel: whoever seals with it in the place of their own is not known again by anybody,
    themselves among them, once it is let go of."""
    return ChannelKey(secrets.token_bytes(KEY_BYTES))


class NewEnvelope(NamedTuple):
    """What is drawn for an envelope before anything is sealed: its id, and the key of its body (32 bytes)."""

    id: EnvelopeId
    key: bytes


class SealedRow(NamedTuple):
    """A finished row, ready to be stored."""

    id: RowId
    envelope: EnvelopeId
    sealed: Sealed
    body_hash: bytes


def draw(own: ChannelKey) -> NewEnvelope:
    """A new envelope of the member whose channel to themselves is `own`."""
    key = secrets.token_bytes(KEY_BYTES)
    return NewEnvelope(envelope_of_token(drop_token(own, key)), key)


def drop_token(own: ChannelKey, key: bytes) -> bytes:
    """What proves that the author drops an envelope (32 bytes), from the key of its body."""
    return mac(own.raw, _TOKEN + key)[:32]


def seal(
    own: ChannelKey,
    new: NewEnvelope,
    body: bytes,
    readers: Sequence[tuple[ChannelKey, Stamp]] = (),
    notices: Sequence[tuple[ChannelKey, Stamp, EnvelopeId]] = (),
) -> SealedRow:
    """Seal a body for its readers; each notice tells one more channel which envelope it lost.

    Readers and notices together are at most eight; none at all makes a part of an attachment, whose key
    stands elsewhere.
    """
    if len(readers) + len(notices) > SLOTS:
        raise ValueError("an envelope has eight slots")
    enc, commitment = _body_keys(new.key, new.id)
    ciphertext = seal_once(enc, pad(body), STANDING + new.id + commitment)
    body_hash = body_hash_of(commitment, ciphertext)
    used = [(channel, new.key, stamp) for channel, stamp in readers]
    used += [(channel, _NO_KEY + lost, stamp) for channel, stamp, lost in notices]
    tags = [secrets.token_bytes(TAG_BYTES) for _ in range(SLOTS)]
    wraps = [secrets.token_bytes(WRAP_BYTES) for _ in range(SLOTS)]
    order = secrets.SystemRandom().sample(range(SLOTS), SLOTS)
    wrap_keys = {}
    for slot, (channel, _, _) in zip(order, used, strict=False):
        tags[slot], wrap_keys[slot] = channel.slot(new.id)
    bound = _WRAP + _h_of(new.id, b"".join(tags), body_hash)
    for slot, (_, content, stamp) in zip(order, used, strict=False):
        wraps[slot] = seal_once(wrap_keys[slot], _WRAPPED.pack(content, *stamp), bound)
    slots = b"".join((*tags, *wraps))
    author_mac = _author_mac(own, new.id, slots)
    row_id = row_id_of(new.id, author_mac, slots, body_hash)
    sealed = Sealed(b"".join((STANDING, new.id, author_mac, commitment, slots, ciphertext)))
    return SealedRow(row_id, new.id, sealed, body_hash)


def unwrap(row: Row, place: SlotPlace) -> Wrap:
    """What the wrap at `place` holds, or `NotGenuine`."""
    start = TAGS_BYTES + place.slot * WRAP_BYTES
    bound = _WRAP + _h_of(row.envelope, row.slots[:TAGS_BYTES], row.body_hash)
    plain = open_once(place.wrap_key, row.slots[start : start + WRAP_BYTES], bound)
    key, *stamp = _WRAPPED.unpack(plain)
    if key.startswith(_NO_KEY):
        return Wrap(None, EnvelopeId(key[16:]), Stamp(*stamp))
    return Wrap(key, EnvelopeId(b""), Stamp(*stamp))


def open_body(row: Row, key: bytes) -> bytes:
    """The body of a standing row, or `NotGenuine`."""
    enc, commitment = _body_keys(key, row.envelope)
    if not compare_digest(commitment, row.commitment):
        raise NotGenuine("A sealed value is not the one its author committed to.")
    return unpad(open_once(enc, row.ciphertext, STANDING + row.envelope + commitment))


def is_whole(own: ChannelKey, row: Row) -> bool:
    """Whether a row is to the bit in the places of its slots what the holder of `own` wrote."""
    return compare_digest(row.author_mac, _author_mac(own, row.envelope, row.slots))


def _author_mac(own: ChannelKey, envelope: EnvelopeId, slots: bytes) -> bytes:
    return mac(own.raw, b"".join((_AUTHOR, envelope, slots)))[:16]


def _body_keys(key: bytes, envelope: EnvelopeId) -> tuple[bytes, bytes]:
    both = mac(key, _BODY + envelope)
    return both[:32], both[32:]


def _h_of(envelope: EnvelopeId, tags: bytes, body_hash: bytes) -> bytes:
    return sha256(b"".join((_ENVELOPE, envelope, tags, body_hash))).digest()
