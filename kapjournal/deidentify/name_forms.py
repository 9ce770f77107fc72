"""The forms in which known names may stand in a text: whole, in parts, plural, inflected, misspelt.

A form is looked up by the compared form of one word of the text. Whom of the known it may mean is a set
of their indices: a family name belongs to everybody who has it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kapjournal.deidentify import dictionary
from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.deidentify.lists import words_of
from kapjournal.deidentify.words import forms
from kapjournal.domain.confusables import skeletons
from kapjournal.domain.folding import IN_SPACELESS

CONNECTING = ("and", "und", "et", "y", "e")
"""Words that stand for a sign between two names."""

_BEFORE_FAMILY_NAMES = frozenset(
    (
        *(
            "de",
            "del",
            "della",
            "der",
            "den",
            "di",
            "da",
            "do",
            "dos",
            "du",
            "la",
            "le",
            "el",
            "al",
            "bin",
            "bint",
        ),
        *("ibn", "abu", "van", "von", "zu", "ter", "ten", "o", "d", "l", "mac", "mc", "st", "ap", "ben"),
    )
)

_ARABIC_BEFORE = re.compile("[\u0648\u0641]?(?:[\u0628\u0644\u0643]?(?:\u0627\u0644)?|\u0644\u0644)")
_HEBREW_BEFORE = re.compile("[\u05d5\u05e9\u05d4\u05d1\u05dc\u05de\u05db]{1,2}")
_CYRILLIC = re.compile("[\u0430-\u044f\u0450-\u045f]+")
_CYRILLIC_END = re.compile(
    "(?:а|я|о|е|ы|и|у|ю|ь|ом|ем|ои|еи|ою|ею|ой|ей|ам|ям|ами|ями|ах|ях|ов|ев|ин|ина|ину|инои|ови|еви|ого|ому|ую|ая|ым|им|ых|их)?"
)
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a word may mean, and how sure its letters are.

    `owners`: indices of the known. `needs_capital`: it is an everyday word as well. `is_misspelt`: one
    letter is wrong, missing, too many or swapped with its neighbour.
    """

    owners: frozenset[int]
    needs_capital: bool = False
    is_misspelt: bool = False
    is_plural: bool = False


@dataclass(frozen=True, slots=True)
class LongName:
    """A name of several words: the words after the first, whom it means, whether they are everyday words all,
    and whether it may be that of a person."""

    rest: tuple[str, ...]
    owners: frozenset[int]
    is_everyday: bool
    is_of_person: bool


