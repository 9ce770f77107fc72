"""What stands on a page that is printed, be it HTML or a PDF.

The words of one note, what goes with it, and the names of its files."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.notes import Note
from kapjournal.presentation import days, notes, signing
from kapjournal.presentation.attachments import in_a_line
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import shown, shown_line
from kapjournal.typesetting.page import Layout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOT_SEALED = "This page is not sealed: whoever has it can read it."

Lines = tuple[str, ...]
"""Lines that are no markdown."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page; every line of it is harmless as it is shown."""

    name: str
    """What a list calls the note."""
    title: str
    about: Lines
    main: tuple[str | Lines, ...]
    """In order: markdown, and lines that are none."""
    foot: Lines
    layout: Layout = "page"


def printed_page(journal: "Journal", note: Note) -> PrintedPage:
    """The page of a note the member can read."""
    signed = journal.signing.of_all([note]).get(note.id)
    label = "" if note.author == journal.me.id else journal.members.label_of(note.author)
    in_doubt = note.author in journal.members.doubted_authors
    about = notes.about(note, label, journal.sessions.all(), in_doubt=in_doubt)
    main: tuple[str | Lines, ...] = (note.words,)
    if signed is not None:
        said = signing.lines(signed, note.text.date, note.revised or note.written)
        main = (note.text.body, _shown(*said), note.words_beside if note.beside else "")
    files = [f"File: {in_a_line(file)}, which is not on this page." for file in note.files]
    when = f"{days.long_day(clock.today())}, {days.time_of_day(clock.now())}"
    return PrintedPage(
        note.text.name,
        shown_line(note.text.title),
        _shown(about, readers_in_words(journal, note.readers)),
        tuple(shown(part) if isinstance(part, str) else part for part in main if part),
        _shown(*files, f"Printed by {journal.me.label} on {when}. {NOT_SEALED}"),
    )


def _shown(*lines: str) -> Lines:
    return tuple(shown(line) for line in lines if line)
