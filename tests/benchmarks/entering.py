"""From Enter on the right passphrase to the cursor of an empty page, beside unlocking that door alone."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from kapjournal.config import Loaded, Settings
from kapjournal.journal import DEFAULT, unlock
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.benchmarks.measures import Figure
from tests.cast import PASSPHRASES
from tests.shared_journal import SharedJournal

TIMES = 5


def to_the_cursor(shared: SharedJournal, label: str) -> Figure:
    """The median of five, in turns with unlocking, both through a passphrase stretched as for a real door."""
    with tempfile.TemporaryDirectory(prefix="kapjournal-entering.") as folder:
        real = shared.copied(Path(folder) / "real")
        with real.open(label) as journal:
            journal.keys.change_passphrase(PASSPHRASES[label], strength=DEFAULT)
        taken = [(asyncio.run(_enter(real, label)), _unlock(real, label)) for _ in range(TIMES)]
    ours, floor = (statistics.median(column) for column in zip(*taken, strict=True))
    return Figure("passphrase to cursor, beside unlocking alone", ours, floor)


def _unlock(shared: SharedJournal, label: str) -> float:
    start = time.perf_counter()
    journal = unlock(shared.path, label=label, passphrase=PASSPHRASES[label], record_folder=shared.memory)
    taken = time.perf_counter() - start
    journal.close()
    return taken


async def _enter(shared: SharedJournal, label: str) -> float:
    app = KapApp(
        Loaded(Settings()), theme.load_all(), path=shared.path, label=label, record_folder=shared.memory
    )
    async with app.run_test(size=(120, 36)) as seat:
        await _until(seat, lambda: bool(app.screen.query("#open")))
        app.screen.query_one(Field).value = PASSPHRASES[label]
        start = time.perf_counter()
        await seat.press("enter")
        await _until(seat, lambda: isinstance(app.screen, CourseScreen))
        await seat.press("ctrl+n")
        await _until(seat, lambda: isinstance(app.focused, WritingArea) and app.focused.region.area > 0)
        return time.perf_counter() - start


async def _until(seat: Pilot[int], holds: Callable[[], bool]) -> None:
    while not holds():
        await seat.pause(0.001)
