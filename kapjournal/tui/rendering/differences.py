"""What changed from one wording to the next, as blocks to show: by symbol, by underline and by colour."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from textual.content import Content

from kapjournal.presentation.differences import (
    MOST_WORDS,
    ChangedLine,
    Effort,
    UnchangedLines,
    compare,
    same_ends,
)
from kapjournal.text import shown
from kapjournal.tui.rendering.layout import Block

ADDED, REMOVED, SAME = "+ ", "- ", "  "
_TONES = {ADDED: "$success", REMOVED: "$error"}

AROUND = 1
"""How many unchanged lines stand before and after a change."""

_WORDS = re.compile(r"\S+|\s+")


def differences(before: str, after: str) -> list[Block]:
    """The changed lines of `after` against `before`, with a little of what is around them."""
    after = shown(after)
    count = after.count("\n") + 1
    page: list[Block] = []
    effort = Effort()
    for sign, parts in groupby(compare(shown(before), after), _sign):
        if sign:
            lines = (part.before or part.after or "" for part in parts if isinstance(part, ChangedLine))
            page.append(_block(sign, Content.styled("\n".join(lines), _TONES[sign])))
            continue
        for part in parts:
            if isinstance(part, UnchangedLines):
                end = part.start + len(part.lines)
                page += _same(part.lines, is_first=part.start == 0, is_last=end == count)
            else:
                page += _changed(part.before or "", part.after or "", effort)
    return page


def _sign(part: UnchangedLines | ChangedLine) -> str:
    """What stands before a line that is in one wording alone; such lines after each other are one block."""
    if isinstance(part, UnchangedLines) or (part.before is not None and part.after is not None):
        return ""
    return ADDED if part.before is None else REMOVED


def _same(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Block]:
    head, tail = 0 if is_first else AROUND, 0 if is_last else AROUND
    hidden = len(lines) - head - tail
    if hidden <= 1:
        head, tail, hidden = len(lines), 0, 0
    for line in lines[:head]:
        yield _block(SAME, Content.styled(line, "$text-muted"))
    if hidden:
        said = Content.styled(f"… {hidden} lines as before …", "italic $text-muted")
        yield _block(SAME, said)
    for line in lines[len(lines) - tail :] if tail else ():
        yield _block(SAME, Content.styled(line, "$text-muted"))


def _changed(before: str, after: str, effort: Effort) -> Iterator[Block]:
    gone, come = _words(before, after, effort)
    yield _block(REMOVED, gone)
    yield _block(ADDED, come)


def _block(sign: str, words: Content) -> Block:
    return Block(sign, sign, words, gap=False)


def _words(old: str, new: str, effort: Effort) -> tuple[Content, Content]:
    """Both lines, with the words only one of them has underlined; in a very long line, everything between the
    first change and the last."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    head, tail = same_ends(ours, theirs)
    middle = slice(head, len(ours) - tail), slice(head, len(theirs) - tail)
    most = max(len(ours), len(theirs)) - head - tail
    if most > MOST_WORDS or not effort.allows(ours[middle[0]], theirs[middle[1]]):
        kept: list[tuple[int, int, int]] = []
    else:
        matcher = SequenceMatcher(None, ours[middle[0]], theirs[middle[1]], autojunk=False)
        kept = [(head + block.a, head + block.b, block.size) for block in matcher.get_matching_blocks()]
    both = [(0, 0, head), *kept]
    both.append((len(ours) - tail, len(theirs) - tail, tail))
    return (
        _marked(ours, [(a, a + size) for a, _, size in both], _TONES[REMOVED]),
        _marked(theirs, [(b, b + size) for _, b, size in both], _TONES[ADDED]),
    )


def _marked(words: Sequence[str], same: Sequence[tuple[int, int]], tone: str) -> Content:
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in same:
        parts.append(("".join(words[at:start]), f"underline {tone}"))
        parts.append(("".join(words[start:end]), tone))
        at = end
    parts.append(("".join(words[at:]), f"underline {tone}"))
    return Content.assemble(*(part for part in parts if part[0]))