class NameForms:
    """All forms of all known names, to be looked up."""

    def __init__(self, known: Sequence[Known]) -> None:
        words: dict[str, set[int]] = defaultdict(set)
        several: dict[tuple[str, ...], set[int]] = defaultdict(set)
        spaceless: dict[str, set[int]] = defaultdict(set)
        for index, one in enumerate(known):
            for name in _spellings(one.forms):
                for word in _single_words(name):
                    words[word].add(index)
                if len(name) > 1:
                    several[name].add(index)
                if IN_SPACELESS.search("".join(name)):
                    spaceless["".join(name)].add(index)
        self._known = known
        self._words = {word: frozenset(owners) for word, owners in words.items()}
        self._skeletons = {skeletons(word)[1]: owners for word, owners in self._words.items()}
        self._capitals = {skeletons(word)[2]: owners for word, owners in self._words.items()}
        self._long = [word for word in self._words if len(word) >= _SHORTEST_MISSPELT - 1]
        self._cyrillic = {
            word.rstrip("аеиоуыюяьй"): owners
            for word, owners in self._words.items()
            if _CYRILLIC.fullmatch(word) and len(word) > 2
        }
        self.spaceless = {word: frozenset(owners) for word, owners in spaceless.items() if len(word) > 1}
        self.sequences: dict[str, list[LongName]] = defaultdict(list)
        for name in sorted(several, key=len, reverse=True):
            owners = frozenset(several[name])
            self.sequences[name[0]].append(
                LongName(name[1:], owners, _is_everyday(name), self._is_of_person(owners))
            )
        self.candidate = lru_cache(maxsize=100_000)(self._candidate)

    def _is_of_person(self, owners: frozenset[int]) -> bool:
        return any(self._known[index].kind in (FindingKind.PERSON, FindingKind.NAME) for index in owners)

    def _candidate(self, word: str, is_capital: bool) -> Candidate | None:
        """Whom a word means, by its compared form; None if nobody is meant."""
        if owners := self._words.get(word):
            return Candidate(owners, _needs_capital(word))
        for ending in ("s", "es"):
            if word.endswith(ending) and (owners := self._words.get(base := word.removesuffix(ending))):
                return Candidate(owners, _needs_capital(base) or _needs_capital(word), is_plural=True)
        if not word.isascii() and (owners := self._in_other_scripts(word, is_capital)):
            return Candidate(owners)
        if owners := self._misspelt(word, is_capital):
            return Candidate(owners, is_misspelt=True)
        return None

    def _in_other_scripts(self, word: str, is_capital: bool) -> frozenset[int] | None:
        for before in (_ARABIC_BEFORE, _HEBREW_BEFORE):
            found = before.match(word)
            for cut in range(1, found.end() + 1 if found else 0):
                if owners := self._words.get(word[cut:]):
                    return owners
        if _CYRILLIC.fullmatch(word):
            for cut in range(max(2, len(word) - 4), len(word) + 1):
                owners = self._cyrillic.get(word[:cut])
                if owners and _CYRILLIC_END.fullmatch(word[cut:]):
                    return owners
        _, small, capital = skeletons(word)
        return self._skeletons.get(small) or (self._capitals.get(capital) if is_capital else None)

    def _misspelt(self, word: str, is_capital: bool) -> frozenset[int] | None:
        if len(word) < _SHORTEST_MISSPELT or not self._long or IN_SPACELESS.search(word):
            return None
        from rapidfuzz import process  # noqa: PLC0415 - loaded when there are names to look for
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        found = process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=1)
        if found is None or len(found[0]) > len(word) + 1:
            return None
        if dictionary.is_everyday(word) or (not is_capital and dictionary.is_word(word)):
            return None
        return self._words[found[0]]


def _spellings(names: Iterable[str]) -> set[tuple[str, ...]]:
    """The words of each name, in the ways in which it is written and shortened.

    “St Mary's Hospital” is Saint Mary's and St Mary, too, “Harrow & Finch LLP” is Harrow and Finch, “Ana van
    der Berg” is van der Berg, and “Ana-Maria” is Anamaria.
    """
    spellings = set()
    for name in names:
        words = tuple(word for word in forms(name) if word not in CONNECTING) or forms(name)
        spellings |= {words, _without_end(words), *_family_names(words)}
        spellings |= {("".join(forms(word)),) for word in name.split() if "-" in word}
    for words in list(spellings):
        for place in range(1, len(words)):
            if words[place] == "s":
                before, after = words[: place - 1], words[place + 1 :]
                spellings |= {(*before, words[place - 1] + "s", *after), (*before, words[place - 1], *after)}
    spellings |= {("saint", *words[1:]) for words in spellings if words[:1] == ("st",)}
    spellings |= {("st", *words[1:]) for words in spellings if words[:1] == ("saint",)}
    spellings.discard(())
    return spellings


def _without_end(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the words at its end that say what it is: hospital, Ltd."""
    last = len(words)
    while last > 2 and words[last - 1] in words_of("particles"):
        last -= 1
    return words[:last]


def _family_names(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """What follows a given name, if it begins with a particle: van der Berg, O'Brien."""
    starts = (place for place in range(1, len(words) - 1) if words[place] in _BEFORE_FAMILY_NAMES)
    return [words[place:] for place in starts]


def _single_words(name: tuple[str, ...]) -> Iterable[str]:
    """The words that mean a name alone: itself, run together, and each part that says something."""
    if len(name) == 1:
        return name
    together = "".join(name)
    parts = [
        word for word in name if len(word) > 1 and word not in words_of("particles") and not word.isdigit()
    ]
    return [*parts, together] if len(together) > 4 else parts


def _is_everyday(name: Iterable[str]) -> bool:
    return all(word in words_of("particles") or dictionary.is_everyday(word) for word in name)


def _needs_capital(word: str) -> bool:
    return (len(word) < 3 and word.isascii()) or word in words_of("particles") or dictionary.is_everyday(word)
