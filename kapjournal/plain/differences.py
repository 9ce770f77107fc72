"""Differences in sentences: which words became which, in which line."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kapjournal.presentation.differences import MOST_WORDS, ChangedLine, Effort, compare

_WORDS = re.compile(r"\S+")

ALIKE = 0.5
"""Two lines with less than this share of their words in common are said whole, one after the other."""


def differences(before: str, after: str) -> Iterator[str]:
    """A sentence for each change; line numbers are those of the later wording."""
    effort = Effort()
    for part in compare(before, after):
        if isinstance(part, ChangedLine):
            yield from _line(part.place + 1, part.before, part.after, effort)


def _line(number: int, old: str | None, new: str | None, effort: Effort) -> Iterator[str]:
    if old is None or new is None:
        said = old if new is None else new
        where = f"Before line {number}, this was taken out" if new is None else f"Line {number} is new"
        yield f"{where}: {said}" if said else f"{where}, and empty."
        return
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    is_too_much = max(len(ours), len(theirs)) > MOST_WORDS or not effort.allows(ours, theirs)
    matcher = SequenceMatcher(
        None, [] if is_too_much else ours, [] if is_too_much else theirs, autojunk=False
    )
    if is_too_much or matcher.ratio() < ALIKE:
        yield f"Line {number} was: {old}"
        yield f"Line {number} is now: {new}"
        return
    if ours == theirs:
        yield f"In line {number}, only the spaces changed."
    for name, ours_from, ours_to, theirs_from, theirs_to in matcher.get_opcodes():
        if name != "equal":
            gone, come = _words(ours[ours_from:ours_to]), _words(theirs[theirs_from:theirs_to])
            yield f"In line {number}, {_became(gone, come, _before(theirs, theirs_from))}"


def _became(gone: str, come: str, where: str) -> str:
    if not gone:
        return f"{come} was put in {where}."
    return f"{gone} became {come}." if come else f"{gone} was taken out {where}."


def _before(words: Sequence[str], place: int) -> str:
    """Where something stands: after the two words before it, or at the beginning."""
    return f"after {_words(words[max(0, place - 2) : place])}" if place else "at the beginning"


def _words(words: Sequence[str]) -> str:
    return f"“{' '.join(words)}”" if words else ""
