"""The clinical record: `record add | list | show | edit | history | share | withdraw | review | forms`."""

from typing import Annotated

import typer

from kapjournal.cli.field_options import WithFields
from kapjournal.cli.fields import NONE
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, practice, required
from kapjournal.cli.record_fields import form_fields, record_cells, record_fields, version_fields
from kapjournal.cli.record_input import Given, given
from kapjournal.content import forms as content
from kapjournal.content import practice as rules
from kapjournal.domain.couples import named
from kapjournal.domain.forms import MAIN_TEXT, Form, RecordKind, kind_from
from kapjournal.domain.parsing import number_from
from kapjournal.domain.record_signing import last_written
from kapjournal.domain.records import RecordText, last_service
from kapjournal.errors import NotFound, UsageError
from kapjournal.presentation import people, record_view, signing
from kapjournal.presentation import records as saying
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="Keep the clinical record of a practice: forms, couple by couple.")

_KIND = typer.Argument(parser=kind_from, metavar="KIND", help=f"One of: {', '.join(RecordKind)}.")
_Id = Annotated[
    str, typer.Argument(metavar="ID", help="The record's id, or at least its first four characters.")
]
_Label = Annotated[str, typer.Argument(metavar="LABEL", help="One colleague, by their label.")]
_Source = Annotated[
    str | None,
    typer.Option(
        "--json", metavar="FILE|-", help="JSON as `record show --json` has it: about, session, date, fields …"
    ),
]
_About = Annotated[
    str | None, typer.Option(metavar="WHOM", help="couple, first or second, or a partner by their name.")
]
_Date = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day it is about.")]
_Session = Annotated[str | None, typer.Option(metavar="N", help="The number of its session; 0 is none.")]
_SessionDate = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of that session.")]
_Layout = Annotated[
    str | None, typer.Option(metavar="NAME", help="Of a progress note: SOAP, DAP, BIRP, GIRP, or a clinic's.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command(cls=WithFields)
def add(
    context: typer.Context,
    kind: Annotated[RecordKind, _KIND],
    couple: CoupleOption = None,
    source: _Source = None,
    about: _About = None,
    date: _Date = None,
    session: _Session = None,
    session_date: _SessionDate = None,
    layout: _Layout = None,
) -> None:
    """Write a record of a couple. You alone can read it, unless the clinic's form names readers. Prints its
    id.

    Each field of the form is an option: --FIELD TEXT, or --FIELD - for standard input; see `record forms`.
    """
    options = Given({}, about, date, session, session_date, layout)
    name = required(couple_name(context, couple))
    _complain()
    with practice(context) as opened:
        opened.records.check_may_write(kind)
        theirs = opened.couples.get(name)
        said = _given(source, options, context.args, content.form_for(kind))
        written = opened.records.add(
            journal.NewRecord(
                kind=kind,
                case=theirs.case,
                fields=said.fields,
                about=said.about_of(theirs),
                date=said.day(),
                session=said.session_named(),
                layout=said.layout or "",
                rows=tuple(row.anew() for row in said.rows),
            )
        )
        stdout.row(written.id)
        if len(written.readers) > 1:
            stderr.say(f"{people.named(opened, written.readers)} can read this record.")


@app.command("list")
def listed(
    context: typer.Context,
    couple: CoupleOption = None,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Those of yours that wait for your signature.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """List the records you can read, by day. Columns: id, day, kind, session, couple, about, readers, words.

    No words are listed of process and safety notes."""
    with practice(context) as opened:
        name = couple_name(context, couple)
        couples = by_case(opened)
        case = None if name is None else named(couples.values(), name).case
        found = opened.signing.unsigned() if unsigned else opened.records.all(case)
        found = [one for one in found if case in (None, one.case)]
        if as_json:
            stdout.json([record_fields(opened, one, couples.get(one.case)) for one in found])
            return
        for record in found:
            stdout.row(*record_cells(opened, record, couples.get(record.case)))
        if unsigned and not found:
            stderr.say(saying.ALL_SIGNED)


@app.command()
def show(context: typer.Context, record_id: _Id, as_json: _Json = False) -> None:
    """Show one record."""
    with practice(context) as opened:
        record = opened.records.get(record_id)
        couple = by_case(opened).get(record.case)
        signed = opened.signing.of(record.id)
        fields = record_fields(opened, record, couple, signed)
        if as_json:
            stdout.json(fields)
            return
        names = ("id", "kind", "layout", "date", "author", "written", "revised")
        heads = {
            **{name: fields[name] for name in names},
            "couple": couple.name if couple else saying.UNKNOWN_COUPLE,
            "about": saying.about_in_words(record.text.about, couple),
            "session": saying.session_in_words(record.text.session),
            "readers": people.named(opened, record.readers),
            **({"signed": "yes"} if signed else {}),
        }
        for name, value in heads.items():
            stdout.field(name, NONE if value in (None, "") else value)
        _print_text(record.text)
        if signed is not None:
            stdout.text("")
            for line in signing.lines(signed, record.text.date, last_written(record)):
                stdout.text(line)
        for text in record.beside:
            stdout.text("")
            stdout.text(saying.beside_in_words(is_signed=record.is_signed))
            _print_text(text)


@app.command(cls=WithFields)
def edit(
    context: typer.Context,
    record_id: _Id,
    source: _Source = None,
    about: _About = None,
    date: _Date = None,
    session: _Session = None,
    session_date: _SessionDate = None,
    layout: _Layout = None,
) -> None:
    """Change a record of yours: the fields that are named, and what else is. An empty text empties a field.

    Each field of the form is an option: --FIELD TEXT, or --FIELD - for standard input. Prints the id."""
    options = Given({}, about, date, session, session_date, layout)
    _complain()
    with practice(context) as opened:
        seen = opened.records.get(record_id)  # before the text comes, which somebody may be typing
        said = _given(source, options, context.args)
        if said.is_nothing:
            raise UsageError("Say what to change: --FIELD TEXT, --json FILE or one of the options.")
        change = journal.RecordChange(
            fields=said.fields,
            about=said.about_of(by_case(opened).get(seen.case)),
            date=said.day(),
            session=said.session_named(seen.text.session),
            no_session=said.no_session,
            layout=said.layout,
            seen=seen.versions,
            rows=said.rows,
        )
        record = opened.records.edit(record_id, change)
        stdout.row(record.id)
        if record.beside:
            stderr.say(saying.BOTH_STAND if seen.beside else saying.BESIDE)


@app.command()
def history(
    context: typer.Context,
    record_id: _Id,
    version: Annotated[
        int | None, typer.Option(parser=number_from, metavar="N", help="Print the texts of version N.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """List the versions of a record of yours. Columns: number, saved at, day, readers; oldest first."""
    with practice(context) as opened:
        found = opened.records.history(record_id)
        if version is not None:
            chosen = next((one for one in found if one.number == version), None)
            if chosen is None:
                raise NotFound(f"This record has versions 1 to {len(found)}.")
            if as_json:
                stdout.json(version_fields(opened, chosen))
                return
            _print_text(chosen.text)
            return
        if as_json:
            stdout.json([version_fields(opened, one) for one in found])
            return
        for one in found:
            fields = version_fields(opened, one)
            stdout.row(one.number, fields["saved"], fields["date"], people.named(opened, one.readers))


@app.command()
def share(context: typer.Context, record_id: _Id, label: _Label) -> None:
    """Let one colleague read a record of yours. Never “all”, and never a role."""
    with practice(context, shares=True) as opened:
        record = opened.records.share(record_id, label)
        stderr.say(f"{people.named(opened, record.readers)} can read this record. {saying.SHARED}")


@app.command()
def withdraw(context: typer.Context, record_id: _Id, label: _Label) -> None:
    """Stop sharing a record of yours with a colleague. What was read cannot be unread."""
    with practice(context) as opened:
        record = opened.records.withdraw(record_id, label)
        stderr.say(f"{people.named(opened, record.readers)} can read this record now. {saying.WITHDRAWN}")


@app.command()
def review(context: typer.Context, couple: CoupleOption = None, as_json: _Json = False) -> None:
    """List from which day each couple's record may be reviewed. Columns: couple, last service, that day.

    The last service is the latest day that a record you can read is about. Nothing is ever done on it."""
    for complaint in rules.complaints():
        stderr.say(complaint)
    with practice(context) as opened:
        records, name = opened.records.all(), couple_name(context, couple)
        found = []
        for one in opened.couples.all() if name is None else [opened.couples.get(name)]:
            theirs = [record for record in records if record.case == one.case]
            days = last_service(theirs), record_view.review_from(theirs)
            found.append((one.name, *(day.isoformat() if day else None for day in days)))
    if as_json:
        stdout.json([dict(zip(("couple", "last_service", "review_from"), row, strict=True)) for row in found])
        return
    for row in found:
        stdout.row(*(cell or NONE for cell in row))


@app.command()
def forms(
    kind: Annotated[RecordKind | None, _KIND] = None,
    as_json: _Json = False,
) -> None:
    """List the forms and their fields. Columns: kind, field, what it holds, heading, answers."""
    _complain()
    found = [form for form in content.all_forms() if kind in (None, form.kind)]
    if as_json:
        stdout.json([form_fields(form) for form in found])
        return
    for form in found:
        for field in form.fields:
            stdout.row(form.id, field.id, field.kind.value, field.heading, ", ".join(field.answers) or NONE)


def _given(source: str | None, options: Given, arguments: list[str], form: Form | None = None) -> Given:
    """What was given; where nothing was, what comes on standard input is the main text of the form."""
    if source is None and not arguments and form is not None:
        if MAIN_TEXT not in [field.id for field in form.fields] or not questions.is_piped():
            raise UsageError("Say what stands in it: --FIELD TEXT, or --json FILE.")
        arguments = [f"--{MAIN_TEXT}={file_or_stdin.STDIN}"]
    return given(source, options, arguments)


def _print_text(text: RecordText) -> None:
    for heading, value in saying.filled_fields(text, content.form_for(text.kind)):
        stdout.text("")
        stdout.text(heading)
        stdout.text(value)


def _complain() -> None:
    for complaint in content.complaints():
        stderr.say(complaint)
