"""A keyslot: four secrets of 32 bytes behind a passphrase or a one-time code.

A member's slot holds the master key, the journal key, the keeper's id and the member's own, which stays
the same when the master key is replaced; an invitation holds the seed of its grant instead of a master
key, and no member. Everything that lies beside the secrets in plain view is authenticated with them, so a
slot that is moved to another journal, relabelled, or given other parameters does not open. A commitment to
the key keeps one slot from opening differently under two passphrases.
"""

import secrets
import struct
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from kapjournal.crypto import kdf, words
from kapjournal.crypto.kdf import SALT_BYTES, KdfStrength
from kapjournal.crypto.primitives import (
    AEAD_OVERHEAD,
    NotGenuine,
    counted,
    mac,
    open_once,
    purpose,
    seal_once,
)
from kapjournal.domain.ids import JournalId, KeyslotId, MemberId
from kapjournal.errors import Damaged
from kapjournal.sealed import Sealed

ID_BYTES = 16
_COMMITMENT = 32
SECRET_BYTES = 128
SEALED_BYTES = _COMMITMENT + SECRET_BYTES + AEAD_OVERHEAD


NO_MEMBER = MemberId(bytes(32))


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind, not a passphrase
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Keyslot:
    """One slot as the file has it. Only passphrase slots have a label."""

    id: KeyslotId
    kind: SlotKind
    label: str
    strength: KdfStrength
    salt: bytes
    sealed_secret: Sealed


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a slot holds. `first` is the master key, or in an invitation the seed of its grant; `member` is
    zeros where it is the hash of this master key's own identity, and in an invitation."""

    first: bytes
    journal_key: bytes
    keeper: MemberId
    member: MemberId = NO_MEMBER


def lock(
    journal: JournalId, kind: SlotKind, label: str, typed: str, held: Secrets, strength: KdfStrength
) -> Keyslot:
    """Make a slot for a passphrase or code, stretched with `strength`."""
    slot_id = KeyslotId(secrets.token_bytes(ID_BYTES))
    empty = Keyslot(slot_id, kind, label, strength, secrets.token_bytes(SALT_BYTES), Sealed(b""))
    key, commitment = _keys(journal, empty, typed)
    sealed = seal_once(key, held.first + held.journal_key + held.keeper + held.member, _bound(journal, empty))
    return Keyslot(empty.id, kind, label, strength, empty.salt, Sealed(commitment + sealed))


def stored(
    slot_id: KeyslotId, kind: SlotKind, label: str, strength: KdfStrength, salt: bytes, sealed_secret: bytes
) -> Keyslot:
    """A slot as a row of the file has it; whether it is genuine shows when it is opened."""
    return Keyslot(slot_id, kind, label, strength, salt, Sealed(sealed_secret))


def unlock(journal: JournalId, slot: Keyslot, typed: str) -> Secrets:
    """Open a slot. Whatever was wrong is `NotGenuine`; a slot of impossible form is `Damaged`."""
    _check_form(slot)
    key, commitment = _keys(journal, slot, typed)
    if not compare_digest(commitment, slot.sealed_secret[:_COMMITMENT]):
        raise NotGenuine("The slot did not open.")
    plain = open_once(key, slot.sealed_secret[_COMMITMENT:], _bound(journal, slot))
    return Secrets(plain[:32], plain[32:64], MemberId(plain[64:96]), MemberId(plain[96:]))


def is_sound(slot: Keyslot) -> bool:
    """Whether lengths and parameters of a slot are possible; it may still not open."""
    try:
        _check_form(slot)
    except Damaged:
        return False
    return True


def _check_form(slot: Keyslot) -> None:
    if len(slot.sealed_secret) != SEALED_BYTES or len(slot.salt) != SALT_BYTES or len(slot.id) != ID_BYTES:
        raise Damaged("A door of this journal is damaged.")
    kdf.check_bounds(slot.strength)


def _keys(journal: JournalId, slot: Keyslot, typed: str) -> tuple[bytes, bytes]:
    tidied = words.tidy(typed) if slot.kind is SlotKind.INVITATION else typed
    both = mac(kdf.stretch(tidied, slot.salt, slot.strength), purpose("keyslot", journal, slot.id))
    return both[:32], both[32:]


def _bound(journal: JournalId, slot: Keyslot) -> bytes:
    strength = struct.pack(">III", slot.strength.memory_kib, slot.strength.time, slot.strength.lanes)
    return purpose(
        "keyslot",
        journal,
        slot.id,
        counted(slot.kind.encode()),
        counted(slot.label.encode()),
        strength,
        counted(slot.salt),
    )
