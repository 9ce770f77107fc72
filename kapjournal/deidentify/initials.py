"""Initials of known people: they are never allowed to leave."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.deidentify.lists import words_of
from kapjournal.deidentify.spans import NameSpan
from kapjournal.deidentify.words import form, forms

_NOT_AFTER = re.compile(
    r"(?:\d|\b(?:plan|vitamin|option|group|hepatitis|part|type|appendix|section|grade|class|figure|table|point|model))"
    r"\s*\Z",
    re.IGNORECASE,
)
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f]"
_SEVERAL = re.compile(
    rf"(?<![\w.]){_CAPITAL}(?:{_CAPITAL}{{1,5}}(?![^\W_])|"
    rf"(?:(?:\.[ \u00a0-]?|[ ]?&[ ]?){_CAPITAL}(?![^\W_])){{1,5}}|[ \u00a0]{_CAPITAL}(?=\.))"
)
"""Capitals run together, or with points or a sign between."""

_ALONE = re.compile(
    r"(?<![\w.'’&/-])([A-Z])(?:\.(?=['’]s\b|\s+[a-z(])|(?=['’]s\b|[,:;](?:\s|\Z))|(?<=[(].)(?=[)]))"
)
_TWO = re.compile(r"(?<![\w.'’&/-])([A-Z])\.?(\s*(?:&|\+|/|\band\b)\s*)([A-Z])\b(?!['’]?[\w&/-])\.?(?!\w)")
_AFTER = re.compile(r"[ \u00a0]+([A-Z])(?:\.|(?![\w.-]))")
_BEFORE = re.compile(r"(?<![\w.])([A-Z])(?:\.?[ \u00a0]?[A-Z]){0,2}(\.?)[ \u00a0]*\Z")
_WORDS = "AI"
"""Letters that are words, too: they are taken for initials with a point alone."""


class Initials:
    """The first letters of the names of the known."""

    def __init__(self, known: Sequence[Known]) -> None:
        whole: dict[str, set[int]] = defaultdict(set)
        letters: dict[str, set[int]] = defaultdict(set)
        self._letters: list[frozenset[str]] = []
        for index, one in enumerate(known):
            names = [name for name in map(forms, one.forms) if all(word[0].isalpha() for word in name)]
            for name in names:
                for row in _rows(name):
                    whole[row].add(index)
            firsts = {word[0].upper() for name in names if name for word in (name[0], name[-1])}
            if one.kind in (FindingKind.PERSON, FindingKind.NAME):
                for letter in firsts:
                    letters[letter].add(index)
            self._letters.append(frozenset(word[0].upper() for name in names for word in name))
        self._alone = {letter: frozenset(owners) for letter, owners in letters.items()}
        self._whole = {row: frozenset(owners) for row, owners in whole.items()}

    def found(self, text: str) -> Iterator[NameSpan]:
        """Where initials stand alone, and whose they may be."""
        for found in _SEVERAL.finditer(text) if self._whole else ():
            if _NOT_AFTER.search(text[max(0, found.start() - 12) : found.start()]):
                continue
            yield from self._several(text, found.start(), found.end())
        if not self._alone:
            return
        for found in _ALONE.finditer(text):
            owners = self._alone.get(found.group(1), frozenset())
            if owners and not _NOT_AFTER.search(text[max(0, found.start() - 12) : found.start()]):
                yield NameSpan(found.start(), found.end(), owners)
        for found in _TWO.finditer(text):
            one, other = (self._alone.get(found.group(group)) for group in (1, 3))
            if one and other and found.group(1) != found.group(3):
                yield NameSpan(found.start(1), found.start(2), one)
                yield NameSpan(found.start(3), found.end(), other)

    def _several(self, text: str, start: int, end: int) -> Iterator[NameSpan]:
        """The longest initials of somebody that a row of capitals begins with."""
        places = [at for at in range(start, end) if text[at].isalpha()]
        for count in range(len(places), 1, -1):
            last = places[count - 1] + 1
            row = form("".join(text[at] for at in places[:count])).upper()
            is_plain = last - start == count
            if row not in self._whole or (is_plain and row.lower() in words_of("abbreviations")):
                continue
            if not text[last : last + 1].isalnum():
                yield NameSpan(
                    start, last + (not is_plain and text[last : last + 1] == "."), self._whole[row]
                )
                return

    def widened(self, text: str, span: NameSpan) -> NameSpan:
        """The place of a name with the initials of its owner beside it, as in “Ana R.” and “A. Rossi”."""
        letters = frozenset[str]().union(*(self._letters[owner] for owner in span.owners))
        start, end, owners = span.start, span.end, span.owners
        after = _AFTER.match(text, end)
        if (
            after
            and after.group(1) in letters
            and (after.group(1) not in _WORDS or after.group().endswith("."))
        ):
            end, owners = after.end(), self._with_letter(owners, after.group(1))
        before = _BEFORE.search(text, max(0, start - 9), start)
        if before and before.group(1) in letters and (before.group(1) not in _WORDS or before.group(2)):
            start, owners = before.start(), self._with_letter(owners, before.group(1))
        return replace(span, start=start, end=end, owners=owners)

    def _with_letter(self, owners: frozenset[int], letter: str) -> frozenset[int]:
        return frozenset(owner for owner in owners if letter in self._letters[owner]) or owners


def _rows(name: tuple[str, ...]) -> set[str]:
    """The initials of a name of several words: of all, of those that say something, of the first and last."""
    named = tuple(word for word in name if word not in words_of("particles")) or name
    rows = {"".join(word[0].upper() for word in words) for words in (name, named, (named[0], named[-1]))}
    return {row for row in rows if len(name) > 1 and len(row) > 1 and row.isupper()}
