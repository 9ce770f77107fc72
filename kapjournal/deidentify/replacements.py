"""The words that stand in the place of names, made at random for one recipient."""

import secrets
from collections.abc import Callable, Iterable, Mapping

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.deidentify.lists import words_of
from kapjournal.domain.folding import folded

_HISSING = ("s", "x", "z", "ch", "sh")
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

    def prepare(
        self,
        wanted: Iterable[Known],
        text: str,
        known: Iterable[Known] = (),
        is_found: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Draw a word for each of `wanted` that has none yet: one that nobody has, that is neither in `text`
        nor in a form of the `known`, and that no second look would take for one of them (`is_found`)."""
        missing = list(dict.fromkeys(key for one in wanted if (key := one.forms[0]) not in self._words))
        if not missing:
            return
        taken = {folded(word) for word in self._words.values()} | set(folded(text).split())
        taken |= {word for one in known for form in one.forms for word in folded(form).split()}
        free = [word for word in sorted(words_of("replacement_words")) if word not in taken]
        for key in missing:
            while is_found(word := _drawn(free, taken)):
                pass
            self._words[key] = word

    def of(self, known: Known, *, is_plural: bool = False) -> str:
        """What stands in the place of a name: “Birch” for a person, “[place Birch]” for a place.

        A plural stays one: “Junipers”.
        """
        word = self._words[known.forms[0]]
        what = _BRACKETED.get(known.kind)
        if what:
            return f"[{what} {word}]"
        return f"{word}{'es' if word.endswith(_HISSING) else 's'}" if is_plural else word


def _drawn(free: list[str], taken: set[str]) -> str:
    """A word that is free, and no longer is; once the list is used up, two words with a hyphen."""
    if free:
        return free.pop(secrets.randbelow(len(free))).capitalize()
    while (two := "-".join(secrets.choice(sorted(words_of("replacement_words"))) for _ in range(2))) in taken:
        pass
    taken.add(two)
    return two.title()
