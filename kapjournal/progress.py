"""How far something that takes long is, for whoever waits and for whoever stops it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from kapjournal import signals
from kapjournal.errors import GivenUp

T = TypeVar("T")

Progress = Callable[[int, int], object]
"""Called again and again with how much of how much is done: bytes, or notes; a whole of 0 is not known. What
it raises ends the work, and nothing is left of it."""

HowFar = Callable[[Callable[[str], object]], Progress]
"""What makes, of something that says a sentence, something that says how much of how much is done."""


def in_silence(_done: int, _whole: int) -> None:
    """Show no progress."""


def each(things: Sequence[T], follow: Progress) -> Iterator[T]:
    """One after the other, while it is told how many are done."""
    for done, one in enumerate(things):
        follow(done, len(things))
        yield one


class Counting:
    """Adds up what is done of a whole. Each step lets a signal through where it is not too late, also within
    a transaction, which is then undone."""

    def __init__(self, follow: Progress = in_silence, whole: int = 0) -> None:
        self._follow = follow
        self._whole = whole
        self._done = 0

    def add(self, more: int) -> None:
        """So much more is done."""
        signals.give_way()
        self._add(more)

    def tell(self, more: int) -> None:
        """The same where it is too late to give up: that waits for the next step."""
        with suppress(GivenUp):
            self._add(more)

    def _add(self, more: int) -> None:
        self._done += more
        self._follow(min(self._done, self._whole), self._whole)
