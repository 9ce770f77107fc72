"""What changed from one wording to the next, line by line; each face words or draws it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

MOST_WORDS = 2_000
"""Words are compared within lines of up to so many; longer ones differ as a whole."""

MOST_EFFORT = 20_000_000
"""How many pairs of equal lines or words are looked at for one comparison: some seconds."""


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


class Effort:
    """What may still be spent on comparing: `SequenceMatcher` looks at all pairs of equals for each match."""

    def __init__(self) -> None:
        self._left = MOST_EFFORT

    def allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether two sequences may be compared one by one; if so, that is spent."""
        ours, theirs = Counter(old), Counter(new)
        pairs = sum(count * theirs[word] for word, count in ours.items() if word in theirs)
        needed = pairs * (min(len(old), len(new)) - sum(same_ends(old, new)) + 1)
        if needed > self._left:
            return False
        self._left -= needed
        return True


def same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines or words are the same at the beginning, and how many of the rest at the end."""
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    return head, tail


def compare(before: str, after: str) -> Iterator[UnchangedLines | ChangedLine]:
    """Both wordings from their first line to their last."""
    old, new = before.split("\n"), after.split("\n")
    effort = Effort()
    if effort.allows(old, new):
        yield from _one_by_one(old, new, 0)
        return
    start = 0, 0
    for kept_from, kept_to in _kept(old, new):
        yield from _between(old[start[0] : kept_from[0]], new[start[1] : kept_from[1]], start[1], effort)
        yield UnchangedLines(kept_from[1], new[kept_from[1] : kept_to[1]])
        start = kept_to
    yield from _between(old[start[0] :], new[start[1] :], start[1], effort)


def _one_by_one(old: Sequence[str], new: Sequence[str], start: int) -> Iterator[UnchangedLines | ChangedLine]:
    for name, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if name == "equal":
            yield UnchangedLines(start + new_from, new[new_from:new_to])
            continue
        place = start + new_from
        for one, other in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            yield ChangedLine(place, one, other)
            place += other is not None


def _between(
    old: Sequence[str], new: Sequence[str], start: int, effort: Effort
) -> Iterator[UnchangedLines | ChangedLine]:
    """Lines that stand between kept ones: compared if that is not too much, or else replaced as a whole."""
    if old and new and effort.allows(old, new):
        yield from _one_by_one(old, new, start)
        return
    for line in old:
        yield ChangedLine(start, line, None)
    for place, line in enumerate(new, start):
        yield ChangedLine(place, None, line)


def _kept(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Runs of lines that both have in the same order, as from and to, each a place in `old` and in `new`.

    Besides what is the same at the beginning and at the end, each run grows around a line that stands once in
    either wording; among these the most that are in order.
    """
    head, tail = same_ends(old, new)
    ends = len(old) - tail, len(new) - tail
    done = (0, 0)
    for one, other in [*([(0, 0)] if head else []), *_in_order(old, new, head, ends)]:
        if one < done[0] or other < done[1]:
            continue
        first, last = (one, other), (one, other)
        while first[0] > done[0] and first[1] > done[1] and old[first[0] - 1] == new[first[1] - 1]:
            first = first[0] - 1, first[1] - 1
        while last[0] < ends[0] and last[1] < ends[1] and old[last[0]] == new[last[1]]:
            last = last[0] + 1, last[1] + 1
        yield first, last
        done = last
    if tail:
        yield ends, (len(old), len(new))


def _in_order(
    old: Sequence[str], new: Sequence[str], head: int, ends: tuple[int, int]
) -> list[tuple[int, int]]:
    """The places of lines that are the only ones of their kind on both sides, the longest rising sequence."""
    ours, theirs = Counter(old[head : ends[0]]), Counter(new[head : ends[1]])
    where = {line: place for place, line in enumerate(new[head : ends[1]], head) if theirs[line] == 1}
    both = [
        (place, where[line])
        for place, line in enumerate(old[head : ends[0]], head)
        if ours[line] == 1 and line in where
    ]
    lowest: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(both):
        length = bisect_left(lowest, place)
        before.append(lasts[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        lasts[length : length + 1] = [number]
    chosen: list[tuple[int, int]] = []
    number = lasts[-1] if lasts else -1
    while number >= 0:
        chosen.append(both[number])
        number = before[number]
    return chosen[::-1]
