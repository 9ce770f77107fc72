"""ChaCha20-Poly1305 does not commit to its key: how to make what is genuine under two keys."""

import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

P = 2**130 - 5


def opened_by_both_keys(
    keys: tuple[bytes, bytes], bounds: tuple[bytes, bytes], before: bytes, after: bytes
) -> bytes:
    """Ciphertext and tag that both keys open, each with its own bound bytes (of one length): `before`, a
    block that is solved for, `after`; empty if these two have no solution. Lengths in whole blocks."""
    bound = [each + bytes(-len(each) % 16) for each in bounds]
    lengths = struct.pack("<QQ", len(bounds[0]), len(before) + 16 + len(after))
    (r1, s1), (r2, s2) = (_poly_key(key) for key in keys)

    def tags(free: bytes) -> tuple[int, int]:
        one, other = (each + before + free + after + lengths for each in bound)
        return _poly(one, r1) + s1, _poly(other, r2) + s2

    tag_one, tag_other = tags(bytes(16))
    power = (len(after) + 32) // 16
    number = (tag_one - tag_other) * pow(pow(r2, power, P) - pow(r1, power, P), -1, P) % P
    if number >= 2**128:
        return b""
    free = number.to_bytes(16, "little")
    found = {tag % 2**128 for tag in tags(free)}
    return before + free + after + found.pop().to_bytes(16, "little") if len(found) == 1 else b""


def keystream(key: bytes, length: int) -> bytes:
    """What a message is combined with under a key and a nonce of zeros."""
    return Cipher(ChaCha20(key, b"\1" + bytes(15)), None).encryptor().update(bytes(length))


def _poly_key(key: bytes) -> tuple[int, int]:
    first = Cipher(ChaCha20(key, bytes(16)), None).encryptor().update(bytes(32))
    clamp = 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    return int.from_bytes(first[:16], "little") & clamp, int.from_bytes(first[16:], "little")


def _poly(message: bytes, r: int) -> int:
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16], "little") + 2**128) * r % P
    return total
