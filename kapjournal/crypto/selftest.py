"""Known answers for every primitive, checked once before a journal is opened.

A library that was built differently, or a processor that computes wrongly, must not seal or open a note. The
answers are from the RFCs and drafts named beside them; the HPKE ciphertext was made once with the suite whose
published test vector the tests check.
"""

import base64
import hashlib
import hmac
from functools import cache
from importlib import resources

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kapjournal.crypto.identity import kem_from_seed, suite
from kapjournal.errors import KapjournalError

_X_WING_SEED = bytes.fromhex("3ec47fa82dd5689d27c6190e724c74ec8f608df3331ce331929e37b829676630")


@cache
def self_test() -> None:
    """Raise `KapjournalError` if any primitive gives another answer than the published one."""
    try:
        wrong = [name for name, holds in _answers() if not holds]
    except UnsupportedAlgorithm:
        raise KapjournalError(
            "The installed cryptography library cannot do the hybrid key exchange this journal needs; "
            "version 48 or newer can. Nothing was opened."
        ) from None
    if wrong:
        raise KapjournalError(
            f"The cryptography on this computer gives wrong answers ({', '.join(wrong)}). Nothing was opened."
        )


def _answers() -> list[tuple[str, bool]]:
    h = bytes.fromhex
    kem, mlkem, x25519 = kem_from_seed(_X_WING_SEED)
    ciphertext = base64.b64decode(resources.files(__package__).joinpath("selftest_hpke.txt").read_bytes())
    ed25519 = Ed25519PrivateKey.from_private_bytes(
        h("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    argon2id = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )
    return [
        # RFC 9106, 5.3
        (
            "Argon2id",
            argon2id.derive(b"\x01" * 32)
            == h("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"),
        ),
        # The first keyed test vector of the BLAKE2 reference implementation
        (
            "BLAKE2b",
            hashlib.blake2b(b"", key=bytes(range(64))).digest()[:32]
            == h("10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"),
        ),
        # FIPS 180-2, "abc"; FIPS 202, empty message
        (
            "SHA-256",
            hashlib.sha256(b"abc").digest()
            == h("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ),
        (
            "SHAKE256",
            hashlib.shake_256(b"").digest(32)
            == h("46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"),
        ),
        # RFC 8439, 2.8.2: the tag
        (
            "ChaCha20-Poly1305",
            ChaCha20Poly1305(bytes(range(0x80, 0xA0))).encrypt(
                h("070000004041424344454647"),
                b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                b"for the future, sunscreen would be it.",
                h("50515253c0c1c2c3c4c5c6c7"),
            )[-16:]
            == h("1ae10b594f09e26a7e902ecbd0600691"),
        ),
        # RFC 8032, 7.1, test 1
        (
            "Ed25519",
            ed25519.sign(b"")
            == h(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        # The key pair of draft-ietf-hpke-pq's vector for this suite, by hash
        (
            "ML-KEM-768 with X25519",
            hashlib.sha256(mlkem + x25519).digest()
            == h("ad8aaf3f00d8a39bfeec2947a7d5dde68be08bba19bd301a348a45dc5fcc8341"),
        ),
        ("HPKE", suite().decrypt(ciphertext, kem, b"self-test") == b"kapjournal self-test"),
        # RFC 5869 defines HKDF; this answer for SHA-512 was computed from its definition with HMAC alone
        ("HKDF-SHA512", HKDF(hashes.SHA512(), 32, b"salt", b"info").derive(b"secret") == _hkdf_by_hand()),
    ]


def _hkdf_by_hand() -> bytes:
    return hmac.digest(hmac.digest(b"salt", b"secret", "sha512"), b"info\x01", "sha512")[:32]
