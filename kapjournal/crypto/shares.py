"""The shares of a practice will: a secret of 32 bytes as three lists of words, any two of which make it.

SLIP-39 (SatoshiLabs): 33 words of a list of 1,024 each, one group, two of three. No passphrase, and so the
least stretching there is (exponent 0): the secret is random, and nobody guesses it. One share says nothing of
the secret; its checksum and its number of the will (15 bits) are of the share alone, and are in no file.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.crypto.words import RECOVERY_WORDS
from kapjournal.errors import UnlockFailed
from kapjournal.text import UNSEEN

if TYPE_CHECKING:
    from shamir_mnemonic import Share

WILL_BYTES = 32
SHARES = 3
NEEDED = 2
SHARE_WORDS = 33
OF_DIFFERENT_WILLS = "These two shares do not belong together: they are of different wills."

_EXPONENT = 0
_GROUP = 0, 1, 1
"""The index of the one group, how many groups are needed, and how many there are."""
_ORDINALS = ("first", "second")
_WORD = re.compile(r"[^\W\d_]+")


def split(secret: bytes) -> tuple[str, ...]:
    """A secret (32 bytes) as three shares, any two of which `united` makes it of again."""
    from shamir_mnemonic import generate_mnemonics  # noqa: PLC0415 - needed once a year

    [shares] = generate_mnemonics(1, [(NEEDED, SHARES)], secret, iteration_exponent=_EXPONENT)
    return tuple(shares)


def united(typed: Sequence[str]) -> bytes:
    """The secret (32 bytes) that two shares stand for, typed in any case, with numbers and in several lines.

    What is wrong is `UnlockFailed`: how many shares there are, a word that is not on the list, by its place
    alone, how many words, the checksum, one share twice, shares of two wills.
    """
    from shamir_mnemonic import MnemonicError, combine_mnemonics  # noqa: PLC0415

    check_number(len(typed))
    one, other = (read(words, which) for words, which in zip(typed, _ORDINALS, strict=True))
    if one == other:
        raise UnlockFailed("That is one share twice. Two different ones are needed.")
    try:
        return bytes(combine_mnemonics([one.mnemonic(), other.mnemonic()]))
    except MnemonicError:  # what it says has words of the shares in it
        raise UnlockFailed(OF_DIFFERENT_WILLS) from None


def is_rather_a_share(typed: str) -> bool:
    """Whether what was typed in the place of recovery words is nearer to a share by how many words it has."""
    return 2 * len(_words(typed)) > RECOVERY_WORDS + SHARE_WORDS


def check_number(given: int) -> None:
    """Refuse another number of shares than two (`UnlockFailed`)."""
    if given < NEEDED:
        raise UnlockFailed(f"Two shares are needed, and {'this is one' if given else 'there is none'}.")
    if given > NEEDED:
        raise UnlockFailed(f"Two shares are enough, and these are {given}. Give any two of them.")


def read(typed: str, which: str) -> "Share":
    """One share as it was typed; `which` is what sentences call it, “first” (`UnlockFailed` as for
    `united`)."""
    from shamir_mnemonic import MnemonicError, Share  # noqa: PLC0415
    from shamir_mnemonic.wordlist import WORD_INDEX_MAP  # noqa: PLC0415

    words = _words(typed)
    if misspelt := [place for place, word in enumerate(words, 1) if word not in WORD_INDEX_MAP]:
        places = ", ".join(map(str, misspelt[:5]))
        more = "…" * (len(misspelt) > 5)
        are_not = f"word {places} is not" if len(misspelt) == 1 else f"words {places}{more} are not"
        raise UnlockFailed(
            f"Of the {which} share {are_not} on the list that shares are drawn from. Check the spelling."
        )
    if len(words) != SHARE_WORDS:
        raise UnlockFailed(f"A share has {SHARE_WORDS} words, and the {which} has {len(words)}.")
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise UnlockFailed(
            f"The words of the {which} share do not belong together. Check their order, and each of them "
            "against the paper."
        ) from None
    group = share.group_index, share.group_threshold, share.group_count
    shape = share.extendable, share.iteration_exponent, group, share.member_threshold, len(share.value)
    if shape != (True, _EXPONENT, _GROUP, NEEDED, WILL_BYTES):
        raise UnlockFailed(f"The {which} is a share of something else, and not of a practice will.")
    return share


def _words(typed: str) -> list[str]:
    return _WORD.findall(UNSEEN.sub("", typed).lower())
