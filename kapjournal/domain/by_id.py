"""Naming one thing by its id, or by a beginning of the id that no other has."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kapjournal.errors import NotFound, UsageError
from kapjournal.text import shown_line

T = TypeVar("T")

MIN_PREFIX = 4
"""So many characters of an id are needed to name anything."""


def one_by_id(things: Iterable[T], typed: str, what: str, ids_of: Callable[[T], Iterable[str]]) -> T:
    """The one of these things that has an id that begins as was typed (`NotFound`, `UsageError` for several).
    `what` says in the sentence what was looked for: “note of yours”."""
    wanted = tidied(typed)
    fitting = [one for one in things if any(name.startswith(wanted) for name in ids_of(one))]
    if len(wanted) < MIN_PREFIX or not fitting:
        raise NotFound(f"There is no {what} “{shown_line(typed)}”.")
    if len(fitting) > 1:
        begins = f"More than one {what} begins with “{shown_line(typed)}”."
        raise UsageError(f"{begins} Give a few characters more.")
    return fitting[0]


def tidied(typed: str) -> str:
    """An id, or its beginning, as ids are written."""
    return typed.strip().lower()
