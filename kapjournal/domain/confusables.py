"""Labels that look alike, such as “Ana” and one with a Cyrillic A: the skeletons of UTS #39."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from unicodedata import category, normalize

from kapjournal.domain.folding import ACCENT
from kapjournal.text import UNSEEN

Skeletons = tuple[str, str, str]
"""What a label looks like as it is written, in small and in capital letters."""


def skeletons(label: str) -> Skeletons:
    """What a label looks like, without accents, signs and what takes no ink."""
    letters = normalize("NFKD", UNSEEN.sub("", label))
    return _drawn(letters), _drawn(letters.casefold()), _drawn(letters.upper())


def are_confusable(one: str, other: str) -> bool:
    """Whether two labels look alike however they are written: “Ian” is like “lan”, but not like “Lan”."""
    return any(mine == theirs for mine, theirs in zip(skeletons(one), skeletons(other), strict=True))


def look_alikes(labels: Iterable[str]) -> dict[str, str]:
    """For each label that looks like others of them, the first of those; itself, if it occurs twice."""
    alike: dict[tuple[int, str], set[str]] = {}
    times = Counter(labels)
    seen = {label: tuple(enumerate(skeletons(label))) for label in times}
    for label, keys in seen.items():
        for key in keys:
            alike.setdefault(key, set()).add(label)
    others = {
        label: set[str]().union(*(alike[key] for key in keys)) - ({label} if times[label] == 1 else set())
        for label, keys in seen.items()
    }
    return {label: min(found) for label, found in others.items() if found}


def _drawn(letters: str) -> str:
    drawn = ACCENT.sub("", normalize("NFKD", letters.translate(_prototypes())))
    words = "".join(" " if category(character)[0] in "PZ" else character for character in drawn)
    return " ".join(words.split()) or drawn


@cache
def _prototypes() -> dict[int, str]:
    """For each character the one or the few that it looks like, as the Unicode Consortium lists them."""
    table = resources.files(__package__).joinpath("confusables.txt").read_text("utf-8")
    lines = (line.split(" ") for line in table.splitlines() if not line.startswith("#"))
    return {ord(character): looks_like for looks_like, alike in lines for character in alike}
