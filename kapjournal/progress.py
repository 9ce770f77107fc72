"""How far something that takes long is, for whoever waits and for whoever stops it."""

from collections.abc import Callable

Progress = Callable[[int, int], object]
"""Called again and again with how much of how much is done: bytes, or notes; a whole of 0 is not known. What
it raises ends the work, and nothing is left of it."""


def in_silence(_done: int, _whole: int) -> None:
    """Show no progress."""
