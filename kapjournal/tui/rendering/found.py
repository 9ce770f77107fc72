"""The words of a search, marked in the blocks of a page and in the lines of a list."""

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from kapjournal.domain.matching import Marker, Runs, query_words
from kapjournal.text import shown_line
from kapjournal.tui.rendering.layout import Block

FOUND = "bold underline $warning"
"""How the words are shown; nothing else on a page is."""

LEAD = 30
"""Characters of an excerpt before the first word that was found."""


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


def excerpt_line(runs: Runs) -> Content:
    """The words around what was found, so near their beginning that the mark is seen on a small screen."""
    before, matches = runs[0] if runs else ("", False)
    if not matches and len(before) > LEAD and len(runs) > 1:
        runs = (("…" + before[-LEAD:].partition(" ")[2], False), *runs[1:])
    return marked_line(runs)


def marked_line(runs: Runs) -> Content:
    """A line with what was found marked, harmless to a terminal."""
    return Content.assemble(*((shown_line(text), "bold $warning" if match else "") for text, match in runs))
