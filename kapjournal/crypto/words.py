"""Secrets a person can write by hand: six-word passphrases and codes, and the 24 recovery words."""

import secrets
from functools import cache
from importlib import resources

from mnemonic import Mnemonic

from kapjournal.errors import DoorClosed

CODE_WORDS = 6
"""Six words of the 7,776 of the EFF's large list: 77 bits."""

RECOVERY_BYTES = 32


@cache
def word_list() -> tuple[str, ...]:
    """The EFF large word list (2016), which was chosen for words that are easily told apart."""
    text = resources.files(__package__).joinpath("eff_large_wordlist.txt").read_text("ascii")
    return tuple(text.split())


def six_words() -> str:
    """A fresh passphrase or one-time code."""
    return " ".join(secrets.choice(word_list()) for _ in range(CODE_WORDS))


def tidy(words: str) -> str:
    """Words as typed by hand, in the form they were given out: lower case, single spaces."""
    return " ".join(words.lower().split())


def recovery_words(entropy: bytes) -> str:
    """32 bytes as 24 words (BIP-39, English list)."""
    return Mnemonic("english").to_mnemonic(entropy)


def recovery_entropy(words: str) -> bytes:
    """The 32 bytes that 24 words stand for; words that do not stand for any are `DoorClosed`."""
    tidied = tidy(words)
    try:
        entropy = bytes(Mnemonic("english").to_entropy(tidied))
    except (ValueError, LookupError):
        entropy = b""
    if len(entropy) != RECOVERY_BYTES:
        raise DoorClosed("Those recovery words did not open anything. Check the order and each spelling.")
    return entropy
