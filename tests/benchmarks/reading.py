"""From a long body to the lines one can scroll, beside parsing its markdown and nothing else."""

from markdown_it import MarkdownIt

from kapjournal.tui.rendering.layout import lay_out
from kapjournal.tui.rendering.markdown import blocks
from tests.benchmarks.measures import Figure, side_by_side
from tests.benchmarks.typing import words

WIDTH = 76

NOTES = {
    "8,000 words in 80 paragraphs": words(8000, 80),
    "a list of 1,500 items": "\n".join(f"- {line}" for line in words(15_000, 1500).split("\n\n")),
}


def reading() -> list[Figure]:
    """Each note, the median of seven."""
    return [Figure(f"lay out {name}", *_side_by_side(body)) for name, body in NOTES.items()]


def _side_by_side(body: str) -> tuple[float, float]:
    parser = MarkdownIt("commonmark")
    return side_by_side(lambda: lay_out(blocks(body), WIDTH), lambda: parser.parse(body), 7)
