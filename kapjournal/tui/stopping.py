"""Giving up what takes long: a screen says that it is to stop, and the thread that does it hears of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kapjournal.confined import Stop
from kapjournal.errors import CannotSave, GivenUp
from kapjournal.presentation.progress import in_quarters
from kapjournal.progress import HowFar, Progress

STOPPING = "Stopping…"


class Stopping:
    """Whether what is being done is to stop. `say` is called in the thread that does it."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._is_wanted = False
        self._stop: Stop | None = None

    def begin(self) -> None:
        """Something begins, and goes on until it is told."""
        self._is_wanted, self._stop = False, None

    def stop(self) -> None:
        """Let it stop as soon as it can."""
        self._is_wanted = True
        if self._stop is not None:
            self._stop()

    def begun(self, stop: Stop) -> None:
        """A PDF is being made, which `stop` stops; in the thread that does it."""
        self._stop = stop
        if self._is_wanted:
            stop()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """What cannot be done because a PDF was stopped was given up (`GivenUp`)."""
        try:
            yield
        except CannotSave:
            if self._is_wanted and self._stop is not None:
                raise GivenUp from None
            raise

    def following(self, how_far: HowFar = in_quarters) -> Progress:
        """What says how far it is, and gives it up (`GivenUp`) once that is wanted."""
        say = how_far(self._say)

        def follow(done: int, whole: int) -> None:
            if self._is_wanted:
                raise GivenUp
            say(done, whole)

        return follow
