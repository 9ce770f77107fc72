"""Rows and pages of check-ins and after-effects cards, read from an open journal, for widgets as data."""

from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.domain.self_reports import Report, SelfReport, SelfReportDraft
from kapjournal.presentation import days
from kapjournal.presentation import self_reports as saying
from kapjournal.text import shown_line
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.widgets.note_header import NoteHeading
from kapjournal.tui.widgets.note_list import NoteRow

if TYPE_CHECKING:
    from kapjournal.domain.after_dose import Due
    from kapjournal.domain.ids import MemberId
    from kapjournal.journal import Journal


def due_row(journal: "Journal", card: "Due") -> NoteRow:
    """The row of a card that is due today."""
    symbol, readers = _readers(journal, frozenset({journal.me.id}))
    return NoteRow(
        day="",
        title=Content.styled(shown_line(f"Day {card.day} after your dose"), "bold $accent"),
        words=Content("A short card for the clinic. Enter begins."),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
    )


def draft_row(journal: "Journal", draft: SelfReportDraft) -> NoteRow:
    """The row of what is not finished."""
    symbol, readers = _readers(journal, frozenset({journal.me.id}))
    return NoteRow(
        day=days.short(days.of(draft.saved)) if draft.saved else "",
        title=Content(f"{saying.title_of(draft.said)} · not finished"),
        words=Content("Enter goes on."),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
    )


def report_row(journal: "Journal", report: SelfReport[Report]) -> NoteRow:
    """The row of a check-in or a card."""
    symbol, readers = _readers(journal, report.readers)
    title = " · ".join(filter(None, (saying.title_of(report.said), saying.place_in_short(report.said))))
    by = "" if report.author == journal.me.id else shown_line(journal.members.label_of(report.author))
    return NoteRow(
        day=days.short(report.said.date),
        title=Content(title),
        words=Content(saying.in_a_row(journal, report)),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
        author=by,
    )


def report_heading(journal: "Journal", report: SelfReport[Report]) -> NoteHeading:
    """What stands above a check-in or a card that is read."""
    symbol, readers = _readers(journal, report.readers)
    by = "" if report.author == journal.me.id else f"by {journal.members.label_of(report.author)}"
    day, place = days.long_day(report.said.date), saying.place_in_words(report.said)
    return NoteHeading(
        title=saying.title_of(report.said),
        about=shown_line(" · ".join(filter(None, (day, place, by)))),
        readers=Content.styled(f"{symbol} {readers}", readers_line.tone(symbol)),
    )


def report_page(report: SelfReport[Report]) -> list[Block]:
    """All that was said, each under its heading."""
    page = []
    for heading, words in saying.lines_of(report.said):
        said = Content.assemble((f"{heading}: ", "$text-muted"), words)
        page.append(Block("", "  ", said, gap=False))
    return page


def _readers(journal: "Journal", ids: "frozenset[MemberId]") -> tuple[str, str]:
    return readers_line.symbol_and_words(ids, journal.members.all(), journal.me.id)
