"""What a search shows: the notes in their order, and the words that were found; also across couples."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kapjournal.domain.notes import Note
from kapjournal.presentation.records import UNKNOWN_COUPLE
from kapjournal.progress import Progress, in_silence
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import FoundAcross, Journal, SearchedCouple, SearchHit

FEW = 50
"""At most so many notes are shown for words, unless more are asked for."""

FEW_EACH = 10
"""At most so many are shown of each couple where all are searched, unless more are asked for."""

WORDS_NOT_SHOWN = "(its words are shown in the record alone)"
"""In the place of an excerpt of process and safety notes."""

MADE_READY = "The notes are made ready to be searched:"
"""Before how far that is, at the first search of many notes."""

GOES_ON = "Searching…"
"""While the journals of further couples are looked through."""

NOTHING_HAS_IT = "Nothing you can read has these words."
NOTHING_FITS = "Nothing you can read fits all of this."

FoundNote = tuple[Note, "SearchHit | None"]
"""A note, with its words marked where words were searched for."""


def find(
    journal: "Journal",
    query: str,
    filters: dict[str, Any],
    is_dropped: Callable[[], bool] = lambda: False,
    follow: Progress = in_silence,
) -> list[FoundNote]:
    """What a query finds, the best first; for filters alone their notes, the latest first. It is given up
    once `is_dropped` says so (`SearchDropped`); `follow` hears how far the index is."""
    if query:
        hits = journal.search(query, **filters, limit=FEW, is_dropped=is_dropped, follow=follow)
        return [(hit.note, hit) for hit in hits]
    return [(note, None) for note in reversed(journal.notes.all(**filters))] if filters else []


def how_much(hits: "Sequence[SearchHit | None]", most: int = FEW) -> str:
    """How much was found, and in which order: “7 places in 3 notes, the best first.” `most` is how many notes
    for words were asked for; for a note that fits filters alone there is no hit."""
    counts = [hit.places for hit in hits if hit]
    is_by_rank = any(hit.is_by_rank for hit in hits if hit)
    notes = "1 note" if len(hits) == 1 else f"{len(hits):,} notes"
    order = "" if len(hits) == 1 else f", the {'best' if is_by_rank else 'latest'} first"
    more = "; there may be more" if len(counts) >= most else ""
    places = sum(count or 0 for count in counts)
    said = f"{places:,} place{'s' if places > 1 else ''} in " if places and None not in counts else ""
    return f"{said}{notes}{order}{more}."


def place(number: int, of: int) -> str:
    """Which of the places where the words stand is shown; a key is named by its action's id in braces."""
    if of > 1:
        return f"Place {number:,} of {of:,}. {{next-place}} shows the next."
    return "This is the only place." if of else "The words stand in its title or its tags."


def unmarked(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit as they are."""
    return "".join(text for text, _ in runs)


def marked(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit with «» around what was found."""
    return "".join(f"«{text}»" if found else text for text, found in runs)


def couple_of(searched: "SearchedCouple") -> str:
    """What the member calls the couple of whom something was found."""
    return shown_line(searched.couple.name) if searched.couple else UNKNOWN_COUPLE


def not_searched(searched: "SearchedCouple") -> str:
    """That the journal of a couple was not searched, and why."""
    return f"Not searched: {couple_of(searched)}. {searched.why_not}"


def none_searched(searched: "Iterable[SearchedCouple]") -> str:
    """Which journals were not searched, by what the member calls the couples."""
    names = [couple_of(one) for one in searched if one.why_not]
    return f"Not searched: {', '.join(names)}. Why stands beside them among your couples." if names else ""


def where_in(found: "FoundAcross") -> str:
    """Where the words stand: in a note by its title, in a record by the heading of the field."""
    return shown_line(found.heading) if found.is_record else marked(found.title)


def words_in(found: "FoundAcross") -> str:
    """The words around what was found, with «» around it."""
    return marked(found.excerpt) or (WORDS_NOT_SHOWN if found.is_record else "")


def how_much_across(searched: "Sequence[SearchedCouple]") -> str:
    """How much was found, and of how many couples: “7 notes and records, of 3 couples …”"""
    found = [one for one in searched if one.found]
    count = sum(len(one.found) for one in found)
    if not count:
        return NOTHING_HAS_IT
    couples = len({one.couple.case if one.couple else None for one in found})
    more = "" if all(one.is_all for one in found) else "; there may be more"
    if count == 1:
        return f"1 note or record{more}."
    of = "1 couple" if couples == 1 else f"{couples:,} couples"
    return f"{count:,} notes and records, of {of}, the latest of each first{more}."
