"""Searching what one can read."""

from collections.abc import Callable

from kapjournal.cli.plain import course, sayings
from kapjournal.cli.plain.menus import Entry, Menu, offer
from kapjournal.cli.plain.seat import Seat
from kapjournal.cli.shapes import marked


def search(seat: Seat) -> None:
    """Ask for words, then let one choose from what was found; back asks for other words no more."""
    query = seat.talk.ask("Search for, words or beginnings of words:", "All the words must be in the note.")
    if not query:
        return
    hits = seat.journal.search(query)
    entries: list[Entry[Seat]] = [
        Entry("", f"{sayings.in_a_list(seat, hit.note)} Found: {marked(hit.excerpt)}", _reading(hit.note.id))
        for hit in hits
    ]
    here = "These notes hold your words, the best first. What was found stands between « and »."
    menu = Menu[Seat]("Found", here, lambda _: entries, nothing="No note you can read holds that.")
    offer(seat.talk, menu, seat)


def _reading(note_id: str) -> Callable[[Seat], None]:
    return lambda seat: course.read_note(seat, note_id)
