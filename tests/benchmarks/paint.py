"""From starting the program to its first room on a terminal, beside a Textual app with nothing in it."""

import os
import pty
import statistics
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.measures import Figure
from tests.shared_journal import SharedJournal

_UNTIL_PAINTED = """
import os, sys
from textual.app import App

paint = App._display

def paint_and_leave(self, screen, renderable):
    paint(self, screen, renderable)
    if renderable is not None and type(screen).__name__ == {screen!r} and screen.is_current:
        os._exit(77)

App._display = paint_and_leave
"""

_EMPTY = _UNTIL_PAINTED.format(screen="Screen") + "App().run()\n"
_DOORS = _UNTIL_PAINTED.format(screen="DoorsScreen") + "from kapjournal.__main__ import main\nmain()\n"


def first_paint(shared: SharedJournal, pairs: int = 11) -> list[Figure]:
    """The median of both, started in turns."""
    taken = [(_start_to_paint(_DOORS, "-j", str(shared.path)), _start_to_paint(_EMPTY)) for _ in range(pairs)]
    ours, empty = (statistics.median(column) for column in zip(*taken, strict=True))
    return [Figure("first paint, beside an empty Textual app", ours, empty)]


def _start_to_paint(program: str, *arguments: str) -> float:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=Path(__file__).parents[2],
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        threading.Thread(target=_read_all, args=(ours,), daemon=True).start()
        watch = threading.Timer(60, process.kill)
        watch.start()
        code = process.wait()  # with a timeout it would look only every 50 ms
        watch.cancel()
    taken = time.perf_counter() - start
    if code != 77:
        raise RuntimeError(f"nothing was painted (exit code {code})")
    return taken


def _read_all(terminal: int) -> None:
    with suppress(OSError):
        while os.read(terminal, 65536):
            pass
    os.close(terminal)
