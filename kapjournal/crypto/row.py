"""A row: what lies in the file under an id that is its hash, so that anybody can check it without a key.

    standing = 0x02 | envelope id(16) | author mac(16) | commitment(32) | slots(704) | ciphertext
    dropped  = 0x03 | drop token(32)  | author mac(16) | body hash(32)  | slots(704)
    slots    = 8 tags x 16 | 8 wraps x 72
    row id   = first 16 bytes of SHA-256("row" | envelope id | author mac | slots | body hash)

Both states of a row have one id. A dropped row has lost its words and kept its front: everybody it was for
can account for it, and the drop token in it shows that its author dropped it. Of two states under one id
the dropped one counts, so rows of two files can be united in any order, any number of times."""

from hashlib import sha256
from typing import NamedTuple

from kapjournal.crypto.primitives import AEAD_OVERHEAD, NotGenuine, purpose
from kapjournal.domain.ids import EnvelopeId, RowId
from kapjournal.errors import Refused
from kapjournal.sealed import Sealed

STANDING = b"\x02"
DROPPED = b"\x03"
ID_BYTES = 16
TOKEN_BYTES = 32
SLOTS = 8
TAG_BYTES = 16
WRAP_BYTES = 72
TAGS_BYTES = SLOTS * TAG_BYTES
SLOT_BYTES = SLOTS * (TAG_BYTES + WRAP_BYTES)

_MAC, _COMMITMENT, _SLOTS = 17, 33, 65
_CIPHERTEXT = _SLOTS + SLOT_BYTES
_DROPPED_MAC, _DROPPED_HASH, _DROPPED_SLOTS = 33, 49, 81
DROPPED_BYTES = _DROPPED_SLOTS + SLOT_BYTES
_SMALLEST = 4096
_LARGEST = 16 * 1024 * 1024
MAX_BODY_BYTES = _LARGEST - 4

SIZES = frozenset(_CIPHERTEXT + AEAD_OVERHEAD + (_SMALLEST << step) for step in range(13))
"""Every length a standing row can have: thirteen classes, 4 KiB to 16 MiB of padded body."""

_ROW = purpose("row")
_NEWER_ROW = purpose("newer row")
"""Another purpose than ours: or bytes chosen for it could take the id of a row of ours, and keep it out."""
_TOKEN_HASH = purpose("envelope id")
_BODY_HASH = sha256(purpose("sealed body"))
_IMPOSSIBLE = "A sealed value has an impossible form."


class Row(NamedTuple):
    """A row whose bytes fit its id.

    `token` is set in a dropped row, `commitment` and `ciphertext` in a standing one. A row that `is_newer`
    has a first byte that this program does not know: it is kept as it is, and nothing else is set.
    """

    id: RowId
    envelope: EnvelopeId
    author_mac: bytes
    slots: bytes
    body_hash: bytes
    token: bytes = b""
    commitment: bytes = b""
    ciphertext: bytes = b""

    @property
    def is_standing(self) -> bool:
        """Whether it has a body."""
        return bool(self.ciphertext)

    @property
    def is_newer(self) -> bool:
        """Whether a newer program wrote it."""
        return not self.slots


class Front(NamedTuple):
    """What of a row shows whom it is for, its bytes not yet checked."""

    envelope: EnvelopeId
    slots: bytes


def front_of(sealed: bytes) -> Front | None:
    """The front of a row of our form, without the cost of a check; None for any other."""
    if sealed[:1] == STANDING and len(sealed) in SIZES:
        return Front(EnvelopeId(sealed[1:_MAC]), sealed[_SLOTS:_CIPHERTEXT])
    if sealed[:1] == DROPPED and len(sealed) == DROPPED_BYTES:
        return Front(envelope_of_token(sealed[1:_DROPPED_MAC]), sealed[_DROPPED_SLOTS:])
    return None


def read_row(row_id: RowId, sealed: bytes) -> Row:
    """The row under an id, or `NotGenuine` if its form is impossible or its bytes do not fit the id."""
    row = row_from(sealed)
    if row.id != row_id:
        raise NotGenuine("A sealed value does not fit its id.")
    return row


