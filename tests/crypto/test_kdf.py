"""Argon2id within its bounds: outside of them nothing is stretched at all."""

import unicodedata

import pytest

from kapjournal.crypto import kdf
from kapjournal.crypto.kdf import DEFAULT, FLOOR, KdfStrength, check_bounds, stretch
from kapjournal.errors import Damaged

MIB = 1024


@pytest.mark.parametrize(
    "strength",
    [
        FLOOR,
        DEFAULT,
        KdfStrength(64 * MIB, 3, 1),
        KdfStrength(1024 * MIB, 3, 1),
        KdfStrength(64 * MIB, 10, 1),
        KdfStrength(64 * MIB, 3, 8),
        KdfStrength(1024 * MIB, 10, 8),
    ],
)
def test_what_is_accepted(strength: KdfStrength) -> None:
    check_bounds(strength)


@pytest.mark.parametrize(
    "strength",
    [
        KdfStrength(64 * MIB - 1, 3, 1),
        KdfStrength(1024 * MIB + 1, 3, 1),
        KdfStrength(2**31, 3, 1),
        KdfStrength(-1, 3, 1),
        KdfStrength(0, 0, 0),
        KdfStrength(64 * MIB, 2, 1),
        KdfStrength(64 * MIB, 11, 1),
        KdfStrength(64 * MIB, 2**32, 1),
        KdfStrength(64 * MIB, 3, 0),
        KdfStrength(64 * MIB, 3, 9),
    ],
)
def test_what_is_refused_before_any_work(strength: KdfStrength, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "Argon2id", None)
    with pytest.raises(Damaged):
        check_bounds(strength)
    with pytest.raises(Damaged):
        stretch("a passphrase", bytes(16), strength)


def test_the_settings_are_those_of_the_format() -> None:
    assert KdfStrength(256 * MIB, 3, 4) == DEFAULT
    assert KdfStrength(64 * MIB, 3, 1) == FLOOR


def test_salt_and_every_setting_count() -> None:
    keys = {
        stretch("a passphrase", salt, strength)
        for salt in (bytes(16), b"\x01" * 16)
        for strength in (FLOOR, KdfStrength(65 * MIB, 3, 1), KdfStrength(64 * MIB, 4, 1))
    }
    assert len(keys) == 6 and {len(key) for key in keys} == {32}


def test_letters_count_and_how_they_are_composed_does_not() -> None:
    composed = "Zoë Ångström ﬁ ①"
    assert unicodedata.normalize("NFD", composed) != composed
    key = stretch(composed, bytes(16), FLOOR)
    assert key == stretch(unicodedata.normalize("NFD", composed), bytes(16), FLOOR)
    assert key == stretch(unicodedata.normalize("NFKC", composed), bytes(16), FLOOR)
    assert key != stretch(composed + " ", bytes(16), FLOOR)


def test_a_passphrase_of_half_characters_is_stretched_too() -> None:
    """What a terminal gave as bytes that are no text must close a door, not end the program."""
    assert len(stretch("\udcff passphrase", bytes(16), FLOOR)) == 32
