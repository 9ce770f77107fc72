"""A text without what takes no ink and without marks of markdown, and where its characters stood."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from kapjournal.deidentify.spans import Span
from kapjournal.deidentify.words import UNSEEN_CLASS

_LEFT_OUT = re.compile(rf"[{UNSEEN_CLASS}*`\\\r]+")
_LINE_END_IN_A_SENTENCE = re.compile(r"(?<=[^\W\d]|[,;)])\n(?=[^\W_])|(?<=\d)\n(?=[^\W\d_])")
_ALIKE = str.maketrans(
    dict.fromkeys("\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("\u2010\u2011\u2012\ufe63\uff0d", "-")
    | dict.fromkeys("\u2019\u02bc\uff07", "'")
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)}
    | {"\uff20": "@", "\uff0e": ".", "\uff0f": "/", "\uff1a": ":"}
)
"""What is written otherwise and read the same: spaces, hyphens, apostrophes, digits of other scripts."""


_GLUED = re.compile(rf"(?<=\d)(?:{_LEFT_OUT.pattern})?\Z")
_LONGEST_MARKS = 64
"""Between a name and a digit at most so many characters that are left out are looked past."""


def glued_apart(text: str, names: Sequence[Span]) -> str | None:
    """The text with blanks in the place of each name that a digit stands before or behind; None if there
    is none. Digits that letters touch are part of a word to the patterns, and no date or number."""
    parts, at = [], 0
    for name in names:
        before = text[max(0, name.start - _LONGEST_MARKS) : name.start]
        behind = text[name.end : name.end + _LONGEST_MARKS]
        if name.start >= at and (_GLUED.search(before) or _GLUED.search(behind[::-1])):
            parts += [text[at : name.start], " " * (name.end - name.start)]
            at = name.end
    return "".join([*parts, text[at:]]) if parts else None


class PlainView:
    """The text that patterns are looked for in: “3\\. **M**arch” is “3. March”. A line that ends inside a
    sentence goes on after a space. `small` is the same in small letters, character for character: a pattern
    of many words is much faster where the case is settled.
    """

    def __init__(self, text: str) -> None:
        parts, self._begins, self._adds = [], [0], [0]
        at = length = 0
        for found in _LEFT_OUT.finditer(text):
            parts.append(text[at : found.start()])
            length += found.start() - at
            at = found.end()
            self._begins.append(length)
            self._adds.append(at - length)
        plain = "".join([*parts, text[at:]]).translate(_ALIKE)
        self.text = _LINE_END_IN_A_SENTENCE.sub(" ", plain)
        self.small = _in_small_letters(self.text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the view stands in the text: from its first to its last character."""
        return self._at(start), self._at(end - 1) + 1

    def _at(self, place: int) -> int:
        return place + self._adds[bisect_right(self._begins, place) - 1]


def _in_small_letters(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in text)
