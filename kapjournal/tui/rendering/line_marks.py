"""The parts of a line of markdown that look different while it is written; each line by itself, unparsed."""

import re
from typing import NamedTuple

LONGEST = 200_000
"""A line of more characters is left plain: looking through it would be felt at every key."""

_WHOLE = (
    ("heading", re.compile(r"#{1,6}[ \t]")),
    ("mark", re.compile(r"[ \t]*(?:`{3}|~{3}|(?:[-*_][ \t]*){3,}\Z)")),
    ("quote", re.compile(r"[ \t]*>")),
)
_BEGINS = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])(?=[ \t])")
_WITHIN = re.compile(
    r"(?P<code>`[^`]{1,400}`)"
    r"|(?P<strong>\*\*(?=[^\s*])[^*]{1,400}(?<=\S)\*\*|__(?=[^\s_])[^_]{1,400}(?<=\S)__)"
    r"|(?P<emphasis>\*(?<![\w*]\*)(?=[^\s*])[^*]{1,400}(?<=\S)\*(?![\w*])"
    r"|_(?<![\w_]_)(?=[^\s_])[^_]{1,400}(?<=\S)_(?!\w))"
    r"|(?P<strike>~~(?=[^\s~])[^~]{1,400}(?<=\S)~~)"
    r"|(?P<link>\[[^\]\[]{1,400}\]\([^)\s]{1,400}\))"
)

NAMES = ("heading", "mark", "quote", "code", "strong", "emphasis", "strike", "link")


class LineMark(NamedTuple):
    """A part of a line, from column `start` to before `end`, and what it is: one of `NAMES`."""

    start: int
    end: int
    name: str


def marks(line: str) -> list[LineMark]:
    """The parts of `line` that are marked, from left to right."""
    if len(line) > LONGEST:
        return []
    for name, begins in _WHOLE:
        if begins.match(line):
            return [LineMark(0, len(line), name)]
    item = _BEGINS.match(line)
    found = [LineMark(item.start(), item.end(), "mark")] if item else []
    found += [
        LineMark(*part.span(), part.lastgroup or "")
        for part in _WITHIN.finditer(line, found[-1].end if found else 0)
    ]
    return found
