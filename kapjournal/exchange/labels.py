"""Labels that several notes of one document give a meaning to: each note keeps its own.

In markdown a definition such as `[1]: https://…` or `[^1]: …` holds for the whole document, and the first of
several wins.
"""

import re
from collections.abc import Iterator, Sequence

from kapjournal.exchange.found import Found
from kapjournal.exchange.reading import name_of, read

_LONGEST = 40
"""So many characters of a label go into a new one."""

_BRACKETS = re.compile(r"\\.|\[|\]", re.DOTALL)
_NOT_PLAIN = re.compile(r"[^\w -]+")
_BETWEEN = re.compile(r"[\s>]+")


def relabelled(bodies: Sequence[tuple[str, bool]]) -> list[dict[str, str]]:
    """For each body, of which is said whether it is another's: new labels for what it defines, by what the
    parser calls it, where another body may mean something else by the label. Most keep all of theirs."""
    named = [_defined(body, inert) for body, inert in bodies]
    defined = {_key(name) for names in named for name in names}
    if not defined:
        return [{} for _ in bodies]
    used: set[str] = set()
    at_home: dict[str, int] = {}
    """The only note, or the first of only definers, in which a label stands; -1 where no note may keep it."""
    for number, ((body, _), names) in enumerate(zip(bodies, named, strict=True)):
        own = {_key(name) for name in names}
        there = own | {_key(label) for label in _in_brackets(body)}
        used |= there
        for key in there & defined:
            at_home[key] = at_home.get(key, number) if key in own else -1
    new = _NewLabels(used)
    return [
        {name: new.like(label, number) for name, label in names.items() if at_home[_key(name)] != number}
        for number, names in enumerate(named)
    ]


def _defined(body: str, inert: bool) -> dict[str, str]:
    """What a body defines: each label as it is written, by what the parser calls it."""
    if "]:" not in body:
        return {}
    found = read(body, Found(inert))
    names = {each.name: body[slice(*each.label)] for each in found.definitions}
    footnotes = (label for label in _in_brackets(body, before=":") if label.startswith("^"))
    return names | {name_of(label): label for label in footnotes}


def _in_brackets(body: str, before: str = "") -> Iterator[str]:
    """Whatever could be a label: all between brackets that holds none, and has `before` behind it."""
    opened = -1
    for mark in _BRACKETS.finditer(body):
        if mark[0] == "[":
            opened = mark.end()
        elif mark[0] == "]" and opened >= 0:
            if body.startswith(before, mark.end()):
                yield body[opened : mark.start()]
            opened = -1


def _key(label: str) -> str:
    """The same for all ways in which a label can be written over lines, in quotes too."""
    return _BETWEEN.sub("", name_of(label))


class _NewLabels:
    """Labels that stand nowhere yet, of characters that mean nothing to a parser."""

    def __init__(self, used: set[str]) -> None:
        self._used = used
        self._numbers: dict[str, int] = {}

    def like(self, label: str, note: int) -> str:
        """One that reads like `label`, with the number of its note."""
        mark = "^" if label.startswith("^") else ""
        words = _NOT_PLAIN.sub(" ", label).split() or ["link"]
        stem = f"{mark}{('-' if mark else ' ').join(words)[:_LONGEST].strip()}-{note + 1}"
        number = self._numbers.get(stem, 1)
        new = stem if number == 1 else f"{stem}-{number}"
        while _key(new) in self._used:
            number += 1
            new = f"{stem}-{number}"
        self._numbers[stem] = number
        self._used.add(_key(new))
        return new
