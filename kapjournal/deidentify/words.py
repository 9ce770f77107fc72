"""Words of a text in the form in which names are compared, with the places where they stand.

A word is a row of letters. What cannot be seen, and markdown's marks of emphasis between two letters, are no
part of it: “A\u00adna” and “**A**na” are the word “ana”. Digits, hyphens and apostrophes end one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from kapjournal.domain.folding import composed, folded, starts
from kapjournal.text import UNSEEN

EMPHASIS = "*_~`"
"""Markdown's marks of emphasis, deletion and code."""

UNSEEN_CLASS = UNSEEN.pattern[1:-1]
"""What takes no ink, as the inside of a character class."""

_LETTER = (
    "[^\\s\x00-@\\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u037e\u0387\u05be\u05c0\u05c3\u05f3"
    "\u05f4\u060c\u061b\u061f\u066a-\u066c\u06d4\u0660-\u0669\u06f0-\u06f9\u0964-\u096f\u2000-\u2bff\u3000-\u3004"
    f"\u3007-\u3030\u303d-\u303f\u30fb\uff00-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001fbff{UNSEEN_CLASS}]"
)
"""Neither space nor sign nor digit nor emoji: letters of any script, and the marks that go with them."""

_BETWEEN = f"[{UNSEEN_CLASS}{re.escape(EMPHASIS)}]"

WORD = re.compile(rf"{_LETTER}+(?:{_BETWEEN}+{_LETTER}+)*")
"""A row of letters."""

TOKEN = re.compile(rf"{WORD.pattern}|[0-9]+")
"""A row of letters, or one of digits: what the forms of a name are made of."""

_DROPPED = re.compile(f"{_BETWEEN}+")
_MARKS = re.compile(f"[{re.escape(EMPHASIS)}]+")


class Word(NamedTuple):
    """A word as it stands in the text, its compared form, and its place."""

    text: str
    form: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital, or is of a script that has none."""
        first = self.text[0]
        return first.isupper() or first.istitle() or not first.islower()


def words(text: str) -> Iterator[Word]:
    """Each word of a text, in order."""
    for found in WORD.finditer(text):
        raw = found.group()
        yield Word(raw, form(raw), found.start(), found.end())


def pieces(word: Word) -> list[Word]:
    """The parts of a word between marks of emphasis, if there are two at least: “ana_rossi” has two."""
    cuts = list(_MARKS.finditer(word.text))
    if not cuts:
        return []
    begin = [0, *(cut.end() for cut in cuts)]
    end = [*(cut.start() for cut in cuts), len(word.text)]
    return [
        Word(raw, form(raw), word.start + first, word.start + last)
        for first, last in zip(begin, end, strict=True)
        if (raw := word.text[first:last])
    ]


@lru_cache(maxsize=100_000)
def form(raw: str) -> str:
    """The compared form of a word: without case, accents and what stands between its letters."""
    if raw.isascii() and raw.isalpha():
        return raw.lower()
    return composed(folded(normalize("NFC", _DROPPED.sub("", raw)))).replace(" ", "")


@contextmanager
def forgotten() -> Iterator[None]:
    """Forget, when it ends, every word that was compared: none stays in memory once a door is shut."""
    try:
        yield
    finally:
        form.cache_clear()


def forms(name: str) -> tuple[str, ...]:
    """The compared forms of the words and digits of a name."""
    return tuple(made for token in TOKEN.findall(name) if (made := form(token)))


def places_within(word: Word, part: str) -> Iterator[tuple[int, int]]:
    """Where a part of its compared form stands in a word, from left to right.

    A word with letters in several code points is not cut: it is given whole.
    """
    at = word.form.find(part)
    if at >= 0 and (not is_normalized("NFC", word.text) or _DROPPED.search(word.text)):
        yield word.start, word.end
        return
    where = starts(word.text) if at >= 0 else []
    if where and where[-1] != len(word.form):
        yield word.start, word.end
        return
    opens = {place: index for index, place in enumerate(where[:-1])}
    closes = {place: index for index, place in enumerate(where)}
    while at >= 0:
        first, last = opens.get(at), closes.get(at + len(part))
        if first is not None and last is not None:
            yield word.start + first, word.start + last
        at = word.form.find(part, at + len(part))
