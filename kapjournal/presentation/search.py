"""What a search shows: the notes in their order, and the words that were found."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kapjournal.domain.notes import Note

if TYPE_CHECKING:
    from kapjournal.journal import Journal, SearchHit

FoundNote = tuple[Note, "SearchHit | None"]
"""A note, with its words marked where words were searched for."""


def find(
    journal: "Journal",
    query: str,
    filters: dict[str, Any],
    is_dropped: Callable[[], bool] = lambda: False,
) -> list[FoundNote]:
    """What a query finds, the best first; for filters alone their notes, the latest first. It is given up
    once `is_dropped` says so (`SearchDropped`)."""
    if query:
        return [(hit.note, hit) for hit in journal.search(query, **filters, is_dropped=is_dropped)]
    return [(note, None) for note in reversed(journal.notes.all(**filters))] if filters else []


def unmarked(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit as they are."""
    return "".join(text for text, _ in runs)


def marked(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit with «» around what was found."""
    return "".join(f"«{text}»" if found else text for text, found in runs)
