"""A picture as a terminal can show it: few points, made by another process that may come to harm by it."""

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kapjournal.errors import Refused

MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not shown."""

_WITHIN_SECONDS = 10.0
_PROGRAM = "kapjournal.pictures.made_small"

Stop = Callable[[], object]


class CannotBeShown(Refused):
    """It is no picture, or none that this program shows."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class SmallPicture:
    """Rows of points, each three bytes: red, green and blue."""

    width: int
    height: int
    points: bytes

    def row(self, y: int) -> list[tuple[int, int, int]]:
        """The colours of a row."""
        row = self.points[3 * self.width * y : 3 * self.width * (y + 1)]
        return list(zip(row[::3], row[1::3], row[2::3], strict=True))


def small(data: bytes, width: int, height: int, begun: Callable[[Stop], object]) -> SmallPicture:
    """Make a picture so many points wide and high at most (`CannotBeShown`).

    Its bytes go from memory to memory. `begun` is given what stops it; after ten seconds it stops by
    itself."""
    if len(data) > MAX_BYTES:
        raise _refused()
    command = [sys.executable, "-P", "-m", _PROGRAM, str(width), str(height)]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)  # noqa: S603 - it is ours
    except OSError:
        raise _refused() from None
    clock = threading.Timer(_WITHIN_SECONDS, process.kill)
    clock.start()
    with process:
        try:
            begun(process.kill)
            return _asked(process, data, width, height)
        finally:
            clock.cancel()
            process.kill()


def _asked(process: "subprocess.Popen[bytes]", data: bytes, width: int, height: int) -> SmallPicture:
    """Give it the picture and take what comes back, whatever has become of it."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 - they are pipes
    with suppress(OSError):  # it may have ended
        process.stdin.write(data)
    with suppress(OSError):
        process.stdin.close()
    answer = process.stdout.read(4 + 3 * width * height)
    made = SmallPicture(int.from_bytes(answer[:2], "big"), int.from_bytes(answer[2:4], "big"), answer[4:])
    fits = 0 < made.width <= width and 0 < made.height <= height
    if not fits or len(made.points) != 3 * made.width * made.height:
        raise _refused()
    return made


def _refused() -> CannotBeShown:
    return CannotBeShown("This picture cannot be shown here.")
