"""Labels that look alike, and those that only might seem to."""

import pytest

from kapjournal.domain.confusables import are_confusable, look_alikes
from kapjournal.domain.members import check_distinct
from kapjournal.errors import Refused

CYRILLIC_A = "\N{CYRILLIC CAPITAL LETTER A}"
CYRILLIC_VE = "\N{CYRILLIC CAPITAL LETTER VE}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{CYRILLIC_A}na", "Ana"),
        (f"{CYRILLIC_A}NA", "ana"),
        ("\N{GREEK CAPITAL LETTER ALPHA}na", "Ana"),
        (f"{CYRILLIC_VE}en", "ben"),
        (f"{CYRILLIC_VE}EN", "Ben"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}na", "Ana"),
        ("\N{MATHEMATICAL BOLD CAPITAL A}na", "Ana"),
        ("An\N{ZERO WIDTH JOINER}a", "Ana"),
        ("Ana\N{VARIATION SELECTOR-1}", "Ana"),
        ("A\N{COMBINING LOW LINE}na", "Ana"),
        ("Án\N{COMBINING DOT BELOW}a", "Ana"),
        ("Ian", "lan"),
        ("rnia", "mia"),
        ("Dr  Lee.", "Dr Lee"),
        ("Dr L\N{CYRILLIC SMALL LETTER IE}e", "Dr Lee"),
        (f"{CYRILLIC_A}\N{CYRILLIC SMALL LETTER ER}\N{CYRILLIC SMALL LETTER ER}", "App"),
    ],
)
def test_labels_that_look_alike(one: str, other: str) -> None:
    assert are_confusable(one, other) and are_confusable(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "Anna"),
        ("Ian", "Lan"),
        ("A", "B"),
        ("\u0930\u093e\u092e", "\u0930\u092e"),  # Ram, and letters without its vowel
        ("\u5c0f\u660e", "\u5c0f\u7ea2"),  # Xiaoming, Xiaohong
        ("\N{BLACK STAR}", "\N{WHITE STAR}"),
    ],
)
def test_labels_that_do_not(one: str, other: str) -> None:
    assert not are_confusable(one, other)


def test_each_of_those_that_look_alike_is_found_and_nobody_else() -> None:
    fake = f"{CYRILLIC_A}na"
    assert look_alikes(["Ana", "Ben", fake, "Dr Lee"]) == {"Ana": fake, fake: "Ana"}


def test_a_new_label_is_neither_like_another_nor_like_a_word_with_a_meaning() -> None:
    check_distinct("Ana", ["Ben", "Dr Lee"])
    with pytest.raises(Refused, match="reads like “Ana”, a label that is or was in use"):
        check_distinct(f"{CYRILLIC_A}na", ["Ben", "Ana"])
    with pytest.raises(Refused, match="a meaning of its own"):
        check_distinct("\N{CYRILLIC SMALL LETTER A}ll")
