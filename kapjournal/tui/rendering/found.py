"""The words of a search, marked in the blocks of a page."""

from collections.abc import Sequence
from dataclasses import replace

from kapjournal.domain.matching import Marker, query_words
from kapjournal.tui.rendering.layout import Block

FOUND = "bold underline $warning"
"""How the words are shown; nothing else on a page is."""


def mark(page: Sequence[Block], query: str) -> Sequence[Block]:
    """The blocks with each place marked at which a word of the query stands."""
    words = query_words(query)
    if not words:
        return page
    marker = Marker(words)
    return [_marked(block, marker) for block in page]


def _marked(block: Block, marker: Marker) -> Block:
    words = block.words
    for start, end in marker.spans(words.plain):
        words = words.stylize(FOUND, start, end)
    return block if words is block.words else replace(block, words=words)
