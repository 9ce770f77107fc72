"""How long the program has not been used."""

import time
from collections.abc import Callable


class Inactivity:
    """Measures the time since the last key, click or paste.

    Two clocks are read and the longer time counts: the monotonic clock stands still while the computer
    sleeps, and the wall clock may be set back.
    """

    def __init__(
        self,
        limit: float,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start counting now."""
        self.limit = limit
        """In seconds."""
        self._wall = wall
        self._monotonic = monotonic
        self.touched()

    def touched(self) -> None:
        """Start again from zero: a key, a click or a paste arrived."""
        self._last = (self._wall(), self._monotonic())

    @property
    def left(self) -> float:
        """How many seconds are left until the limit; zero or less once it is reached."""
        return self.limit - self._quiet

    def is_over(self, times: int = 1) -> bool:
        """Whether the limit is reached, or `times` that long."""
        return self._quiet >= self.limit * times

    @property
    def _quiet(self) -> float:
        wall, monotonic = self._last
        return max(self._wall() - wall, self._monotonic() - monotonic)