def carried(row_id: RowId, sealed: bytes) -> Sealed:
    """The bytes of a row that fits its id (`NotGenuine`), to be kept in another file as they are."""
    read_row(row_id, sealed)
    return Sealed(sealed)


def row_from(sealed: bytes) -> Row:
    """The row that these bytes are, under the id they make, or `NotGenuine`."""
    if sealed[:1] == STANDING:
        if len(sealed) not in SIZES:
            raise NotGenuine(_IMPOSSIBLE)
        envelope, author_mac = EnvelopeId(sealed[1:_MAC]), sealed[_MAC:_COMMITMENT]
        commitment, slots = sealed[_COMMITMENT:_SLOTS], sealed[_SLOTS:_CIPHERTEXT]
        ciphertext = sealed[_CIPHERTEXT:]
        body_hash = body_hash_of(commitment, ciphertext)
        row_id = row_id_of(envelope, author_mac, slots, body_hash)
        return Row(row_id, envelope, author_mac, slots, body_hash, b"", commitment, ciphertext)
    if sealed[:1] == DROPPED:
        if len(sealed) != DROPPED_BYTES:
            raise NotGenuine(_IMPOSSIBLE)
        token, author_mac = sealed[1:_DROPPED_MAC], sealed[_DROPPED_MAC:_DROPPED_HASH]
        body_hash, slots = sealed[_DROPPED_HASH:_DROPPED_SLOTS], sealed[_DROPPED_SLOTS:]
        envelope = envelope_of_token(token)
        row_id = row_id_of(envelope, author_mac, slots, body_hash)
        return Row(row_id, envelope, author_mac, slots, body_hash, token)
    if not sealed:
        raise NotGenuine(_IMPOSSIBLE)
    return Row(RowId(sha256(_NEWER_ROW + sealed).digest()[:ID_BYTES]), EnvelopeId(b""), b"", b"", b"")


def dropped(row: Row, token: bytes) -> Sealed:
    """What a standing row becomes when its author drops it (`NotGenuine` for a token of another's)."""
    if envelope_of_token(token) != row.envelope:
        raise NotGenuine("A sealed value can be dropped by its author alone.")
    return Sealed(b"".join((DROPPED, token, row.author_mac, row.body_hash, row.slots)))


def supersedes(state: bytes, other: bytes) -> bool:
    """Whether a state of a row, by its first byte, counts before another of the same id."""
    return state[:1] == DROPPED and other[:1] == STANDING


def envelope_of_token(token: bytes) -> EnvelopeId:
    """The envelope that a drop token drops."""
    return EnvelopeId(sha256(_TOKEN_HASH + token).digest()[:ID_BYTES])


def row_id_of(envelope: EnvelopeId, author_mac: bytes, slots: bytes, body_hash: bytes) -> RowId:
    """The id of a row, in both of its states."""
    return RowId(sha256(b"".join((_ROW, envelope, author_mac, slots, body_hash))).digest()[:ID_BYTES])


def body_hash_of(commitment: bytes, ciphertext: bytes) -> bytes:
    """What stays of a sealed body when it is dropped (32 bytes)."""
    state = _BODY_HASH.copy()
    state.update(commitment)
    state.update(ciphertext)
    return state.digest()


def pad(body: bytes) -> bytes:
    """A length (4 bytes), the body, and zeros up to a power of two from 4 KiB to 16 MiB."""
    if len(body) > MAX_BODY_BYTES:
        raise Refused(f"This is {len(body):,} bytes long, more than can be sealed. Nothing was saved.")
    size = max(_SMALLEST, 1 << (len(body) + 3).bit_length())
    return (len(body).to_bytes(4, "big") + body).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Undo `pad`, or raise `NotGenuine`."""
    length = int.from_bytes(padded[:4], "big")
    unused = len(padded) - 4 - length
    if unused < 0 or padded[4 + length :] != bytes(unused):
        raise NotGenuine("A sealed value is padded wrongly.")
    return padded[4 : 4 + length]
