"""The few primitives that everything in this package is made of, each bound to a purpose.

Every key derivation, authentication and signature starts with `kapjournal/2 <purpose>` and a zero byte, so
that no value made for one purpose can be used for another. The fields after it have fixed lengths, or their
length stands before them.
"""

import hashlib
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.errors import Damaged
from kapjournal.sealed import Sealed

KEY_BYTES = 32
AEAD_OVERHEAD = 16
NAME_LENGTH = 20
"""How many hexadecimal digits the name of a document has."""
_NONCE = bytes(12)


class NotGenuine(Damaged):
    """A sealed value does not open under its key: it was altered, truncated or sealed under another."""


def purpose(name: str, *fields: bytes) -> bytes:
    """The label of a purpose followed by its fields, which must be of fixed length or `counted`."""
    return b"kapjournal/2 " + name.encode("ascii") + b"\0" + b"".join(fields)


def counted(field: bytes) -> bytes:
    """A field of free length, preceded by that length (4 bytes, big endian)."""
    return struct.pack(">I", len(field)) + field


def derive(secret: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
    """A key of 32 bytes from a uniform secret (HKDF-SHA512, RFC 5869)."""
    return HKDF(hashes.SHA512(), KEY_BYTES, salt, info).derive(secret)


def mac(key: bytes, message: bytes) -> bytes:
    """Keyed BLAKE2b (RFC 7693), 64 bytes: a pseudo-random function, at a quarter of HMAC's cost."""
    return hashlib.blake2b(message, key=key).digest()


def seal_once(key: bytes, plain: bytes, bound: bytes) -> Sealed:
    """ChaCha20-Poly1305 (RFC 8439) under a key that seals nothing else, so the nonce can be zero.

    `bound` is authenticated and not encrypted; it has to be the same when the value is opened.
    """
    return Sealed(ChaCha20Poly1305(key).encrypt(_NONCE, plain, bound))


def open_once(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Undo `seal_once`, or raise `NotGenuine`."""
    try:
        return ChaCha20Poly1305(key).decrypt(_NONCE, sealed, bound)
    except InvalidTag:
        raise NotGenuine("A sealed value was altered or belongs elsewhere.") from None


def digest(label: bytes) -> bytes:
    """SHA-256 of a message that starts with its purpose."""
    return hashlib.sha256(label).digest()


def document_name(author: MemberId, document: DocumentId) -> str:
    """The name commands use for a document: 80 bits of a hash over its author and id, in hexadecimal.

    The author is part of it, so that no member can give a document the name of another member's.
    """
    return hashlib.sha256(_NAME + author + document).hexdigest()[:NAME_LENGTH]


_NAME = purpose("document name")
