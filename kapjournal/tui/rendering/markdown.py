"""A note's markdown as lines for one widget, with every word of it.

A widget for each paragraph takes seconds on a long list, so a note becomes plain blocks (what leads each
line, and the words) that are wrapped to any width at once. Words pass `shown` before the parser and again
after it.

Whatever a parser makes of odd markdown, nothing may be lost to a reader: each part of a note is compared with
what would be shown of it, letter by letter, and is shown as written where they differ.
"""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from textual.content import Content

from kapjournal.text import shown
from kapjournal.tui.rendering.layout import TAB, Block
from kapjournal.tui.rendering.parser import parse
from kapjournal.tui.rendering.token_blocks import TokenBlocks

PLAIN_ABOVE = 400_000
"""Longer bodies, in characters, are shown as written: parsing them would take longer than reading a page."""

WORK_ABOVE = 120_000
"""So are bodies with more marks than this: each costs about 10 µs, and others may have written them. A note
of 50,000 words in which two of three are emphasised has about 110,000, a list of as many 50,000."""

_COSTLY = {
    **dict.fromkeys("*_`~]()!<>&|\\", 1),
    "[": 5,
    **dict.fromkeys(("- ", "+ ", "\n"), 6),
    "* * ": 10,
    ". ": 3,
}
"""What the parser stops at, and how much of a mark it is; many items may begin in one line."""

_MARKUP = str.maketrans(dict.fromkeys("#*_`~>-+|[]()!<\\=:\"'"))
"""What may be a mark of markdown, and therefore need not be shown."""


def blocks(body: str) -> list[Block]:
    """Read a body as CommonMark with tables and strikethrough; line ends stay where they were typed."""
    text = shown(body)
    if len(text) > PLAIN_ABOVE or _work(text) > WORK_ABOVE:
        return [_as_written(text, gap=False)]
    text = text.expandtabs(TAB)
    lines = text.split("\n")
    page: list[Block] = []
    read = 0
    for part in _parts(parse(text)):
        start, end = part[0].map or (read, read)
        page += _missed(lines[read:start], gap=bool(page))
        page += _part(part, lines[start:end], gap=bool(page))
        read = end
    page += _missed(lines[read:], gap=bool(page))
    return page


def _work(text: str) -> int:
    return sum(text.count(mark) * cost for mark, cost in _COSTLY.items())


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each paragraph, list, quote, table or the like that stands in no other."""
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield part
            part = []


def _part(part: Sequence[Token], lines: Sequence[str], *, gap: bool) -> list[Block]:
    made = TokenBlocks(part, first_gap=gap)
    text = "\n".join(lines)
    if _letters(made.said) == _letters(text):
        return made.blocks
    return [_as_written(text.rstrip("\n"), gap=gap)]


def _missed(lines: Sequence[str], *, gap: bool) -> list[Block]:
    """Lines that belong to no part; they are empty unless the parser passed over something."""
    text = "\n".join(lines).strip("\n")
    return [_as_written(text, gap=gap)] if text.strip() else []


def _as_written(text: str, *, gap: bool) -> Block:
    return Block("", "", Content(text, strip_control_codes=False), gap)


def _letters(text: str) -> str:
    return "".join(text.translate(_MARKUP).split())
