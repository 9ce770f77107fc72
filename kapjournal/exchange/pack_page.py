"""A pack as a page: what stands above it, in it and below it, in markdown in which every word is a word."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.access_requests import Ground
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, FieldKind
from kapjournal.domain.joint import Joint, Standing
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Note
from kapjournal.domain.packs import Item, Pack, Section, Source
from kapjournal.domain.records import Record
from kapjournal.exchange.attached_files import Exported, ExportedFile, names_written
from kapjournal.exchange.files_beside import named
from kapjournal.exchange.markdown import as_typed, escaped
from kapjournal.exchange.quoting import quoted
from kapjournal.presentation import days, dosing, joint, measures, signing
from kapjournal.presentation import packs as saying
from kapjournal.presentation.answered_measures import ON_PAPER, UNKNOWN, score_of, title_of
from kapjournal.presentation.attachments import aloud
from kapjournal.presentation.records import ROWS, filled_fields
from kapjournal.text import shown_line

HEADINGS = {
    Section.RECORD: "The record",
    Section.TOGETHER: "What both approved",
    Section.PAGES: "Pages",
    Section.MEASURES: "Measures",
    Section.CHECK_INS: "Check-ins",
    Section.AFTER_EFFECTS: "After-effects",
}
_STANDS = {
    Standing.HOLDS: "holds",
    Standing.REPLACED: "held until something later took its place",
    Standing.ENDED: "held, and has ended",
}
NOTHING_IN_IT = "There is nothing that belongs in this pack."
NOT_SIGNED = "This entry is not signed."
THE_PART = "what a record about both says of one alone"


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack as it leaves: lines that are no markdown above and below, and markdown between."""

    title: str
    head: tuple[str, ...]
    words: str
    foot: tuple[str, ...]


def page_of(
    pack: Pack,
    goes: Sequence[Item],
    gone: Sequence[tuple[Item, Ground]],
    couple: Couple,
    practice: str,
    maker: str,
    files: Exported | None = None,
) -> PackPage:
    """The page of a pack, of which so much `goes` in and so much is `gone` by the therapist's decision;
    `files` are those beside it, without them as they would be named."""
    today = days.long_day(clock.today())
    place = f"the practice {shown_line(practice)}" if practice else "the practice"
    return PackPage(
        saying.title(couple, pack.about),
        tuple(_head(pack, couple, today)),
        "\n\n".join(_blocks(pack, goes, gone, _files_of(goes) if files is None else files)) + "\n",
        (f"Made from the record of {place} by {shown_line(maker)} on {today}.", saying.RIGHTS),
    )


def words_of(pack: Pack, item: Item) -> str:
    """What a pack says of one thing, to be read before it goes in."""
    if item.section is Section.MEASURES:
        return _measures([item])
    return "\n\n".join(_item(pack, item, _files_of([item])))


def never_in_it(about: About) -> str:
    """What no pack of a kind has, as it stands in one."""
    return f"{_paragraph(saying.SAME_FOR_ALL)}\n\n{_list(saying.always_withheld(about))}"


def _head(pack: Pack, couple: Couple, today: str) -> Iterator[str]:
    request = pack.request
    yield (
        f"Asked for on {days.long_day(request.asked)} · due on {days.long_day(request.due)} · made on {today}"
    )
    yield from saying.what_it_holds(couple, pack)
    if not pack.is_whole:
        yield saying.NOT_WHOLE


def _blocks(
    pack: Pack, goes: Sequence[Item], gone: Sequence[tuple[Item, Ground]], files: Exported
) -> Iterator[str]:
    yield "## What is in this pack"
    yield _table(("Day", "What"), [(days.long_day(one.date), saying.title_in_a_list(one)) for one in goes])
    if written := names_written(files):
        yield _paragraph(saying.files_beside(len(written)))
    for section, items in groupby(goes, lambda one: one.section):
        yield f"## {HEADINGS[section]}"
        if section is Section.MEASURES:
            yield _measures(list(items))
        else:
            for item in items:
                yield from _item(pack, item, files)
    yield "## What is not in this pack, and why"
    yield never_in_it(pack.about)
    if gone:
        yield _paragraph(saying.BY_DECISION)
        yield _list((saying.dated(item), saying.GROUNDS[ground]) for item, ground in gone)


