"""Rows, headings and files of notes, read from an open journal, which widgets receive as data."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.domain.attachments import Chosen
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused
from kapjournal.pictures.small import MAX_BYTES
from kapjournal.presentation import attachments, days, notes, scribe
from kapjournal.text import excerpt, shown_line
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.widgets.file_list import FileLine
from kapjournal.tui.widgets.note_header import NoteHeading
from kapjournal.tui.widgets.note_list import NoteRow

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def note_row(
    journal: "Journal", note: Note, title: Content | None = None, found: Content | None = None
) -> NoteRow:
    """The row of a note; `title` and `found` words stand in for its own where a search marked them."""
    symbol, readers = readers_line.symbol_and_words(note.readers, journal.members.all(), journal.me.id)
    author = "" if note.author == journal.me.id else shown_line(journal.members.label_of(note.author))
    in_doubt = note.author in journal.members.doubted_authors
    marks = notes.marks(
        note,
        in_doubt=in_doubt,
        is_new=journal.notes.is_new(note),
        waits=journal.waiting.is_waiting(note),
    )
    return NoteRow(
        day=days.short(note.text.date),
        title=title or Content(shown_line(note.text.title)),
        words=found or Content(excerpt(note.text.body)),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
        author=" · ".join(part for part in (author, scribe.typed_by(note, journal), *marks) if part),
    )


def file_lines(note: Note) -> list[FileLine]:
    """What is attached to a note."""
    return [FileLine(attachments.in_a_line(file), file) for file in note.files]


def bytes_of_file(journal: "Journal", note_id: str, chosen: Chosen) -> bytes:
    """What is in a file of a note, to show it (`Refused` if it is too large); it goes to memory alone."""
    if chosen.file.size > MAX_BYTES:
        raise Refused(attachments.TOO_LARGE_TO_SHOW)
    into = io.BytesIO()
    journal.attachments.write(note_id, chosen, into)
    return into.getvalue()


def note_heading(journal: "Journal", note: Note, sessions: Iterable[Session]) -> NoteHeading:
    """What stands above a note for the member at the screen."""
    label = "" if note.author == journal.me.id else journal.members.label_of(note.author)
    return _heading(journal, note, sessions, label, journal.me.id)


def note_heading_for(
    journal: "Journal", note: Note, sessions: Iterable[Session], reader: MemberId
) -> NoteHeading:
    """What stands above a note of the member at the screen for another reader."""
    return _heading(journal, note, sessions, journal.me.label, reader)


def _heading(
    journal: "Journal", note: Note, sessions: Iterable[Session], label: str, reader: MemberId
) -> NoteHeading:
    symbol, said = readers_line.symbol_and_words(note.readers, journal.members.all(), reader)
    return NoteHeading(
        title=shown_line(note.text.title),
        about=notes.about(
            note,
            shown_line(label),
            sessions,
            in_doubt=note.author in journal.members.doubted_authors,
            typed_by=scribe.typed_by(note, journal),
            may_be_used=journal.page_consents.is_given(note),
        ),
        readers=Content.styled(f"{symbol} {said}", readers_line.tone(symbol)),
    )
