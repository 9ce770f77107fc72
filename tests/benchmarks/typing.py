"""Typing into a long page, beside a bare `TextArea` with the same words: from the key to the drawn lines."""

import asyncio
import random
import statistics
import time
from itertools import cycle, islice

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widgets import TextArea

from kapjournal.tui.editor.writing_area import WritingArea
from tests.benchmarks.corpus import vocabulary
from tests.benchmarks.measures import Figure

WORDS = 20_000
SHAPES = {"one paragraph": 1, "200 paragraphs": 200}
KEYS = 30


def typing() -> list[Figure]:
    """A key in the middle of each page, the median of thirty."""
    return [
        Figure(f"type a letter, 20,000 words in {name}", *asyncio.run(_side_by_side(paragraphs)))
        for name, paragraphs in SHAPES.items()
    ]


def pasting(size: int = 1_000_000) -> list[Figure]:
    """A megabyte put into an empty page."""
    text = words(size // 6, size // 600)[:size]
    return [Figure("paste 1 MB", *asyncio.run(_side_by_side(1, text)))]


class _Pages(App[None]):
    def __init__(self, body: str) -> None:
        super().__init__()
        self.pages = (WritingArea(body, id="ours"), TextArea(body, id="bare"))

    def compose(self) -> ComposeResult:
        yield from self.pages


async def _side_by_side(paragraphs: int, pasted: str = "") -> tuple[float, float]:
    app = _Pages("" if pasted else words(WORDS, paragraphs))
    taken: dict[TextArea, list[float]] = {page: [] for page in app.pages}
    async with app.run_test(size=(76, 60)) as seat:
        for page in app.pages:
            middle = page.document.line_count // 2
            page.move_cursor((middle, len(page.document[middle]) // 2))
        await seat.pause()
        for key in [pasted] if pasted else islice(cycle("ab "), KEYS):
            for page in app.pages:
                start = time.perf_counter()
                if pasted:
                    page.insert(pasted)
                else:
                    await page._on_key(events.Key("space" if key == " " else key, key))
                page.render_lines(Region(0, 0, *page.size))
                taken[page].append(time.perf_counter() - start)
            await seat.pause()
    ours, bare = (statistics.median(times) for times in taken.values())
    return ours, bare


def words(count: int, paragraphs: int) -> str:
    """So many words, some of them marked or quoted, in paragraphs of equal length."""
    drawn = random.Random(5).choices(vocabulary(), k=count)
    drawn[:: max(count // 40, 1)] = ["**bold**"] * len(drawn[:: max(count // 40, 1)])
    drawn[7 :: max(count // 30, 1)] = ["“déjà-vu”"] * len(drawn[7 :: max(count // 30, 1)])
    each = count // paragraphs
    return "\n\n".join(" ".join(drawn[i : i + each]) for i in range(0, count, each))
