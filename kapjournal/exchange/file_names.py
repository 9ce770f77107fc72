"""Names for files that every disk takes, with the letters of the language a title is written in."""

import unicodedata
from collections.abc import Collection, Iterable

_LONGEST, _LONGEST_BYTES = 40, 120
"""So much of a title goes into a name: characters, and bytes in the form of it that takes the most of them. A
disk takes 255 bytes for all of a name."""

_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters that nobody sees."""

_SELECTORS = frozenset(
    ["\u034f", "\u17b4", "\u17b5", *map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))]
)
"""Marks that nobody sees."""


def slug(text: str) -> str:
    """The letters and digits of any script, small, in NFC, with hyphens between the words; may be empty."""
    words, word = [], ""
    for letter in unicodedata.normalize("NFC", text.lower()):
        kind = unicodedata.category(letter)
        if (kind[0] in "LN" and letter not in _FILLERS) or (kind[0] == "M" and word and _is_seen(letter)):
            word += letter
        elif kind != "Cf" and kind[0] != "M":
            words.append(word)
            word = ""
    return _cut("-".join(filter(None, (*words, word)))).strip("-")


def folded_name(name: str) -> str:
    """The same for all names that some disk takes for one: it may know no case, and no forms of a letter."""
    decomposed = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", decomposed))


def unlike(stems: Iterable[str], ending: str, taken: Collection[str]) -> list[str]:
    """A name for each stem, in order; one that is `taken`, or was given before, gets a number."""
    used = {folded_name(name) for name in taken}
    numbers: dict[str, int] = {}
    names = []
    for stem in stems:
        name, key = stem + ending, folded_name(stem)
        number = numbers.get(key, 1)
        while number > 1 or folded_name(name) in used:
            number += 1
            name = f"{stem}-{number}{ending}"
            if folded_name(name) not in used:
                break
        numbers[key] = number
        used.add(folded_name(name))
        names.append(name)
    return names


def _is_seen(mark: str) -> bool:
    return mark not in _SELECTORS and not "\U000e0100" <= mark <= "\U000e01ef"


def _cut(text: str) -> str:
    size = 0
    for number, letter in enumerate(text):
        size += len(unicodedata.normalize("NFD", letter).encode())
        if number == _LONGEST or size > _LONGEST_BYTES:
            return text[:number]
    return text
