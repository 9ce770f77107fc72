"""Dosing records, row by row: `dose add | row | list | edit | remove` and `vitals add | list`."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.field_options import WithFields, fields_in
from kapjournal.cli.fields import NONE
from kapjournal.cli.options import moment_of
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, couple_of, practice
from kapjournal.cli.record_fields import rows_fields
from kapjournal.content import pad as content
from kapjournal.domain import dosing
from kapjournal.domain.couples import Couple, named
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.parsing import number_from, past_day_from, time_from
from kapjournal.domain.records import Record, SessionNamed, about_from
from kapjournal.errors import UsageError
from kapjournal.presentation import dosing as saying
from kapjournal.presentation.records import about_in_words
from kapjournal.stdio import stderr, stdout
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(help="Keep the dosing record of one person and session: doses, effects, what happened.")
vitals_app = typer.Typer(help="Keep the vitals of a dosing record.")

_Whom = Annotated[
    str, typer.Argument(metavar="WHOM", help="first or second, or the partner by the name you gave them.")
]
_Record = Annotated[
    str, typer.Argument(metavar="RECORD", help="The record's id, or at least its first four characters.")
]
_Row = Annotated[str, typer.Argument(metavar="ROW", help="The row's id, or how it begins.")]
_SESSION = typer.Option("--session", parser=number_from, metavar="N", help="The number of the session.")
_Date = Annotated[
    dt.date | None,
    typer.Option(parser=past_day_from, metavar="YYYY-MM-DD", help="The day; today without it."),
]
_Time = Annotated[
    dt.time | None, typer.Option(parser=time_from, metavar="HH:MM", help="Local time; now without it.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command(cls=WithFields)
def add(
    context: typer.Context,
    whom: _Whom,
    session: Annotated[int, _SESSION],
    couple: CoupleOption = None,
    date: _Date = None,
    time: _Time = None,
) -> None:
    """Note a dose: --amount, --unit, --route, --form, --strength, --ordered-by, and --which booster for
    a booster. Prints the ids of record and row. Nothing is compared or advised."""
    _put(context, RowKind.DOSE, whom, session, couple, date, time, fields_in(context.args))


@app.command("row", cls=WithFields)
def row_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(RowKind)}.")],
    whom: _Whom,
    session: Annotated[int, _SESSION],
    couple: CoupleOption = None,
    date: _Date = None,
    time: _Time = None,
) -> None:
    """Note a row of any kind. Of spit: --which; effect: --effect, --ended; line: --what; of all: --words."""
    if kind not in list(RowKind):
        raise UsageError(f"There is no row “{shown_line(kind)}”; they are {', '.join(RowKind)}.")
    _put(context, RowKind(kind), whom, session, couple, date, time, fields_in(context.args))


@vitals_app.command("add", cls=WithFields)
def vitals(
    context: typer.Context,
    whom: _Whom,
    pressure: Annotated[str, typer.Argument(metavar="SYS/DIA", help="For example 132/84.")],
    session: Annotated[int, _SESSION],
    couple: CoupleOption = None,
    date: _Date = None,
    time: _Time = None,
) -> None:
    """Note a row of vitals: SYS/DIA, --pulse, --spo2, --label (such as “before” or “30 min”), --told."""
    systolic, _, diastolic = pressure.partition("/")
    fields = {"systolic": systolic, "diastolic": diastolic, **fields_in(context.args)}
    _put(context, RowKind.VITALS, whom, session, couple, date, time, fields)


@app.command("list")
def listed(
    context: typer.Context,
    couple: CoupleOption = None,
    session: Annotated[int | None, _SESSION] = None,
    as_json: _Json = False,
) -> None:
    """List rows by time. Columns: record, row, couple, session, whom, day, clock, since the dose, kind,
    what, author."""
    _list(context, couple, session, as_json, tuple(RowKind))


@vitals_app.command("list")
def listed_vitals(
    context: typer.Context,
    couple: CoupleOption = None,
    session: Annotated[int | None, _SESSION] = None,
    as_json: _Json = False,
) -> None:
    """List the rows of vitals. Columns as for `dose list`."""
    _list(context, couple, session, as_json, (RowKind.VITALS,))


@app.command(cls=WithFields)
def edit(context: typer.Context, record: _Record, row: _Row, date: _Date = None, time: _Time = None) -> None:
    """Change a row: --COLUMN TEXT, empty for none; --date and --time. The version before is kept."""
    fields = fields_in(context.args)
    with practice(context) as opened:
        found = opened.records.get(record)
        before = dosing.find(found.text.rows, row)
        changed = before.with_fields(fields)
        if date or time:
            day, hour = date or before.at.date(), time or before.at.time()
            at = dt.datetime.combine(day, hour, before.at.tzinfo)  # where it was written down
            changed = replace(changed, at=at, steady=None)
        _told(opened.dosing.change_row(found.id, changed), changed)


@app.command()
def remove(context: typer.Context, record: _Record, row: _Row) -> None:
    """Take a row out of a record of yours. The version before is kept."""
    with practice(context) as opened:
        stdout.row(opened.dosing.strike_row(record, row).id)


def _put(
    context: typer.Context,
    kind: RowKind,
    whom: str,
    session: int,
    couple: str | None,
    date: dt.date | None,
    time: dt.time | None,
    fields: dict[str, str],
) -> None:
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        row = new_row(kind, moment_of(date, time), fields)
        record = opened.dosing.put(
            theirs.case,
            about_from(whom, theirs.first, theirs.second),
            SessionNamed(session, row.at.date()),
            [row],
        )
        _told(record, row)


def _told(record: Record, row: Row) -> None:
    """Print the ids, and say what cannot be in a row, or that it is above the clinic's line."""
    stdout.row(record.id, row.id)
    for complaint in content.complaints():
        stderr.say(complaint)
    for sentence in saying.marks(record.text.rows, content.pad()).get(row.id, ()):
        stderr.say(sentence)


def _list(
    context: typer.Context, couple: str | None, session: int | None, as_json: bool, kinds: tuple[RowKind, ...]
) -> None:
    with practice(context) as opened:
        name = couple_name(context, couple)
        couples = by_case(opened)
        case = None if name is None else named(couples.values(), name).case
        found = opened.dosing.all(case, session)
        if as_json:
            stdout.json([_fields(opened, record, couples.get(record.case), kinds) for record in found])
            return
        for record in found:
            dosed = dosing.dosed_at(record.text.rows)
            for row in record.text.rows:
                if row.kind in kinds:
                    author = opened.members.label_of(record.author)
                    stdout.row(*_cells(record, row, dosed, couples.get(record.case), author))


def _cells(
    record: Record, row: Row, dosed: dt.datetime | None, couple: Couple | None, author: str
) -> tuple[object, ...]:
    text = record.text
    return (
        record.id,
        row.id,
        couple.name if couple else NONE,
        text.session.number if text.session else NONE,
        about_in_words(text.about, couple),
        row.at.date().isoformat(),
        saying.clock(row),
        saying.since_dose(row, dosed) or NONE,
        row.kind,
        saying.row_in_words(row) or NONE,
        author,
    )


def _fields(
    opened: "Journal", record: Record, couple: Couple | None, kinds: tuple[RowKind, ...]
) -> dict[str, object]:
    text = record.text
    return {
        "record": record.id,
        "couple": couple.name if couple else None,
        "case": record.case.hex(),
        "author": opened.members.label_of(record.author),
        "session": text.session.number if text.session else None,
        "about": text.about.value,
        "rows": [fields for fields in rows_fields(text) if fields["kind"] in kinds],
    }
