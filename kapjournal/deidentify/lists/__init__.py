"""The word lists of this package: plain text, words between spaces, lines that begin with # left out."""

from functools import cache
from importlib import resources


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list, in small letters."""
    text = resources.files(__package__).joinpath(f"{name}.txt").read_text("ascii")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
