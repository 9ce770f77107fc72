"""Rows and pages of measures, read from an open journal, which widgets receive as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.content import measures as content
from kapjournal.content.measure_packs import Pack, pack_with
from kapjournal.domain.answered_measures import AnsweredMeasure, MeasureRequest, MeasureText, SafetyMark
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.members import Member, Role
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering, days
from kapjournal.presentation.measures import LEFT_OUT, row_label
from kapjournal.text import shown, shown_line
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.widgets.note_header import NoteHeading
from kapjournal.tui.widgets.note_list import NoteRow

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class MeasuresOf:
    """What there is of one partner: what they are asked for and is not answered, what is not finished, and
    the answers, the newest first."""

    requests: list[MeasureRequest]
    drafts: list[MeasureDraft]
    answers: list[AnsweredMeasure]
    has_open_mark: bool


def measures_of(journal: "Journal", person: Member) -> MeasuresOf:
    """Read them; the screen does so in a thread."""
    return MeasuresOf(
        [one for one in journal.measures.requests() if one.of == person.id and not one.answered],
        [one for one in journal.measure_drafts.all() if one.of == person.id],
        [one for one in reversed(journal.measures.all()) if one.text.of == person.id],
        saying.has_open_mark(journal),
    )


def request_row(journal: "Journal", request: MeasureRequest) -> NoteRow:
    """The row of what is asked for: by which day, and the line that goes with it."""
    symbol, readers = _readers(journal, {request.author, request.of})
    who = "You ask" if request.author == journal.me.id else f"{journal.members.label_of(request.author)} asks"
    by = f"by {days.long_day(request.date)}" if request.date else ""
    said = ": ".join(part for part in (by, request.words) if part)
    return NoteRow(
        day=days.short(request.date) if request.date else "",
        title=Content.styled(shown_line(f"{who}: {saying.title_of(request.measure)}"), "bold $accent"),
        words=Content(shown_line(said) or "Not answered yet, as far as you can read."),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
    )


def draft_row(journal: "Journal", draft: MeasureDraft) -> NoteRow:
    """The row of answers that are not finished."""
    symbol, readers = _readers(journal, {journal.me.id})
    what = "a change, not finished" if draft.changes else "not finished"
    return NoteRow(
        day=days.short(draft.saved.astimezone().date()) if draft.saved else "",
        title=Content(shown_line(f"{saying.title_of(draft.measure)} · {what}")),
        words=Content(f"{answering.how_far(draft)}. Enter goes on."),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
    )


def answers_row(journal: "Journal", found: AnsweredMeasure) -> NoteRow:
    """The row of answers: the total, to the clinic also what the source makes of it."""
    symbol, readers = _readers(journal, found.readers)
    by = "" if found.author == journal.me.id else journal.members.label_of(found.author)
    marks = [saying.ON_PAPER if found.text.is_from_paper else "", "two versions" if found.beside else ""]
    return NoteRow(
        day=days.short(found.text.date),
        title=Content(shown_line(saying.title_of(found.text.measure))),
        words=Content(shown_line(saying.in_a_row(journal, found.text))),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
        author=shown_line(" · ".join(part for part in (by, *marks) if part)),
    )


def mark_row(journal: "Journal", mark: SafetyMark) -> NoteRow:
    """The row of a safety mark: about whom and what, and the contact line if there is one."""
    last = saying.contact_in_words(mark.contacts[-1]) if mark.contacts else ""
    met = f"item {mark.item} at {mark.shown.value} · met {days.at(mark.shown.moment)}"
    whose = f"{journal.members.label_of(mark.of)} · {saying.title_of(mark.measure)}"
    return NoteRow(
        day=days.short(mark.date),
        title=Content(shown_line(whose)),
        words=Content(met if mark.is_open or not last else last),
        symbol="",
        readers="open" if mark.is_open else "closed",
        tone="bold $error" if mark.is_open else "$text-muted",
        author="" if mark.is_open else "contact line",
    )


def answers_heading(journal: "Journal", found: AnsweredMeasure) -> NoteHeading:
    """What stands above answers that are read."""
    symbol, readers = _readers(journal, found.readers)
    me, label_of = journal.me, journal.members.label_of
    about = [days.long_day(found.text.date)]
    if me.id != found.text.of:
        about.append(f"of {label_of(found.text.of)}")
    if found.text.is_from_paper:
        by = "you" if found.author == me.id else label_of(found.author)
        about.append(f"{saying.ON_PAPER}, entered by {by}")
    if found.revised:
        about.append(f"changed {days.at(found.revised)}")
    return NoteHeading(
        title=saying.title_of(found.text.measure),
        about=shown_line(" · ".join(about)),
        readers=Content.styled(f"{symbol} {readers}", readers_line.tone(symbol)),
    )


def answers_page(journal: "Journal", found: AnsweredMeasure) -> list[Block]:
    """What the member is shown of the score, then each answer in the words it was given to."""
    page: list[Block] = []
    for text in (found.text, *found.beside):
        for heading, words in saying.score_lines(journal, text):
            said = Content.assemble((f"{heading.capitalize()}: ", "$text-muted"), shown_line(words))
            page.append(Block("", "", said, gap=bool(page) and heading == "total"))
        page += list(answer_blocks(text, for_staff=journal.me.role is not Role.PARTNER))
    return page


def answer_blocks(text: MeasureText, *, for_staff: bool) -> Iterator[Block]:
    """Each item with its answer: in the words of the pack if that is here unchanged, else by its number."""
    measure = content.known(text.measure)
    if measure is None:
        return
    pack = pack_with(measure.id, text.pack) if text.pack else None
    for item, value in zip(measure.items, text.answers, strict=True):
        if pack is None:
            label = row_label(measure, item.number) if for_staff else f"item {item.number}"
        else:
            label = f"{item.number}  {shown(pack.items[item.number - 1].text)}"
        yield Block("", "   ", Content.styled(label, "$text-muted"), gap=pack is not None)
        yield Block("   ", "   ", Content(answer_in_words(pack, item.number, value)), gap=False)


def answer_in_words(pack: Pack | None, number: int, value: int | None) -> str:
    """An answer in the words of a pack with its value, or the value alone; that it was left out."""
    if value is None:
        return LEFT_OUT
    if pack is None:
        return str(value)
    found = next(one for one in pack.items[number - 1].answers if one.value == value)
    return f"{shown_line(found.text)} ({value})"


def _readers(journal: "Journal", ids: "set[MemberId] | frozenset[MemberId]") -> tuple[str, str]:
    return readers_line.symbol_and_words(ids, journal.members.all(), journal.me.id)
