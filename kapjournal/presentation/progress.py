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
    return each_quarter(lambda percent, whole: say(f"{percent} % of {size(whole)}."), _LARGE)


def each_quarter(tell: Callable[[int, int], object], large: int) -> Callable[[int, int], None]:
    """Tell how many percent of how much are done, each time a quarter more is, if it is `large`."""
    told = 0

    def follow(done: int, whole: int) -> None:
        nonlocal told
        quarter = 4 * done // max(whole, 1)
        if whole >= large and quarter > told:
            told = quarter
            tell(25 * quarter, whole)

    return follow
