"""Rows and headings of clinical records, read from an open practice, which widgets receive as data."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import MemberId
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Draft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record
from kapjournal.presentation import days, kept, record_view
from kapjournal.presentation import records as saying
from kapjournal.presentation.people import named
from kapjournal.presentation.sentences import SIGNED_MARK, TWO_TEXTS_MARK
from kapjournal.text import excerpt, shown_line
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.widgets.note_header import NoteHeading
from kapjournal.tui.widgets.note_list import NoteRow

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def readers(journal: "Journal", ids: frozenset[MemberId]) -> tuple[str, str]:
    """A symbol, and all who can read a record by name: never “all of you”."""
    symbol = readers_line.SOME if ids - {journal.me.id} else readers_line.ONLY_YOU_SYMBOL
    return symbol, shown_line(named(journal, ids))


def record_row(journal: "Journal", record: Record, couple: Couple | None) -> NoteRow:
    """The row of a record."""
    symbol, said = readers(journal, record.readers)
    author = "" if record.author == journal.me.id else shown_line(journal.members.label_of(record.author))
    marks = (author, TWO_TEXTS_MARK if record.beside else "", SIGNED_MARK if record.is_signed else "")
    return NoteRow(
        day=days.short(record.text.date),
        title=Content(saying.name_of(record.text, couple)),
        words=Content(saying.in_a_list(record.text, form_for(record.kind))),
        symbol=symbol,
        readers=said,
        tone=readers_line.tone(symbol),
        author=" · ".join(mark for mark in marks if mark),
    )


def unsigned_row(journal: "Journal", record: Record, couple: Couple | None) -> NoteRow:
    """The row of a record that waits for a signature, with the name of its couple."""
    row = record_row(journal, record, couple)
    return replace(row, author=shown_line(couple.name) if couple else "")


def kept_row(note: KeptNote) -> NoteRow:
    """The row of a partner's page that was kept."""
    return NoteRow(
        day=days.short(note.date),
        title=Content(kept.title_in_a_list(note)),
        words=Content(excerpt(note.body, 60)),
        symbol=readers_line.ONLY_YOU_SYMBOL,
        readers="Only you",
        tone=readers_line.tone(readers_line.ONLY_YOU_SYMBOL),
        author=shown_line(note.label),
    )


def kept_heading(note: KeptNote) -> NoteHeading:
    """What stands above a partner's page that was kept."""
    symbol = readers_line.ONLY_YOU_SYMBOL
    return NoteHeading(
        title=kept.title_in_a_list(note),
        about=kept.about(note),
        readers=Content.styled(f"{symbol} Only you", readers_line.tone(symbol)),
    )


def draft_row(journal: "Journal", draft: RecordDraft, couple: Couple | None) -> NoteRow:
    """The row of a draft, which its author alone can read."""
    symbol, said = readers(journal, frozenset({journal.me.id}))
    return NoteRow(
        day=days.short(days.of(draft.saved)) if draft.saved else "",
        title=Content(saying.name_of_draft(draft, couple)),
        words=Content(saying.draft_in_a_list(draft)),
        symbol=symbol,
        readers=said,
        tone=readers_line.tone(symbol),
    )


def addition_row(journal: "Journal", draft: Draft, record: Record, couple: Couple | None) -> NoteRow:
    """The row of what is to be added to a signed record."""
    symbol, said = readers(journal, frozenset({journal.me.id}))
    return NoteRow(
        day=days.short(days.of(draft.saved)) if draft.saved else "",
        title=Content(saying.name_of_addition(record, couple)),
        words=Content(saying.addition_in_a_list(draft, record)),
        symbol=symbol,
        readers=said,
        tone=readers_line.tone(symbol),
    )


def draft_heading(journal: "Journal", name: str) -> NoteHeading:
    """What stands beside the list of a draft of this name; its words are read on its page."""
    symbol, said = readers(journal, frozenset({journal.me.id}))
    return NoteHeading(
        title=name,
        about=saying.GOES_ON,
        readers=Content.styled(f"{symbol} {said}", readers_line.tone(symbol)),
    )


def record_heading(journal: "Journal", record: Record, couple: Couple | None) -> NoteHeading:
    """What stands above a record."""
    symbol, said = readers(journal, record.readers)
    return NoteHeading(
        title=saying.name_of(record.text, couple),
        about=record_view.about_record(journal, record),
        readers=Content.styled(f"{symbol} {said}", readers_line.tone(symbol)),
    )
