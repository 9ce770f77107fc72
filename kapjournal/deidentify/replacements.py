"""The words that stand in the place of names, made at random for one recipient."""

import re
import secrets
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.domain.folding import folded

_BRACKETED = {FindingKind.PLACE: "place", FindingKind.EMPLOYER: "employer"}


class Replacements:
    """For each name the word that stands in its place for one recipient.

    Words are drawn with `secrets` from a list of calm nouns and say nothing of what they replace. Each name
    has its own, and keeps it: a second recipient gets another `Replacements`, and so other words.
    """

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        """`words` is what `dumped` gave; without it, all words are new."""
        self._words = dict(words or {})

    def dumped(self) -> dict[str, str]:
        """The word of each name by its main form, to be sealed and given back later. It tells who is who."""
        return dict(self._words)

    def prepare(self, known: Iterable[Known], text: str) -> None:
        """Draw a word for each name that has none yet: one that no name has and that is not in `text`."""
        missing = [one for one in known if _key(one) not in self._words]
        if not missing:
            return
        taken = {folded(word) for word in self._words.values()} | set(folded(text).split())
        taken |= {word for one in known for form in one.forms for word in folded(form).split()}
        free = [word for word in word_list() if word not in taken]
        for one in missing:
            self._words.setdefault(_key(one), free.pop(secrets.randbelow(len(free))).capitalize())

    def of(self, known: Known) -> str:
        """What stands in the place of a name: “Juniper” for a person, “[place Juniper]” for a place."""
        word = self._words[_key(known)]
        what = _BRACKETED.get(known.kind)
        return f"[{what} {word}]" if what else word


def _key(known: Known) -> str:
    return known.forms[0]


@cache
def word_list() -> tuple[str, ...]:
    """The words that replacements are drawn from: plants, stones, tools and weather, in small letters."""
    text = resources.files(__package__).joinpath("replacement_words.txt").read_text("ascii")
    return tuple(re.findall(r"[a-z]+", text))
