"""Blocks of text laid out to a width. Every row is counted; only those that are looked at are made."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from kapjournal.tui.rendering.rows import Rows

TAB = 4
"""Cells from one tab stop to the next."""

_MANY_SPANS = 500
"""A block with more styled parts is cut into its rows while the page is laid out, not while it is drawn."""

_MOST_CUT = 64
"""So many styled blocks are kept cut into their rows."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or row: `lead` begins its first line and `hang` every other one."""

    lead: str
    hang: str
    words: Content
    gap: bool
    """An empty line comes before it."""


class LaidOut:
    """The rows of a page, from the first to the last, each made when it is asked for."""

    def __init__(self, page: Sequence[Block], width: int) -> None:
        self._blocks = [_fitted(block, width) for block in page]
        self._rows: list[Rows] = []
        self._tops = array("L")
        self._cut: dict[int, list[Content]] = {}
        self._height = 0
        for index, block in enumerate(self._blocks):
            rows = Rows(block.words.plain, max(width - len(block.hang), 1))
            self._rows.append(rows)
            self._tops.append(self._height)
            self._height += rows.count + block.gap
            if len(block.words.spans) > _MANY_SPANS:
                self._cut[index] = self._pieces(block, rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._height

    def __iter__(self) -> Iterator[Content]:
        """Every row."""
        return map(self.__getitem__, range(self._height))

    def __getitem__(self, row: int) -> Content:
        """One row, counted from 0 (`IndexError`)."""
        if not 0 <= row < self._height:
            raise IndexError(row)
        index = bisect_right(self._tops, row) - 1
        block = self._blocks[index]
        row -= self._tops[index] + block.gap
        if row < 0:
            return Content("")
        words = self._words(index, row)
        lead = block.hang if row else block.lead
        return Content.styled(lead, "$text-muted") + words if lead else words

    def rows_styled(self, style: str) -> list[int]:
        """The row of each stretch of words in a style, in order."""
        return [
            self._tops[index] + self._blocks[index].gap + self._rows[index].row_of(span.start)
            for index, block in enumerate(self._blocks)
            for span in sorted(block.words.spans, key=lambda one: one.start)
            if span.style == style
        ]

    def _words(self, index: int, row: int) -> Content:
        block, rows = self._blocks[index], self._rows[index]
        if _is_even(block.words):
            start, end = rows.span(row)
            words = Content(block.words.plain[start:end], strip_control_codes=False)
            return words.stylize(block.words.spans[0].style) if block.words.spans else words
        if index not in self._cut:
            if len(self._cut) >= _MOST_CUT:
                self._cut = {
                    i: cut for i, cut in self._cut.items() if len(self._blocks[i].words.spans) > _MANY_SPANS
                }
            self._cut[index] = self._pieces(block, rows)
        return self._cut[index][row]

    def _pieces(self, block: Block, rows: Rows) -> list[Content]:
        spans = [rows.span(row) for row in range(rows.count)]
        starts = [start for start, _ in spans[1:]]
        pieces = block.words.divide(starts)
        return [piece[: end - start] for piece, (start, end) in zip(pieces, spans, strict=True)]


def lay_out(page: Sequence[Block], width: int) -> LaidOut:
    """Wrap blocks to rows of at most `width` cells."""
    return LaidOut(page, width)


def _fitted(block: Block, width: int) -> Block:
    """The block without tabs; one that would begin beyond the middle of the page begins at its left."""
    words = block.words.expand_tabs(TAB) if "\t" in block.words.plain else block.words
    if len(block.hang) > width // 2:
        words = Content.styled(block.lead, "$text-muted") + words
        return Block("", "", words, block.gap)
    return block if words is block.words else replace(block, words=words)


def _is_even(words: Content) -> bool:
    """Whether they are styled from the first to the last in one way, or not at all."""
    spans = words.spans
    return not spans or (len(spans) == 1 and spans[0].start == 0 and spans[0].end == len(words))
