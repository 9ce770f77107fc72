"""What a person decides in a review: options of a command, or JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kapjournal.domain.review import Decision, Review
from kapjournal.domain.write_up_work import Choice
from kapjournal.errors import UsageError
from kapjournal.text import shown_line

ALL = "all"

_LISTS = ("accept", "nobody", "mark")
_PAIRS = ("change", "keep", "story")


@dataclass(frozen=True, slots=True)
class Given:
    """What was decided: ids of what is accepted (or “all”), words that mean nobody, what is marked; and by id
    or name of the question other words, reasons and answers."""

    accept: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    mark: tuple[str, ...] = ()
    change: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was decided."""
        return self == Given()

    def decisions(self, review: Review) -> list[Decision]:
        """The decisions but for what is marked; “all” accepts what is open."""
        accepted = [one for one in self.accept if one != ALL]
        if ALL in self.accept:
            named = {*self.change, *self.keep}
            accepted += [
                one.id
                for one in review.items
                if one.decided is None and not any(one.id.startswith(begin) for begin in named)
            ]
        return [
            *(Decision(Choice.ACCEPT, one) for one in accepted),
            *(Decision(Choice.CHANGE, one, words) for one, words in self.change.items()),
            *(Decision(Choice.KEEP, one, words) for one, words in self.keep.items()),
            *(Decision(Choice.NOBODY, one) for one in self.nobody),
            *(Decision(Choice.STORY, one, words) for one, words in self.story.items()),
        ]


def pairs_from(words: Sequence[str] | None, option: str) -> dict[str, str]:
    """`ID=TEXT`, several times (`UsageError`)."""
    pairs: dict[str, str] = {}
    for word in words or ():
        name, is_said, text = word.partition("=")
        if not is_said or not name.strip():
            raise UsageError(f"{option} takes ID=TEXT, and not “{shown_line(word)}”.")
        if name.strip() in pairs:
            raise UsageError(f"{option}: “{shown_line(name.strip())}” is given twice.")
        pairs[name.strip()] = text
    return pairs


def from_json(text: str) -> Given:
    """The same from an object of JSON (`UsageError`)."""
    try:
        said: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise UsageError("The JSON of the review cannot be read.") from None
    if not isinstance(said, dict):
        raise UsageError("The JSON of a review is one object.")
    for key, value in said.items():
        is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
        is_object = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
        if not (key in _LISTS and is_list) and not (key in _PAIRS and is_object):
            raise UsageError(
                f"“{shown_line(key)}” is not for a review to be given so: {', '.join(_LISTS)} are lists of "
                f"texts, {', '.join(_PAIRS)} are objects of texts by id."
            )
    lists = {key: tuple(said.get(key, ())) for key in _LISTS}
    pairs: dict[str, dict[str, str]] = {key: said.get(key, {}) for key in _PAIRS}
    return Given(
        lists["accept"], lists["nobody"], lists["mark"], pairs["change"], pairs["keep"], pairs["story"]
    )
