"""Secrets a person can write by hand: six-word passphrases and codes, and the 24 recovery words."""

import re
import secrets
from functools import cache
from importlib import resources

from mnemonic import Mnemonic

from kapjournal.errors import UnlockFailed
from kapjournal.text import UNSEEN

CODE_WORDS = 6
"""Six of 5,800 words: 75 bits."""

RECOVERY_BYTES = 32
RECOVERY_WORDS = 24

_WORD = re.compile(r"[^\W\d_]+")


@cache
def word_list() -> tuple[str, ...]:
    """5,800 of the 7,776 words of the EFF's large list (2016), which are easily told apart.

    Left out is what could hurt somebody who is in therapy with a partner, such as words for illness,
    violence, loss and shame, and what is hard to say aloud. Words are drawn from it; what is typed need not
    be on it.
    """
    text = resources.files(__package__).joinpath("calm_words.txt").read_text("ascii")
    return tuple(text.split())


def six_words() -> str:
    """A fresh passphrase or one-time code."""
    return " ".join(secrets.choice(word_list()) for _ in range(CODE_WORDS))


def tidy(words: str) -> str:
    """A code as typed by hand, in the form it was given out: lower case, single spaces."""
    return " ".join(words.lower().split())


def recovery_words(entropy: bytes) -> str:
    """32 bytes as 24 words (BIP-39, English list)."""
    return Mnemonic("english").to_mnemonic(entropy)


def recovery_entropy(words: str) -> bytes:
    """The 32 bytes that 24 words stand for, typed in any case, with numbers and in several lines.

    Words that do not stand for any are `UnlockFailed`. A misspelt word is named by its place alone: messages
    may be kept where a secret must not be.
    """
    typed = _WORD.findall(UNSEEN.sub("", words).lower())
    english = Mnemonic("english")
    if misspelt := [place for place, word in enumerate(typed, 1) if word not in english.wordlist]:
        places = ", ".join(map(str, misspelt[:5]))
        which = (
            f"Word {places} is" if len(misspelt) == 1 else f"Words {places}{'…' * (len(misspelt) > 5)} are"
        )
        raise UnlockFailed(f"{which} not on the list that recovery words are drawn from. Check the spelling.")
    if len(typed) != RECOVERY_WORDS:
        raise UnlockFailed(f"There are {RECOVERY_WORDS} recovery words, and these are {len(typed)}.")
    try:
        return bytes(english.to_entropy(typed))
    except ValueError:
        raise UnlockFailed("Those recovery words do not belong together. Check their order.") from None
