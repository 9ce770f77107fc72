"""Format 1, the reading half: what one member wrote in a file of that format. Nothing is sealed in it now.

The page is `FORMAT-1.md`. Read here are a member's own channel, their drafts, and what somebody sends them,
given the secret of that channel. Its purposes begin with `kapjournal/1 `, so no value of one format can be
taken for one of the other.

    sealed = 0x01 | commitment(32) | 8 tags x 16 | 8 wraps x 72 | ciphertext
    wrap   = NK(32) | replica(4) | writes(4) | root(16)
    body   = document(16) | author(32) | replica(16) | written(8) | kind(1) | how many readers(1) | told(1) |
             follows(1) | readers x 32 | told x 32 | follows: id(16), h(32) | counted(data) | words
"""

import struct
from collections.abc import Iterable
from hashlib import blake2b
from hmac import compare_digest
from typing import NamedTuple

from kapjournal.crypto import kdf
from kapjournal.crypto.identity import kem_from_seed, public_of_seed
from kapjournal.crypto.kdf import SALT_BYTES, KdfStrength
from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine, counted, derive, digest, mac, open_once
from kapjournal.crypto.row import unpad
from kapjournal.domain.ids import JournalId
from kapjournal.errors import Damaged

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind, not a passphrase
RECOVERY = "recovery"
"""The kinds of keyslots that a member opens."""

KINDS = ("note", "session", "about", "papers", "earlier", "draft")

_SECRET_BYTES = 32 + 96 + 16
_UNUSED = KdfStrength(0, 0, 0)
_TAGS, _WRAPS, _CIPHERTEXT = 33, 161, 737
_SIZES = frozenset(_CIPHERTEXT + 16 + (4096 << step) for step in range(13))
_HEAD = struct.Struct(">16s32s16sqBBBB")
_NO_KEY = bytes(16)


class Slot(NamedTuple):
    """A keyslot as the file has it."""

    id: bytes
    kind: str
    label: str
    strength: KdfStrength
    salt: bytes
    sealed_secret: bytes


class Opened(NamedTuple):
    """What a channel's wrap in an envelope holds: the body, None in a notice, and the channel's head. `mark`
    names the envelope to the bit, and a head's `root` covers the marks of all that stood."""

    mark: bytes
    body: bytes | None
    writes: int
    root: bytes


class Body(NamedTuple):
    """A body, its data and words as bytes; `written` is in milliseconds since 1970."""

    document: bytes
    author: bytes
    written: int
    kind: str
    readers: tuple[bytes, ...]
    data: bytes
    words: bytes

    @property
    def name(self) -> str:
        """By which commands and other documents call the document."""
        return digest(_purpose("document name", self.author, self.document)).hex()[:NAME_LENGTH]


class Keys:
    """The keys with which one member reads, from their master key. `me` is the hash of their public keys."""

    def __init__(self, master_key: bytes, journal: JournalId) -> None:
        self._journal = journal
        signing = public_of_seed(derive(master_key, _purpose("signing seed", journal)))
        _, mlkem, x25519 = kem_from_seed(derive(master_key, _purpose("kem seed", journal)))
        self.me = me = digest(_purpose("identity", signing, mlkem, x25519))
        self.drafts = derive(master_key, _purpose("drafts", journal, me))
        self.own = self.channel_from(me, derive(master_key, _purpose("letter secret", journal, me, me)))

    def channel_from(self, sender: bytes, secret: bytes) -> bytes:
        """The channel from a member to this one, by the secret in their letter."""
        return derive(secret, _purpose("channel", self._journal, sender, self.me))


def is_sound(slot: Slot) -> bool:
    """Whether the form of a slot is possible."""
    try:
        _check_form(slot)
    except Damaged:
        return False
    return True


def unlock(journal: JournalId, slot: Slot, typed: str) -> bytes:
    """The master key behind a passphrase. Whatever was wrong is `NotGenuine`; impossible forms are
    `Damaged`."""
    _check_form(slot)
    return _master_key(journal, slot, kdf.stretch(typed, slot.salt, slot.strength))


