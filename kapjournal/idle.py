"""How long nobody has touched the program."""

import time
from collections.abc import Callable


class Inactivity:
    """Measures the time since the last key, click or paste.

    Both clocks are asked and the longer time counts: the monotonic clock stands still while a lid is closed,
    and the wall clock may be set back.
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
        """Somebody is there."""
        self._last = (self._wall(), self._monotonic())

    @property
    def left(self) -> float:
        """How many seconds of quiet are left until the limit; none or fewer: it is over."""
        return self.limit - self._quiet

    def is_over(self, times: int = 1) -> bool:
        """Whether nobody was there for the whole limit, or `times` as long."""
        return self._quiet >= self.limit * times

    @property
    def _quiet(self) -> float:
        wall, monotonic = self._last
        return max(self._wall() - wall, self._monotonic() - monotonic)
