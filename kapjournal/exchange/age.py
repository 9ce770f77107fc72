"""Sealing what leaves a journal for somebody else, as files that the standard tool `age` opens.

The format is age-encryption.org/v1. A file is sealed to keys, each of which opens it alone, or with a
passphrase. Everything is done in memory: what is handed to the disk is sealed already.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.errors import Damaged, UnlockFailed, UsageError
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from pyrage import ssh, x25519

ENDING = ".age"
ASKING = "Seal it to a public key (age1…), or leave this empty"
"""Stands in the field for keys until one is typed."""

ONE_SSH_KEY = "After the one key of ssh stands another: it would not open the file. Name each by itself."

ARMORED_ENDING = ".age.txt"
"""Of a sealed file in letters that any mail takes."""

MAX_WORK_FACTOR = 20
"""Of a file with a passphrase that is opened, as a power of two: scrypt needs 2^20 KiB of memory for it, and
several seconds. The age tool makes them with 18 and opens up to 22; each step doubles both."""

_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_VERSION = b"age-encryption.org/v1\n"
_LONGEST_HEADER = 64 * 1024
_MOST_STANZAS = 200
"""So many keys a file may be sealed to: to read a header takes the square of that."""

_SCRYPT = b"\n-> scrypt "
_WORK_FACTOR = re.compile(re.escape(_SCRYPT) + rb"\S+ ([1-9]\d?)\n")
_LEAST_WORK = 15
_TRIES = 3
_SSH = ("ssh-ed25519 ", "ssh-rsa ")
_KEYS = ("age1", "ssh-", "AGE1")
_SECRET = ("AGE-SECRET-KEY-", "AGE-PLUGIN-", "-----BEGIN")
_SHOWN = 24
_NOT_AGE = "This is no file that age sealed."


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who can open a sealed file: whoever has the key of one of `recipients`, or who has the passphrase. One
    of the two is there."""

    recipients: tuple[str, ...] = ()
    """Public keys, each of which was found to be one."""
    passphrase: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Whom it is sealed to and what opens it, as a sentence."""
        if not self.recipients:
            return "It is sealed with a passphrase. The age tool opens it: age -d FILE."
        count = len(self.recipients)
        to = f"{count} recipient{'' if count == 1 else 's'}"
        return f"It is sealed to {to}. The age tool opens it: age -d -i KEY FILE."


def recipient_from(word: str) -> str:
    """A public key: age1…, or a line ssh-ed25519 … or ssh-rsa … (`UsageError` that names it)."""
    key = word.strip()
    if key.upper().startswith(_SECRET):
        raise UsageError(
            "A secret key stands where a recipient’s public key should. Keep it to yourself; the public one "
            "begins with age1."
        )
    _parsed(key)
    return key


def sealing_to(words: Iterable[str]) -> Sealing:
    """Sealing to these public keys, each once (`UsageError` that names the first that is none)."""
    keys = tuple(dict.fromkeys(map(recipient_from, words)))
    if not keys:
        raise UsageError("Say to whom it is sealed: a public key that begins with age1.")
    return Sealing(keys)


def sealing_typed(words: str) -> Sealing | None:
    """Sealing to the keys on one line, with spaces or commas between them, or to one key of ssh, which has
    spaces in it; None for an empty line (`UsageError`)."""
    keys = [words.strip()] if words.strip().startswith(_SSH) else words.replace(",", " ").split()
    return sealing_to(keys) if any(keys) else None


def sealed(data: bytes, sealing: Sealing, *, armored: bool = False) -> bytes:
    """Bytes sealed, `armored` as lines of letters and digits, in up to three times as much memory again,
    armored four times."""
    import pyrage  # noqa: PLC0415 - for whoever seals

    if sealing.recipients:
        return pyrage.encrypt(data, list(map(_parsed, sealing.recipients)), armored)
    for _ in range(_TRIES):
        made = pyrage.passphrase.encrypt(data, sealing.passphrase, armored)
        if _work_factors(_header(made))[0] >= _LEAST_WORK:  # a second of work, less if the computer was busy
            break
    return made


def opened(data: bytes, *, identity: str = "", passphrase: str = "") -> bytes:
    """What somebody sealed, armored or not, opened with the words of an identity file or with a passphrase.

    `UsageError` if there is no key in the identity file, `UnlockFailed` if it is sealed to another or the
    passphrase is wrong, `Damaged` if it is not whole or not of this format, or was made so that to open it
    takes more than a GiB of memory."""
    import pyrage  # noqa: PLC0415 - for whoever has a sealed file

    keys = [] if passphrase else _identities(identity)
    factors = _work_factors(_header(data))
    if bool(factors) != bool(passphrase):
        needed = "with a passphrase, not to a key" if factors else "to a key, not with a passphrase"
        raise UnlockFailed(f"This file is sealed {needed}.")
    many = _header(data).count(b"\n-> ")
    if many > _MOST_STANZAS or any(factor > MAX_WORK_FACTOR for factor in factors):
        raise Damaged("This file was made so that opening it takes more memory or time than is reasonable.")
    try:
        if passphrase:
            return pyrage.passphrase.decrypt(data, passphrase)
        return pyrage.decrypt(data, keys)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error) or (passphrase and str(error) == "Decryption failed"):
            raise UnlockFailed("That does not open this file.") from None
        raise Damaged("This file is not whole: it was cut or changed since it was sealed.") from None


def place(dest: Path, sealing: Sealing | None) -> Path:
    """Where a file really goes: the name of a sealed one ends in .age, or in .age.txt if it is armored.
    `UsageError` for a name that ends so if it is not sealed, and for none if it is."""
    if sealing is not None and dest.name in ("", ".."):
        raise UsageError("Say the name of the file as well: what is sealed is one file.")
    is_named_so = bare(dest) != dest
    if sealing is None and is_named_so:
        raise UsageError(
            f"A name that ends in {ENDING} says that the file is sealed. Say whom to seal it to, or choose "
            "another name."
        )
    return dest if sealing is None or is_named_so else dest.with_name(dest.name + ENDING)


def bare(dest: Path) -> Path:
    """The path without what says that the file is sealed: the one it has once `age` opened it."""
    for ending in (ARMORED_ENDING, ENDING):
        if dest.name.casefold().endswith(ending) and len(dest.name) > len(ending):
            return dest.with_name(dest.name[: -len(ending)])
    return dest


def is_sealed(data: bytes) -> bool:
    """Whether a file that begins so is sealed with age."""
    return data.startswith(_VERSION) or data.lstrip().startswith(_ARMOR)


def is_armored(dest: Path) -> bool:
    """Whether the name of a sealed file asks for letters that any mail takes."""
    return dest.name.casefold().endswith(ARMORED_ENDING)


def _parsed(key: str) -> "x25519.Recipient | ssh.Recipient":
    import pyrage  # noqa: PLC0415

    try:
        if key.startswith(_SSH):
            if any(word.startswith(_KEYS) for word in key.replace(",", " ").split()[1:]):
                raise UsageError(ONE_SSH_KEY)
            return pyrage.ssh.Recipient.from_str(key)
        return pyrage.x25519.Recipient.from_str(key)
    except (pyrage.RecipientError, UnicodeEncodeError):
        shown = shown_line(key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…")
        raise UsageError(
            f"“{shown}” is not the public key of a recipient: that is age1 with 58 letters and digits after "
            "it, or a line that begins with ssh-ed25519 or ssh-rsa."
        ) from None


def _identities(words: str) -> "list[x25519.Identity | ssh.Identity]":
    """The keys of an identity file, as age-keygen and ssh-keygen make them."""
    import pyrage  # noqa: PLC0415

    try:
        if words.lstrip().startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(words.strip().encode() + b"\n")]
        lines = (line.strip() for line in words.splitlines())
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise UsageError("That is no identity file: it has a line that begins with AGE-SECRET-KEY-1.")
    return list(found)


def _work_factors(header: bytes) -> list[int]:
    """What a passphrase costs: one number if the file is sealed with one (`Damaged` if it cannot be told)."""
    factors = [int(found[1]) for found in _WORK_FACTOR.finditer(header)]
    if len(factors) != header.count(_SCRYPT):
        raise Damaged(_NOT_AGE)
    return factors


def _header(data: bytes) -> bytes:
    """The lines in clear before what is sealed, which say how it is opened (`Damaged` if there are none)."""
    some = data.lstrip()[:_LONGEST_HEADER]
    if some.startswith(_ARMOR):
        letters = b"".join(some.split(b"-----")[2].split())
        try:
            some = base64.b64decode(letters[: len(letters) // 4 * 4])
        except binascii.Error:
            some = b""
    header, end, _ = some.partition(b"\n---")
    if not end or not header.startswith(_VERSION):
        raise Damaged(_NOT_AGE)
    return header