def recover(journal: JournalId, slot: Slot, entropy: bytes) -> bytes:
    """The master key behind the 32 bytes that recovery words stand for (`NotGenuine`)."""
    if slot.strength != _UNUSED:
        raise NotGenuine("The slot did not open.")
    return _master_key(journal, slot, derive(entropy, _purpose("recovery", journal), salt=slot.salt))


def open_on(channel: bytes, envelope_id: bytes, sealed: bytes) -> Opened | None:
    """An envelope, opened on a channel; None if it is not on it, `NotGenuine` if it does not open."""
    if sealed[:1] != b"\x01" or len(sealed) not in _SIZES:
        return None
    both = blake2b(_purpose("slot", envelope_id), key=channel, digest_size=48).digest()
    tags = [sealed[at : at + 16] for at in range(_TAGS, _WRAPS, 16)]
    if both[:16] not in tags:
        return None
    mark = digest(_purpose("mark", b"\x01", envelope_id, sealed[1:_WRAPS], sealed[_CIPHERTEXT:]))
    start = _WRAPS + 72 * tags.index(both[:16])
    plain = open_once(both[16:], sealed[start : start + 72], _purpose("wrap", mark))
    key, writes, root = plain[:32], int.from_bytes(plain[36:40], "big"), plain[40:]
    body = None if key.startswith(_NO_KEY) else _open_body(key, envelope_id, sealed)
    return Opened(mark, body, writes, root)


def root_of(marks: Iterable[bytes]) -> bytes:
    """What the head of a channel says of all that stands on it."""
    return digest(_purpose("root", *sorted(marks)))[:16]


def read_body(body: bytes) -> Body:
    """The fields of a body (`NotGenuine`)."""
    try:
        document, author, _, written, kind, readers, told, follows = _HEAD.unpack_from(body)
        first_told = _HEAD.size + 32 * readers
        data = first_told + 32 * told + 48 * follows
        words = data + 4 + int.from_bytes(body[data : data + 4], "big")
        if follows > 1 or data + 4 > len(body) or words > len(body):
            raise ValueError
        reading = tuple([body[at : at + 32] for at in range(_HEAD.size, first_told, 32)])
        return Body(document, author, written, KINDS[kind], reading, body[data + 4 : words], body[words:])
    except (struct.error, LookupError, ValueError):
        raise NotGenuine("A document has a field of the wrong form.") from None


def _open_body(key: bytes, envelope_id: bytes, sealed: bytes) -> bytes:
    both = mac(key, _purpose("body", envelope_id))
    if not compare_digest(both[32:], sealed[1:_TAGS]):
        raise NotGenuine("A sealed value is not the one its author committed to.")
    return unpad(open_once(both[:32], sealed[_CIPHERTEXT:], b"\x01" + envelope_id + both[32:]))


def _master_key(journal: JournalId, slot: Slot, base: bytes) -> bytes:
    both = mac(base, _purpose("keyslot", journal, slot.id))
    if not compare_digest(both[32:], slot.sealed_secret[:32]):
        raise NotGenuine("The slot did not open.")
    strength = struct.pack(">III", slot.strength.memory_kib, slot.strength.time, slot.strength.lanes)
    texts = counted(slot.kind.encode()) + counted(slot.label.encode())
    bound = _purpose("keyslot", journal, slot.id, texts, strength, counted(slot.salt))
    return open_once(both[:32], slot.sealed_secret[32:], bound)[:32]


def _check_form(slot: Slot) -> None:
    if len(slot.sealed_secret) != _SECRET_BYTES or len(slot.salt) != SALT_BYTES or len(slot.id) != 16:
        raise Damaged("A door of this journal is damaged.")
    kdf.check_bounds(slot.strength)


def _purpose(name: str, *fields: bytes) -> bytes:
    return b"kapjournal/1 " + name.encode("ascii") + b"\0" + b"".join(fields)
