"""A picture as a terminal can show it: few points, made by another process that may come to harm by it."""

from collections.abc import Callable
from dataclasses import dataclass

from kapjournal import confined
from kapjournal.confined import Stop
from kapjournal.errors import Refused

MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not shown."""

_WITHIN_SECONDS = 10.0
_PROGRAM = "kapjournal.pictures.made_small"


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
    answer = confined.answer(
        _PROGRAM, (str(width), str(height)), data, begun, within=_WITHIN_SECONDS, most=4 + 3 * width * height
    )
    made = SmallPicture(int.from_bytes(answer[:2], "big"), int.from_bytes(answer[2:4], "big"), answer[4:])
    fits = 0 < made.width <= width and 0 < made.height <= height
    if not fits or len(made.points) != 3 * made.width * made.height:
        raise _refused()
    return made


def _refused() -> CannotBeShown:
    return CannotBeShown("This picture cannot be shown here.")
