"""A practice will that this program makes and another one opens, made from crypto/FORMAT.md."""

from pathlib import Path

import pytest

from kapjournal.errors import UnlockFailed
from kapjournal.journal import NewNote, check_shares, generated_recovery_words, generated_shares
from tests.journal.practices import LEE, Practice
from tests.journal.practices import practice as made

from .second_reader_2 import read
from .second_writer_2 import KEYS, Member, places_of


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """With a will, recovery words and a page."""
    practice = made(tmp_path)
    practice.lee.notes.add(NewNote("Both laughed.", "Seen"))
    return practice


def test_the_second_program_opens_it_with_any_two_shares(practice: Practice) -> None:
    shares, words = generated_shares(), generated_recovery_words()
    practice.lee.will.make(shares, "Kim", "her office")
    practice.lee.keys.renew_recovery_words(words)
    practice.lee.will.rehearse(shares[:2])
    practice.lee.close()
    reads = read(practice.path, "Dr Lee", LEE)
    assert [note["title"] for note in reads["notes"]] == ["Seen"]
    for two in (shares[:2], shares[1:], [shares[2], shares[0]], words):
        assert read(practice.path, "", two) == reads


def test_what_it_writes_carries_the_will_on(practice: Practice) -> None:
    shares, words = generated_shares(), generated_recovery_words()
    practice.lee.will.make(shares, "Kim")
    practice.lee.keys.renew_recovery_words(words)
    practice.lee.close()
    lee = Member(practice.path, "Dr Lee", LEE)
    keys = lee.kept("keys")
    lee.replace("keys", KEYS, keys, also=places_of(keys))
    lee.commit()
    check_shares(practice.path, shares[:2])
    assert read(practice.path, "", shares[:2]) == read(practice.path, "", words)


def test_a_closed_will_opens_with_neither(practice: Practice) -> None:
    shares = generated_shares()
    practice.lee.will.make(shares, "Kim")
    practice.lee.will.revoke()
    practice.lee.close()
    with pytest.raises(UnlockFailed):
        check_shares(practice.path, shares[:2])
    with pytest.raises(ValueError, match="not enough values"):
        read(practice.path, "", shares[:2])
    lee = Member(practice.path, "Dr Lee", LEE)
    assert lee.kept("keys")["will"][:3] == ["", "", ""] and places_of(lee.kept("keys")) == [b"", b""]
