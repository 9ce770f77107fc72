"""What changed from one wording to the next, line by line; each face words or draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

MOST_WORDS = 2_000
"""Words are compared within lines of up to so many; longer ones differ as a whole."""


@dataclass(frozen=True, slots=True)
class UnchangedLines:
    """Lines both wordings have; `start` counts the lines of the later wording from 0."""

    start: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that differs: `before` is None where it is new, `after` where it was taken out.

    `place` counts the lines of the later wording from 0: where the line stands, or stood before.
    """

    place: int
    before: str | None
    after: str | None


def compare(before: str, after: str) -> Iterator[UnchangedLines | ChangedLine]:
    """Both wordings from their first line to their last."""
    old, new = before.split("\n"), after.split("\n")
    for name, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if name == "equal":
            yield UnchangedLines(new_from, new[new_from:new_to])
            continue
        place = new_from
        for one, other in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            yield ChangedLine(place, one, other)
            place += other is not None
