"""What a person takes for one character may be several: a family of emoji, a flag, a letter and its accents.

Where one ends is looked for in the neighbourhood alone: a paragraph may be a megabyte long.
"""

from collections.abc import Iterator

from wcwidth import iter_graphemes

_NEAR = 128
"""In code points: the longest emoji has some 10. What is longer is taken for several characters."""


def before(line: str, column: int) -> int:
    """Where the character begins that ends at a column, or that a column is in; 0 at the beginning."""
    return next((start for start, end in _near(line, column) if start < column <= end), 0)


def after(line: str, column: int) -> int:
    """Where the character ends that begins at a column, or that a column is in; never past the end."""
    return next((end for start, end in _near(line, column) if start <= column < end), len(line))


def beginning(line: str, column: int) -> int:
    """The column itself or, if it is inside a character, where that begins."""
    return next((start for start, end in _near(line, column) if start <= column < end), column)


def _near(line: str, column: int) -> Iterator[tuple[int, int]]:
    """The characters around a column, as first and last column but one."""
    at = max(0, column - _NEAR)
    for grapheme in iter_graphemes(line[at : column + _NEAR]):
        yield at, at + len(grapheme)
        at += len(grapheme)
