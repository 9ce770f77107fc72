"""From notes to one document, beside parsing the same markdown and nothing else: long notes, and many."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from kapjournal.domain.notes import Note
from kapjournal.exchange import export_document
from tests.benchmarks.measures import Figure, seconds
from tests.benchmarks.typing import words
from tests.exchange.fake_journal import ANA, BEN, FakeJournal, note

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
COUNTS = (1000, 10_000, 100_000)

PAGE = f"## What stayed\n\n{words(120, 2)}\n\n- one\n- two, as in [1]\n\n```\n# code\n```\n\n"
SHORT = "# A day\n\nIt was *calm*, as in [1].\n\n[1]: /calm\n"


def long_notes() -> list[Figure]:
    """A note of each size, one's own and another's."""
    figures = []
    for size in SIZES:
        body = f"{PAGE * (size // len(PAGE))}\n[1]: /one\n"
        for whose, author in (("one's own", ANA), ("another's", BEN)):
            figures.append(_figure(f"{whose} note of {size // 1000:,} kB", [note("n", body, author=author)]))
    return figures


def many_notes() -> list[Figure]:
    """Short notes that all define the same label."""
    return [_figure(f"{count:,} notes", [note(f"n{n}", SHORT) for n in range(count)]) for count in COUNTS]


def _figure(name: str, notes: Sequence[Note]) -> Figure:
    journal = FakeJournal(list(notes)).journal
    parser = MarkdownIt("commonmark").enable("table")
    with tempfile.TemporaryDirectory() as folder:
        taken = seconds(lambda: export_document(journal, Path(folder) / "all.md", notes))
    least = seconds(lambda: [parser.parse(each.text.body) for each in notes])
    return Figure(f"export {name} as one document", taken, least)
