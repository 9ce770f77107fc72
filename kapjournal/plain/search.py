"""Searching what the member can read: by words, person, session, kind and tag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kapjournal.domain.filters import filter_options
from kapjournal.plain import course, phrasing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.presentation.progress import in_quarters
from kapjournal.presentation.search import (
    MADE_READY,
    NOTHING_FITS,
    NOTHING_HAS_IT,
    FoundNote,
    find,
    how_much,
    unmarked,
)
from kapjournal.text import shown_line

_ANY = {"by": "anybody", "session": "any", "kind": "any", "tag": "any"}
_WORD = {"by": "person", "session": "session", "kind": "kind", "tag": "tag"}


@dataclass(slots=True)
class SearchRequest:
    """What the member searches for: words, and filters that narrow them."""

    unlocked: Unlocked
    query: str
    filters: dict[str, Any] = field(default_factory=dict)

    def found(self) -> list[FoundNote]:
        """The notes that fit."""
        follow = in_quarters(lambda sentence: self.unlocked.console.say(f"{MADE_READY} {sentence}"))
        return find(self.unlocked.journal, self.query, self.filters, follow=follow)

    def entries(self, found: Sequence[FoundNote]) -> list[Entry["SearchRequest"]]:
        """The notes that were found, to choose from."""
        return [
            self._entry(note.id, f" Found: {phrasing.aloud(unmarked(hit.excerpt))}" if hit else "")
            for note, hit in found
        ]

    def _entry(self, note_id: str, excerpt: str) -> Entry["SearchRequest"]:
        line = phrasing.in_a_list(self.unlocked, self.unlocked.journal.notes.get(note_id))
        return Entry("", f"{line}{excerpt}", lambda request: course.read_note(request.unlocked, note_id))


def search(unlocked: Unlocked) -> None:
    """Ask for words, then offer what was found, and narrowing it."""
    query = unlocked.console.ask(
        "Search for, words or beginnings of words; Enter to choose by person, session, kind or tag:",
        "All the words must be in the note. What was found can be narrowed afterwards.",
    )
    request = SearchRequest(unlocked, query)
    if not query:
        _narrow(request)
        if not request.filters:
            return
    elif not request.found():
        unlocked.console.say(NOTHING_HAS_IT)
        return
    help_text = (
        "These are the notes that fit. Choose one to hear it, or narrow to hear only those "
        "of a person, a session, a kind or a tag."
    )
    offer(unlocked.console, Menu("Found", help_text, _entries), request)


def _entries(request: SearchRequest) -> Sequence[Entry[SearchRequest]]:
    found = request.found()
    if not found:
        request.unlocked.console.say(NOTHING_FITS)
    else:
        request.unlocked.console.say(how_much([hit for _, hit in found]))
    narrowed = ", ".join(shown_line(str(value)) for value in request.filters.values())
    now = f" Now: {narrowed}." if narrowed else ""
    return [*request.entries(found), Entry("narrow", f"By person, session, kind or tag.{now}", _narrow)]


def _narrow(request: SearchRequest) -> None:
    """Offer four filters, each with what stands in some note the member can read."""
    help_text = (
        "Each of these narrows what is found. Choose one, then what it should be. Back leads to the notes."
    )
    offer(request.unlocked.console, Menu("Narrow by", help_text, _choices), request)


def _choices(request: SearchRequest) -> list[Entry[SearchRequest]]:
    return [
        Entry(word, f"now {shown_line(str(request.filters.get(name, _ANY[name])))}.", _choosing(name))
        for name, word in _WORD.items()
    ]


def _choosing(name: str) -> Callable[[SearchRequest], None]:
    def choose(request: SearchRequest) -> None:
        journal = request.unlocked.journal
        offered = getattr(
            filter_options(journal.notes.all(), journal.members.all(), journal.sessions.all()), name
        )
        if not offered:
            request.unlocked.console.say(f"No note you can read has a {_WORD[name]} to choose.")
            return
        words = {shown_line(_said(name, value)): value for value in offered}
        question = f"Which {_WORD[name]}? Enter for {_ANY[name]}:"
        chosen = pick(request.unlocked.console, question, {**words, "": None})
        request.filters.pop(name, None)
        if chosen is not None:
            request.filters[name] = chosen

    return choose


def _said(name: str, value: object) -> str:
    return f"Session {value}" if name == "session" else str(value)
