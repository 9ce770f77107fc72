"""Words to write down by hand, and the purposes that keep one key from standing in for another."""

import ast
import hashlib
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kapjournal
from kapjournal.crypto.primitives import counted, document_name, purpose
from kapjournal.crypto.words import CODE_WORDS, recovery_entropy, recovery_words, six_words, tidy, word_list
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.errors import UnlockFailed

EFF_LARGE = "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522"
SAID_MORE_THAN_ONCE = {"key message signature": 3, "keyslot": 2, "rollback record": 2}
"""Signed once and checked twice; and two names that a key and what is sealed under it have in common."""

OUTSIDE_THE_FILE = {
    *("rollback record", "rollback record file", "rollback record part", "keyslot row"),
    *("backup note", "backup note file", "backup note key"),
}
"""What a computer remembers, which no other program reads."""


LEFT_OUT = Path(__file__).with_name("words_left_out.txt").read_text("ascii").split()
"""The words of the EFF's list that are never offered."""


def test_the_list_and_what_was_left_out_are_the_effs() -> None:
    words = [*word_list(), *LEFT_OUT]
    assert len(words) == len(set(words)) == 7776 == 6**5
    lines = "".join(word + "\n" for word in sorted(words))
    assert hashlib.sha256(lines.encode("ascii")).hexdigest() == EFF_LARGE
    assert all(word == word.lower() and word.isascii() and 3 <= len(word) <= 9 for word in words)


def test_the_list_has_the_size_that_is_said() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 5800
    assert 75 <= CODE_WORDS * math.log2(len(words)) < 76
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert list(words) == sorted(words)


def test_no_word_begins_with_another() -> None:
    """So that it is clear where each ends, even if they are typed without spaces."""
    words = set(word_list())
    assert not [word for word in words if any(word[:length] in words for length in range(3, len(word)))]


def test_no_word_is_offered_that_was_met_and_hurt() -> None:
    met = {"pregnancy", "deletion", "bruising", "wreath", "seducing"}
    assert met <= set(LEFT_OUT) and met.isdisjoint(word_list())


def test_six_words_are_drawn_from_all_of_the_list() -> None:
    drawn = [six_words().split(" ") for _ in range(3000)]
    assert {len(words) for words in drawn} == {6}
    seen = {word for words in drawn for word in words}
    assert seen <= set(word_list()) and len(seen) > 5300


@given(st.binary(min_size=32, max_size=32))
def test_recovery_words_stand_for_their_bytes_however_they_are_typed(entropy: bytes) -> None:
    words = recovery_words(entropy)
    assert len(words.split(" ")) == 24
    assert recovery_entropy(words) == entropy
    assert recovery_entropy("  " + words.upper().replace(" ", " \n\t")) == entropy


def test_recovery_words_are_those_of_bip_39() -> None:
    """The test vectors of BIP-39."""
    assert recovery_words(bytes(32)) == "abandon " * 23 + "art"
    assert recovery_words(b"\xff" * 32) == "zoo " * 23 + "vote"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "abandon " * 11 + "about",
        "abandon " * 24,
        "abandon " * 23 + "zoo",
        "abandon " * 22 + "art",
        "words that are not on the list " * 4,
        "\x00",
        "ábandon " * 23 + "art",
    ],
)
def test_words_that_stand_for_nothing_close_the_door(words: str) -> None:
    with pytest.raises(UnlockFailed):
        recovery_entropy(words)


def test_recovery_words_may_be_numbered_and_in_lines() -> None:
    words = recovery_words(bytes(range(32))).split()
    assert recovery_entropy("\n".join(f"{n}. {word}," for n, word in enumerate(words, 1))) == bytes(range(32))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("abandon " * 6 + "abandn " + "abandon " * 16 + "art", "Word 7 is not on the list"),
        ("abandn zo " + "abandon " * 22, "Words 1, 2 are not on the list"),
        ("abandon " * 23, "There are 24 recovery words, and these are 23."),
        ("abandon " * 24, "Check their order."),
    ],
)
def test_what_is_wrong_with_recovery_words_is_said_without_them(words: str, sentence: str) -> None:
    with pytest.raises(UnlockFailed) as refusal:
        recovery_entropy(words)
    assert sentence in str(refusal.value)
    assert "aband" not in str(refusal.value)


def test_words_are_tidied_in_case_and_spaces_only() -> None:
    assert tidy("  Six\tWORDS \n here ") == "six words here"


def test_a_purpose_begins_with_the_format_and_ends_with_a_zero() -> None:
    assert purpose("slot", b"ab", b"c") == b"kapjournal/2 slot\0abc"
    assert counted(b"abc") == b"\0\0\0\x03abc" and counted(b"") == bytes(4)


def test_purposes_are_all_distinct() -> None:
    said = Counter(_purposes())
    assert len(said) > 20
    assert {name: many for name, many in said.items() if many > 1} == SAID_MORE_THAN_ONCE
    assert all(name.isascii() and name.isprintable() for name in said)


def test_the_page_of_the_format_names_every_purpose_and_no_other() -> None:
    page = (Path(kapjournal.__file__).parent / "crypto" / "FORMAT.md").read_text("utf-8")
    on_page = set(re.findall(r'purpose\("([a-z -]+)"', page.replace("\n", " ")))
    assert set(_purposes()) - on_page == OUTSIDE_THE_FILE
    assert on_page <= set(_purposes())


def _purposes() -> list[str]:
    names = []
    for path in Path(kapjournal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "purpose":
                assert isinstance(node.args[0], ast.Constant), path
                names.append(str(node.args[0].value))
    return names


def test_the_name_of_a_document_is_its_authors_and_its_own() -> None:
    names = {
        document_name(MemberId(author * 32), DocumentId(document * 16))
        for author in (b"a", b"b")
        for document in (b"c", b"d")
    }
    assert len(names) == 4
    assert all(len(name) == 20 and name.isalnum() and name == name.lower() for name in names)
