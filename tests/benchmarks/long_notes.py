"""One note of growing length, in several shapes: `python -m tests.benchmarks.long_notes`.

Each figure is measured in a process of its own: how long it takes until the note's beginning and its end are
drawn, for reading or for writing, and how much memory that took at most. Ratios are to the note of 10 kB.
"""

import argparse
import asyncio
import concurrent.futures
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widget import Widget

from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.widgets.rendered_text import RenderedText
from tests.benchmarks.measures import peak_memory
from tests.benchmarks.typing import words

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SHAPES: dict[str, Callable[[int], str]] = {
    "prose": lambda size: words(size // 6, max(size // 600, 1)),
    "short lines": lambda size: "so it went\n" * (size // 11),
    "newlines": lambda size: "\n" * size + "end",
    "nested quotes": lambda size: ("> " * 9 + "said\n") * (size // 23),
    "one word": lambda size: "w" * size,
    "one wide word": lambda size: "漢" * (size // 3),
    "brackets": lambda size: "[" * size,
    "stars": lambda size: "*a" * (size // 2),
}
MOST_SECONDS = 120
MOST_BYTES = 6 * 1024**3


class _Page(App[None]):
    def __init__(self, body: str, *, to_write: bool) -> None:
        super().__init__()
        self._body, self._to_write = body, to_write

    def compose(self) -> ComposeResult:
        yield WritingArea(self._body) if self._to_write else RenderedText()


async def _drawn(body: str, *, to_write: bool) -> float:
    start = time.perf_counter()
    async with _Page(body, to_write=to_write).run_test(size=(80, 24)) as seat:
        page: Widget = seat.app.query_one(WritingArea if to_write else RenderedText)
        if isinstance(page, RenderedText):
            page.show(body)
            while not page.virtual_size.height:
                await asyncio.sleep(0.002)
        page.render_lines(Region(0, 0, *page.size))
        page.scroll_to(y=page.max_scroll_y, animate=False, immediate=True)
        page.render_lines(Region(0, 0, *page.size))
        return time.perf_counter() - start


def _measure(shape: str, size: int, to_write: bool) -> tuple[float, int]:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    body = SHAPES[shape](size)
    asyncio.run(_drawn(SHAPES[shape](1000), to_write=to_write))
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: making the note was one
    idle = peak_memory()
    return asyncio.run(_drawn(body, to_write=to_write)), peak_memory() - idle


def _apart(shape: str, size: int, *, to_write: bool) -> tuple[float, int] | None:
    """None where it took too long, or too much."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(_measure, shape, size, to_write).result()
        except (concurrent.futures.process.BrokenProcessPool, MemoryError):
            return None


def main() -> None:
    """Measure and print, one line a shape and size."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.long_notes", description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, nargs="+", default=list(SHAPES))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="BYTES")
    parser.add_argument("--to", choices=("read", "write"), nargs="+", default=["read", "write"])
    given = parser.parse_args()
    for to_write in (way == "write" for way in given.to):
        print("To write" if to_write else "To read", flush=True)
        for shape in given.shape:
            first: tuple[float, int] | None = None
            for size in given.sizes:
                found = _apart(shape, size, to_write=to_write)
                first = first or found
                print(f"  {shape:<14} {size:>10,} B  {_said(found, first)}", flush=True)
                if found is None:
                    break


def _said(found: tuple[float, int] | None, first: tuple[float, int] | None) -> str:
    if found is None or first is None:
        return f"more than {MOST_SECONDS} s or {MOST_BYTES // 1024**3} GB"
    seconds, memory = found
    return f"{seconds * 1000:>9,.0f} ms {seconds / first[0]:>8.1f}x  {memory / 1e6:>8.1f} MB more"


if __name__ == "__main__":
    main()