def _item(pack: Pack, item: Item, files: Exported) -> Iterator[str]:
    yield f"### {escaped(saying.title_in_a_list(item))}"
    thing = item.thing
    if isinstance(thing, Record):
        yield from _record(item, thing)
    elif isinstance(thing, Note | KeptNote):
        yield _paragraph(saying.page_line(item, thing))
        if beside := files.get(item.id):
            yield _paragraph(f"Files beside this pack: {'; '.join(map(_beside, beside))}.")
        yield quoted(thing.body if isinstance(thing, KeptNote) else thing.words)
        yield from _signed(item)
    elif isinstance(thing, Joint):
        yield _paragraph(f"{days.long_day(item.date)} · {_STANDS[thing.standing]}")
        yield from _fields(joint.lines_with([*pack.two.values(), "", ""][:2], thing))
        yield from _fields(saying.asked_for_less(pack, thing))
    else:
        place, lines = saying.report_lines(item)
        yield _paragraph(" · ".join(filter(None, (days.long_day(item.date), place))))
        yield _list(lines)


def _record(item: Item, record: Record) -> Iterator[str]:
    text = record.text
    by = f"by {shown_line(item.author)}" if item.author else ""
    is_part = item.kind is Source.PART
    part = THE_PART if is_part else ""
    yield _paragraph(" · ".join(filter(None, (days.long_day(text.date), shown_line(text.layout), by, part))))
    own = replace(text, values=tuple(pair for pair in text.values if pair[0] in item.fields), rows=())
    form = form_for(record.kind)
    dates = {one.heading for one in form.fields if one.kind is FieldKind.DATE}
    for heading, words in filled_fields(own, form):
        yield from _fields([(heading, _as_day(words) if heading in dates else words)])
    if is_part:
        return
    if text.rows:
        yield f"**{ROWS}**"
        yield _table(("Time, from the dose", "What"), list(dosing.cells(text.rows)))
    yield from _signed(item) if item.signed else (_paragraph(NOT_SIGNED),)


def _signed(item: Item) -> Iterator[str]:
    """Who signed and what was added. No digest: it would be that of words, some of which may not be here."""
    signed = item.signed
    if signed is None:
        return
    late = signing.late_entry(signed, item.date, item.written)
    yield "\\\n".join(map(escaped, filter(None, (late, *map(signing.spoken, signed.signatures)))))
    for addendum in signed.addenda:
        yield f"#### {escaped(signing.addendum_heading(addendum, item.date))}"
        yield as_typed(addendum.body)
        yield _paragraph(signing.spoken(addendum.signature))


def _measures(items: Sequence[Item]) -> str:
    rows = []
    for one in (item.thing for item in items if isinstance(item.thing, AnsweredMeasure)):
        for text in (one.text, *one.beside):
            score = score_of(text)
            answers = " ".join("–" if one is None else str(one) for one in text.answers)
            rows.append(
                (
                    days.long_day(text.date),
                    title_of(text.measure) + (f", {ON_PAPER}" if text.is_from_paper else ""),
                    measures.total_in_words(*score) if score else UNKNOWN,
                    answers,
                )
            )
    return _table(("Day", "Measure", "Total", "Answers, item by item"), rows)


def _fields(lines: "Iterator[tuple[str, str]] | Sequence[tuple[str, str]]") -> Iterator[str]:
    for heading, words in lines:
        if "\n" in words or len(words) > 60:
            yield f"**{escaped(heading)}**\\\n{as_typed(words)}"
        else:
            yield f"**{escaped(heading)}:** {escaped(words)}"


def _files_of(items: Sequence[Item]) -> Exported:
    return named([item.thing for item in items if isinstance(item.thing, Note)])


def _beside(file: ExportedFile) -> str:
    where = f"not taken along: {file.why_not}" if file.why_not else f"as {file.name}"
    return f"{aloud(file.attachment)}, {where}"


def _as_day(words: str) -> str:
    try:
        return days.long_day(dt.date.fromisoformat(words))
    except ValueError:
        return words


def _paragraph(line: str) -> str:
    return escaped(line)


def _list(lines: "Iterator[tuple[str, str]] | Sequence[tuple[str, str]]") -> str:
    return "\n".join(f"- **{escaped(what)}:** {escaped(words)}" for what, words in lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return _paragraph(NOTHING_IN_IT)
    lines = [head, ["---"] * len(head), *(list(map(escaped, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
