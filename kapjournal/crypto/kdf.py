"""From a passphrase to a key: Argon2id within fixed bounds.

The parameters lie in the file in plain view, so whoever can write the file can change them. Below the floor
guessing a passphrase would be cheap (a downgrade), above the ceiling unlocking would use up the computer's
memory and time (a bomb); both are refused before any work is done.
"""

import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InternalError
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kapjournal.errors import Damaged, OutOfMemory

SALT_BYTES = 16
_MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
_TIME = range(3, 11)
_LANES = range(1, 9)


@dataclass(frozen=True, slots=True)
class KdfStrength:
    """Argon2id parameters (RFC 9106): memory in KiB, passes, lanes."""

    memory_kib: int
    time: int
    lanes: int


DEFAULT = KdfStrength(memory_kib=256 * 1024, time=3, lanes=4)
FLOOR = KdfStrength(memory_kib=64 * 1024, time=3, lanes=1)
"""The weakest parameters that are accepted."""


def check_bounds(strength: KdfStrength) -> None:
    """Refuse parameters outside 64 MiB to 1 GiB, 3 to 10 passes, 1 to 8 lanes (`Damaged`)."""
    if strength.memory_kib not in _MEMORY_KIB or strength.time not in _TIME or strength.lanes not in _LANES:
        raise Damaged("The file asks for passphrase settings outside the safe range; somebody altered it.")


def stretch(passphrase: str, salt: bytes, strength: KdfStrength) -> bytes:
    """The key (32 bytes) of a passphrase, taken in NFKD, with a salt of 16 bytes; takes about a second.

    `OutOfMemory` where the system does not give what that takes.
    """
    check_bounds(strength)
    normal = unicodedata.normalize("NFKD", passphrase).encode("utf-8", "surrogatepass")
    argon2id = Argon2id(
        salt=salt,
        length=32,
        iterations=strength.time,
        lanes=strength.lanes,
        memory_cost=strength.memory_kib,
    )
    try:
        return argon2id.derive(normal)
    except (MemoryError, InternalError):
        raise OutOfMemory(
            f"To try a passphrase takes {strength.memory_kib // 1024} MiB of memory, and the system does not "
            "give them. Nothing was changed. Close other programs, then try again."
        ) from None
