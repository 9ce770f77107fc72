"""How much something is, and how far what takes a while is, in words."""

from collections.abc import Callable

_LARGE = 8 * 1024 * 1024
"""Of a smaller file it is not said how far it is: it is done at once."""


def size(count: int) -> str:
    """A number of bytes as people say it."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def in_quarters(say: Callable[[str], object]) -> Callable[[int, int], None]:
    """Say how far a large file is, each time a quarter more of it is done."""
    said = 0

    def follow(done: int, whole: int) -> None:
        nonlocal said
        quarter = 4 * done // max(whole, 1)
        if whole >= _LARGE and quarter > said:
            said = quarter
            say(f"{25 * quarter} % of {size(whole)}.")

    return follow
