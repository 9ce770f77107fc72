"""Searching what one can read: by words, by person, session, kind and tag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kapjournal.cli.plain import course, sayings
from kapjournal.cli.plain.menus import Entry, Menu, offer, pick
from kapjournal.cli.plain.seat import Seat
from kapjournal.cli.shapes import plain
from kapjournal.domain.narrowing import choices
from kapjournal.text import shown_line

_ANY = {"by": "anybody", "session": "any", "kind": "any", "tag": "any"}
_WORD = {"by": "person", "session": "session", "kind": "kind", "tag": "tag"}


@dataclass(slots=True)
class Search:
    """Somebody at a search: the words, and what narrows it."""

    seat: Seat
    query: str
    filters: dict[str, Any] = field(default_factory=dict)

    def found(self) -> list[Entry["Search"]]:
        """What fits: for words the best first, for choices alone their notes, the latest first."""
        journal = self.seat.journal
        if self.query:
            hits = journal.search(self.query, **self.filters)
            return [self._entry(hit.note.id, f" Found: {sayings.aloud(plain(hit.excerpt))}") for hit in hits]
        notes = journal.notes.all(**self.filters) if self.filters else []
        return [self._entry(note.id) for note in reversed(notes)]

    def _entry(self, note_id: str, excerpt: str = "") -> Entry["Search"]:
        line = sayings.in_a_list(self.seat, self.seat.journal.notes.get(note_id))
        return Entry("", f"{line}{excerpt}", lambda at: course.read_note(at.seat, note_id))


def search(seat: Seat) -> None:
    """Ask for words, then let one choose from what was found, or narrow it."""
    query = seat.talk.ask(
        "Search for, words or beginnings of words; Enter to choose by person, session, kind or tag:",
        "All the words must be in the note. What was found can be narrowed afterwards.",
    )
    at = Search(seat, query)
    if not query:
        _narrow(at)
        if not at.filters:
            return
    elif not at.found():
        seat.talk.say("No note you can read holds that.")
        return
    here = (
        "These are the notes that fit, the best first. Choose one to hear it, or narrow to hear only those "
        "of a person, a session, a kind or a tag."
    )
    offer(seat.talk, Menu("Found", here, _entries), at)


def _entries(at: Search) -> Sequence[Entry[Search]]:
    found = at.found()
    if not found:
        at.seat.talk.say("Nothing you can read fits all of this.")
    narrowed = ", ".join(shown_line(str(value)) for value in at.filters.values())
    now = f" Now: {narrowed}." if narrowed else ""
    return [*found, Entry("narrow", f"By person, session, kind or tag.{now}", _narrow)]


def _narrow(at: Search) -> None:
    """Four choices; only what stands in some readable note is offered."""
    here = "Each of these narrows what is found. Choose one, then what it should be. Back leads to the notes."
    offer(at.seat.talk, Menu("Narrow by", here, _choices), at)


def _choices(at: Search) -> list[Entry[Search]]:
    return [
        Entry(word, f"now {shown_line(str(at.filters.get(name, _ANY[name])))}.", _choosing(name))
        for name, word in _WORD.items()
    ]


def _choosing(name: str) -> Callable[[Search], None]:
    def choose(at: Search) -> None:
        journal = at.seat.journal
        offered = getattr(choices(journal.notes.all(), journal.members.all(), journal.sessions.all()), name)
        if not offered:
            at.seat.talk.say(f"No note you can read has a {_WORD[name]} to choose.")
            return
        words = {shown_line(_said(name, value)): value for value in offered}
        question = f"Which {_WORD[name]}? Enter for {_ANY[name]}:"
        chosen = pick(at.seat.talk, question, {**words, "": None})
        at.filters.pop(name, None)
        if chosen is not None:
            at.filters[name] = chosen

    return choose


def _said(name: str, value: object) -> str:
    return f"Session {value}" if name == "session" else str(value)
