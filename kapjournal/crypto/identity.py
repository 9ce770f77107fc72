"""A member's identity: an Ed25519 key that signs, and a hybrid post-quantum HPKE key that receives.

What is sent to it are channel key messages, and the keys of pages that others typed. Both keys come from the
member's master key and are never stored. The HPKE key pair has no serialisation in the library, so it is
derived as X-Wing does it: SHAKE256 of a seed gives the ML-KEM-768 seed (64 bytes) and the X25519 key (32
bytes). There is no weaker suite to fall back to.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from kapjournal import signals
from kapjournal.crypto.primitives import NotGenuine, derive, digest, purpose
from kapjournal.domain.ids import GrantKey, IdentityId, JournalId, MemberId, RowId
from kapjournal.sealed import Sealed

SIGNATURE_BYTES = 64
PUBLIC_BYTES = 32 + 1184 + 32
PAGE_KEY_BYTES = 1120 + 32 + 16
KEY_MESSAGE_BYTES = PAGE_KEY_BYTES + SIGNATURE_BYTES

_P = 2**255 - 19
_SMALL_ORDER_Y = frozenset(
    {
        0,
        1,
        _P - 1,
        int.from_bytes(
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
        ),
        int.from_bytes(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
        ),
    }
)


def suite() -> Suite:
    """The one HPKE suite (RFC 9180 with the hybrid KEM of draft-ietf-hpke-pq)."""
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """Public keys: Ed25519 (32 bytes), ML-KEM-768 (1184 bytes) and X25519 (32 bytes)."""

    signing: bytes
    mlkem: bytes
    x25519: bytes

    @property
    def hash(self) -> IdentityId:
        """The hash of these keys (32 bytes); of a member's first, their id."""
        return IdentityId(digest(purpose("identity", self.to_bytes())))

    def to_bytes(self) -> bytes:
        """1248 bytes: signing, ML-KEM, X25519."""
        return self.signing + self.mlkem + self.x25519

    @classmethod
    def from_bytes(cls, data: bytes) -> "PublicIdentity":
        """Undo `to_bytes`, or raise `NotGenuine`.

        Refused are a wrong length, a signing key of small order, and keys to which nothing can be sealed: a
        certificate with such keys would otherwise stop the program of every member who writes to its owner.
        """
        return _identity_from(data)

    def seal(self, plain: bytes, info: bytes) -> bytes:
        """Seal to this identity with HPKE, or raise `NotGenuine` if its public keys are not valid."""
        try:
            public = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.mlkem),
                X25519PublicKey.from_public_bytes(self.x25519),
            )
            return suite().encrypt(plain, public, info)
        except ValueError:
            raise NotGenuine("A member's card has keys no letter can be sent to.") from None

    def seal_page_key(self, journal: JournalId, scribe: MemberId, row: RowId, key: bytes) -> bytes:
        """The key (32 bytes) of a page that a scribe typed, for whose words they are (`PAGE_KEY_BYTES`)."""
        return self.seal(key, _page_key_info(journal, scribe, self.hash, row))

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raise `NotGenuine` unless this identity signed `message`."""
        verify(self.signing, signature, message)


@lru_cache(maxsize=256)
def _identity_from(data: bytes) -> PublicIdentity:
    """A journal names the same few members in many places, and to seal to each again and again was a
    twelfth of the time it takes to open."""
    if len(data) != PUBLIC_BYTES:
        raise NotGenuine("A member's card has keys of the wrong length.")
    check_signing_key(data[:32])
    keys = PublicIdentity(data[:32], data[32:1216], data[1216:])
    keys.seal(b"", b"")
    return keys


def forget_identities() -> None:
    """Let go of all public keys that were met, when a journal is locked."""
    _identity_from.cache_clear()


class Identity:
    """A member's private keys in one journal, derived from the master key (32 bytes)."""

    def __init__(self, master_key: bytes, journal: JournalId) -> None:
        seed = derive(master_key, purpose("signing seed", journal))
        self._signing = Ed25519PrivateKey.from_private_bytes(seed)
        kem_seed = derive(master_key, purpose("kem seed", journal))
        self._kem, mlkem, x25519 = kem_from_seed(kem_seed)
        self.public = PublicIdentity(self._signing.public_key().public_bytes_raw(), mlkem, x25519)
        self.hash = self.public.hash

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature (64 bytes) of a message that starts with its purpose."""
        return self._signing.sign(message)

    def open_key_message(self, journal: JournalId, sender: PublicIdentity, message: bytes) -> bytes:
        """The channel secret (32 bytes) in a message to this member, or `NotGenuine`."""
        if len(message) != KEY_MESSAGE_BYTES:
            raise NotGenuine("A letter has the wrong length.")
        info = _key_message_info(journal, sender.hash, self.hash)
        sealed, signature = message[:-SIGNATURE_BYTES], message[-SIGNATURE_BYTES:]
        sender.verify(signature, purpose("key message signature", info, sealed))
        return self._open(sealed, info)

    def open_page_key(self, journal: JournalId, scribe: MemberId, row: RowId, sealed: bytes) -> bytes:
        """Undo `PublicIdentity.seal_page_key`, or raise `NotGenuine`."""
        return self._open(sealed, _page_key_info(journal, scribe, self.hash, row))

    def _open(self, sealed: bytes, info: bytes) -> bytes:
        try:
            with signals.deferred():  # it runs Python inside, and calls what is raised there a wrong tag
                return suite().decrypt(sealed, self._kem, info)
        except (InvalidTag, ValueError):
            raise NotGenuine("A letter does not open.") from None

    def write_key_message(self, journal: JournalId, receiver: PublicIdentity, secret: bytes) -> Sealed:
        """A message that gives `receiver` the secret of the channel from this member to them."""
        info = _key_message_info(journal, self.hash, receiver.hash)
        sealed = receiver.seal(secret, info)
        return Sealed(sealed + self.sign(purpose("key message signature", info, sealed)))

    def wrote_key_message(self, journal: JournalId, receiver: IdentityId, message: bytes) -> bool:
        """Whether this member signed a message to `receiver`, whoever put it into the file."""
        info = _key_message_info(journal, self.hash, receiver)
        sealed, signature = message[:-SIGNATURE_BYTES], message[-SIGNATURE_BYTES:]
        try:
            self.public.verify(signature, purpose("key message signature", info, sealed))
        except NotGenuine:
            return False
        return len(message) == KEY_MESSAGE_BYTES


def kem_from_seed(seed: bytes) -> tuple[MLKEM768X25519PrivateKey, bytes, bytes]:
    """The X-Wing key pair of a seed (32 bytes): private key, public ML-KEM-768 and X25519 keys."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    private = MLKEM768X25519PrivateKey(mlkem, x25519)
    return private, mlkem.public_key().public_bytes_raw(), x25519.public_key().public_bytes_raw()


