"""Which words are English words, which are everyday ones, and which are given names too.

The dictionary is that of pyspellchecker: 160,000 words, with how often each is said in the subtitles
of films (1.6 billion words). Given names are in it, in small letters: how rare they are tells them from other
words, and so do the lists of given names that zxcvbn carries.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kapjournal.deidentify.lists import words_of
from kapjournal.errors import UsageError
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"

LANGUAGES = ("ar", "de", "en", "es", "eu", "fa", "fr", "it", "lv", "nl", "pt", "ru")
"""The languages that pyspellchecker has a dictionary of."""

EVERYDAY = 8000
"""How often a word is in the dictionary at least, of 1.6 billion, that a name is taken for in small letters:
“will” and “reading” are more frequent, “ben” and “juniper” are not."""

_AMERICAN = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("lled", "led"),
    ("lling", "ling"),
    ("llor", "lor"),
    ("ller", "ler"),
    ("ae", "e"),
    ("oe", "e"),
    ("ce", "se"),
)
"""How British spelling differs from that of the dictionary."""


def is_everyday(word: str) -> bool:
    """Whether a word in small letters says so little that a name of the same letters needs its capital."""
    if word in words_of("names_that_are_words"):
        return True
    return frequency(word) >= EVERYDAY and word not in _given_names()


def is_word(word: str, languages: Sequence[str] = (ENGLISH,)) -> bool:
    """Whether a word in small letters is known, and no given name that is rarer than everyday words."""
    return is_everyday(word) or (word not in _given_names() and is_known(word, languages))


def is_known(word: str, languages: Sequence[str] = (ENGLISH,)) -> bool:
    """Whether a word in small letters is in the dictionary of one of the languages at all, in American or
    British spelling, or of the field; given names are in it."""
    return word in words_of("field_words") or any(
        frequency(one, language) for one in (word, *_otherwise_spelt(word)) for language in languages
    )


def frequency(word: str, language: str = ENGLISH) -> int:
    """How often the dictionary of a language has met a word; 0 if it has not."""
    return _frequencies(language).get(word, 0)


def check(languages: Sequence[str]) -> None:
    """Refuse a language that there is no dictionary of (`UsageError`)."""
    for language in languages:
        if language not in LANGUAGES:
            raise UsageError(
                f"There is no dictionary of “{shown_line(language)}”; there is {', '.join(LANGUAGES)}."
            )


def _otherwise_spelt(word: str) -> list[str]:
    return [word.replace(british, american) for british, american in _AMERICAN if british in word]


@cache
def _frequencies(language: str) -> "Mapping[str, int]":
    from spellchecker import SpellChecker  # noqa: PLC0415 - reads its dictionary, which takes half a second

    return SpellChecker(language=language).word_frequency.dictionary


@cache
def _given_names() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - a megabyte of words

    return frozenset(FREQUENCY_LISTS["female_names"]) | frozenset(FREQUENCY_LISTS["male_names"])
