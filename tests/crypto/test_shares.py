"""The shares of a will: any two of three, and a sentence for whatever is typed wrong."""

import hashlib
import secrets
import subprocess
import sys
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import Share, generate_mnemonics

from kapjournal.crypto.shares import NEEDED, SHARE_WORDS, SHARES, split, united
from kapjournal.errors import UnlockFailed

SECRET = bytes(range(32))
ON_PAPER = split(SECRET)
ANOTHER = split(bytes(32))
KEPT = (
    "explain pecan academic acid amuse employer cinema crunch emperor mama tracks erode webcam document "
    "duckling grief husky harvest rescue walnut terminal pecan medical nylon solution stay practice "
    "dramatic lungs beyond deal famous craft",
    "explain pecan academic always argue trip result thank floral pistol infant photo upgrade hush "
    "liquid language level brother surface syndrome knife hush slice beaver numerous sidewalk friendly "
    "webcam grumpy either rival finger favorite",
)
"""Two shares of `SECRET`, made once: what is on somebody's paper opens for ever."""


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_any_two_of_three_in_any_order(secret: bytes) -> None:
    shares = split(secret)
    assert len(shares) == SHARES == 3 and NEEDED == 2
    assert {len(share.split()) for share in shares} == {SHARE_WORDS} == {33}
    assert {united(two) for two in permutations(shares, 2)} == {secret}


def test_what_was_written_down_once_opens_for_ever() -> None:
    assert united(KEPT) == united(KEPT[::-1]) == SECRET


def test_the_same_secret_by_the_page() -> None:
    """SLIP-39 without the library: two points of a line over GF(256), byte by byte, then four rounds."""
    one, other = (values_of(share) for share in KEPT)
    at = 255
    sealed = bytes(line_at(at, (one[0], a), (other[0], b)) for a, b in zip(one[1], other[1], strict=True))
    left, right = sealed[:16], sealed[16:]
    for step in reversed(range(4)):
        mixed = hashlib.pbkdf2_hmac("sha256", bytes([step]), right, 2500, 16)
        left, right = right, bytes(a ^ b for a, b in zip(left, mixed, strict=True))
    assert right + left == SECRET


def values_of(share: str) -> tuple[int, bytes]:
    """The place of a share and its 32 bytes."""
    read = Share.from_mnemonic(share)
    assert (read.member_threshold, read.iteration_exponent, read.extendable) == (2, 0, True)
    return read.index, read.value


def times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a * (b & 1)
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def line_at(x: int, one: tuple[int, int], other: tuple[int, int]) -> int:
    """The value at x of the line through two points."""
    inverse = next(n for n in range(1, 256) if times(n, one[0] ^ other[0]) == 1)
    first = times(times(x ^ other[0], inverse), one[1])
    return first ^ times(times(x ^ one[0], inverse), other[1])


def test_numbers_lines_and_capitals_do_not_matter() -> None:
    typed = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(ON_PAPER[0].split(), 1))
    assert united([typed, f"  {ON_PAPER[2]}\u200b "]) == SECRET


def test_one_share_leaves_every_secret_possible() -> None:
    """With one share in hand, for any secret there is a second share that makes it: it excludes none."""
    index, value = values_of(ON_PAPER[0])
    for byte, wanted in [(value[0], n) for n in range(256)]:
        seconds = [n for n in range(256) if line_at(255, (index, byte), (1, n)) == wanted]
        assert len(seconds) == 1


def test_no_two_wills_are_made_of_the_same_shares() -> None:
    assert len({share for _ in range(5) for share in split(SECRET)}) == 5 * SHARES


def with_word(share: str, place: int, word: str) -> str:
    words = share.split()
    words[place - 1] = word
    return " ".join(words)


def without_place(share: str, place: int) -> str:
    words = share.split()
    return " ".join(words[: place - 1] + words[place:])


def turned(share: str) -> str:
    first, second, *rest = share.split()[::-1]
    return " ".join([*rest[::-1], first, second])


(BIP,) = generate_mnemonics(1, [(2, 3)], secrets.token_bytes(16))
(OF_THREE,) = generate_mnemonics(1, [(3, 3)], SECRET, iteration_exponent=0)
(STRETCHED,) = generate_mnemonics(1, [(2, 3)], SECRET, iteration_exponent=2)
(NOT_EXTENDABLE,) = generate_mnemonics(1, [(2, 3)], SECRET, extendable=False, iteration_exponent=0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "Two shares are needed, and there is none."),
        (ON_PAPER[:1], "Two shares are needed, and this is one."),
        (ON_PAPER, "Two shares are enough, and these are 3."),
        ([ON_PAPER[0], ""], "A share has 33 words, and the second has 0."),
        ([ON_PAPER[0]] * 2, "one share twice"),
        ([ON_PAPER[0], ON_PAPER[0].upper()], "one share twice"),
        ([ON_PAPER[0], with_word(ON_PAPER[1], 5, "wrod")], "Of the second share word 5 is not on the list"),
        ([without_place(ON_PAPER[0], 9), ON_PAPER[1]], "A share has 33 words, and the first has 32."),
        ([f"{ON_PAPER[0]} acid", ON_PAPER[1]], "A share has 33 words, and the first has 34."),
        ([turned(ON_PAPER[0]), ON_PAPER[1]], "words of the first share do not belong together"),
        ([ON_PAPER[0], ANOTHER[1]], "of different wills"),
        ([ON_PAPER[0], ANOTHER[0]], "of different wills"),
        ([BIP[0], BIP[1]], "A share has 33 words, and the first has 20."),
        ([OF_THREE[0], OF_THREE[1]], "The first is a share of something else"),
        ([ON_PAPER[0], STRETCHED[1]], "The second is a share of something else"),
        ([NOT_EXTENDABLE[0], NOT_EXTENDABLE[1]], "The first is a share of something else"),
    ],
)
def test_bad_input_gets_a_sentence(typed: list[str], said: str) -> None:
    with pytest.raises(UnlockFailed) as raised:
        united(typed)
    assert said in str(raised.value)
    for share in typed:
        assert not [two for two in pairwise(share.split()) if " ".join(two) in str(raised.value)]
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_many_words_that_are_none_are_named_by_five_places() -> None:
    with pytest.raises(UnlockFailed, match="Of the first share words 1, 2, 3, 4, 5… are not on the list"):
        united([" ".join(["xx"] * 33), ON_PAPER[1]])


def test_one_wrong_word_never_makes_another_secret() -> None:
    others = [word for word in ANOTHER[0].split()]
    for place in range(1, SHARE_WORDS + 1):
        wrong = with_word(ON_PAPER[0], place, next(w for w in others if w != ON_PAPER[0].split()[place - 1]))
        with pytest.raises(UnlockFailed):
            united([wrong, ON_PAPER[1]])


def test_shares_of_two_wills_with_one_number_are_told_apart() -> None:
    """Two wills in 32,768 have the same number; what the shares make does not fit its digest then."""
    reads = [Share.from_mnemonic(share) for share in (*ON_PAPER, *ANOTHER)]
    for one, other in combinations(range(6), 2):
        if (one < 3) == (other < 3):
            continue
        a, b = reads[one], reads[other]
        same = Share(
            a.identifier,
            *(True, 0, 0, 1, 1),
            b.index,
            2,
            b.value,
        ).mnemonic()
        with pytest.raises(UnlockFailed, match="of different wills"):
            united([a.mnemonic(), same])


def test_nothing_of_it_is_loaded_before_somebody_needs_it() -> None:
    code = "import sys, kapjournal.journal; sys.exit(any('shamir' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
