"""Published answers: the primitives we call give them, and our own formulas rest on nothing else."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kapjournal.crypto import selftest
from kapjournal.crypto.identity import kem_from_seed, public_of_seed, sign_with_seed, suite, verify
from kapjournal.crypto.primitives import NotGenuine, derive, mac
from kapjournal.errors import KapjournalError

h = bytes.fromhex
VECTOR = {
    name: h(value)
    for name, value in json.loads(Path(__file__).with_name("hpke_mlkem768_x25519.json").read_text()).items()
}


def hpke_open(sealed: bytes, aad: bytes) -> bytes:
    """The library's one-shot opening takes no AAD; the published vector has one."""
    private, _, _ = kem_from_seed(VECTOR["sk"])
    opened = openssl.hpke._decrypt_with_aad(suite(), sealed, private, VECTOR["info"], aad)
    assert isinstance(opened, bytes)
    return opened


def test_hpke_key_pair_from_its_seed() -> None:
    """draft-ietf-hpke-pq: the seed of MLKEM768_X25519 and the public key it gives."""
    _, mlkem, x25519 = kem_from_seed(VECTOR["sk"])
    assert mlkem + x25519 == VECTOR["pk"]


def test_hpke_opens_the_published_ciphertext() -> None:
    sealed = VECTOR["enc"] + VECTOR["ct"]
    assert hpke_open(sealed, VECTOR["aad"]) == VECTOR["pt"]
    with pytest.raises(InvalidTag):
        hpke_open(sealed, b"another")
    for at in (0, 1087, 1088, 1119, 1120, len(sealed) - 1):
        flipped = bytearray(sealed)
        flipped[at] ^= 1
        with pytest.raises(InvalidTag):
            hpke_open(bytes(flipped), VECTOR["aad"])


def test_argon2id() -> None:
    """RFC 9106, 5.3."""
    derived = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert derived == h("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (
            "",
            "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
            "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568",
        ),
        (
            "00",
            "961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4"
            "187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd",
        ),
        (
            "000102",
            "33d0825dddf7ada99b0e7e307104ad07ca9cfd9692214f1561356315e784f3e5"
            "a17e364ae9dbb14cb2036df932b77f4b292761365fb328de7afdc6d8998f5fc1",
        ),
    ],
)
def test_keyed_blake2b(message: str, answer: str) -> None:
    """The keyed vectors of the BLAKE2 reference implementation."""
    assert mac(bytes(range(64)), h(message)) == h(answer)


def test_hkdf_sha512_is_two_hmacs() -> None:
    """RFC 5869, 2.2 and 2.3: without a salt, HashLen zeros."""
    for salt in (b"salt", None):
        prk = hmac.digest(salt or bytes(64), b"secret", "sha512")
        assert derive(b"secret", b"info", salt=salt) == hmac.digest(prk, b"info\x01", "sha512")[:32]


def test_chacha20_poly1305() -> None:
    """RFC 8439, 2.8.2."""
    sealed = ChaCha20Poly1305(bytes(range(0x80, 0xA0))).encrypt(
        h("070000004041424344454647"),
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it.",
        h("50515253c0c1c2c3c4c5c6c7"),
    )
    assert sealed[:16] == h("d31a8d34648e60db7b86afbc53ef7ec2")
    assert sealed[-16:] == h("1ae10b594f09e26a7e902ecbd0600691")


@pytest.mark.parametrize(
    ("seed", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_ed25519(seed: str, public: str, message: str, signature: str) -> None:
    """RFC 8032, 7.1, tests 1 and 2."""
    assert public_of_seed(h(seed)) == h(public)
    assert sign_with_seed(h(seed), h(message)) == h(signature)
    verify(h(public), h(signature), h(message))
    with pytest.raises(NotGenuine):
        verify(h(public), h(signature), h(message) + b"x")


def test_the_self_test_holds_and_says_which_answer_was_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    selftest.self_test.cache_clear()
    selftest.self_test()
    assert len(selftest._answers()) == 9
    monkeypatch.setattr(hashlib, "sha256", hashlib.sha224)
    selftest.self_test.cache_clear()
    with pytest.raises(KapjournalError, match=r"SHA-256.*Nothing was opened"):
        selftest.self_test()
    monkeypatch.undo()
    selftest.self_test.cache_clear()
    selftest.self_test()