def sign_with_seed(seed: bytes, message: bytes) -> bytes:
    """Sign with the one-time key of an invitation grant, made from its seed (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def public_of_seed(seed: bytes) -> GrantKey:
    """The public half (32 bytes) of an invitation grant's one-time key."""
    return GrantKey(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def verify(signing_key: bytes, signature: bytes, message: bytes) -> None:
    """Raise `NotGenuine` unless the Ed25519 key (32 bytes) signed `message`."""
    check_signing_key(signing_key)
    try:
        Ed25519PublicKey.from_public_bytes(signing_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise NotGenuine("A signature does not hold.") from None


def check_signing_key(key: bytes) -> None:
    """Refuse a key of small order or in an unusual encoding: one signature could fit many messages."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    if len(key) != 32 or y >= _P or y in _SMALL_ORDER_Y:
        raise NotGenuine("A member's card has a signing key that proves nothing.")


def comparison_number(journal: JournalId, one: IdentityId, other: IdentityId) -> str:
    """60 digits two members read to each other, in twelve groups of five; the same for both.

    Twelve times five bytes of SHAKE256 over an iterated SHA-512 of journal id and both identities, each
    modulo 100,000. It is iterated to make looking for a second identity with the same number slower.
    """
    low, high = sorted((one, other))
    state = purpose("comparison", journal, low, high)
    for _ in range(5200):
        state = hashlib.sha512(state + low + high).digest()
    state = hashlib.shake_256(state).digest(60)
    groups = (int.from_bytes(state[i : i + 5], "big") % 100_000 for i in range(0, 60, 5))
    return " ".join(f"{group:05d}" for group in groups)


def _key_message_info(journal: JournalId, sender: IdentityId, receiver: IdentityId) -> bytes:
    return purpose("key message", journal, sender, receiver)


def _page_key_info(journal: JournalId, scribe: MemberId, receiver: IdentityId, row: RowId) -> bytes:
    return purpose("handed page", journal, scribe, receiver, row)
