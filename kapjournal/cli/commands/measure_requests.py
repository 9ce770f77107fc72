"""What a therapist asks for, and their safety marks: `measure ask | asked | take-back | marks | contact`."""

import datetime as dt
from typing import Annotated

import typer

from kapjournal.cli.commands.measures import Json, Name, complain, couples_journal
from kapjournal.cli.fields import NONE
from kapjournal.cli.measure_fields import mark_fields, request_fields
from kapjournal.cli.options import moment_of, naming, options_of
from kapjournal.content import measures as content
from kapjournal.domain.forms import About
from kapjournal.domain.parsing import day_from, past_day_from, time_from
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import contacts
from kapjournal.stdio import file_or_stdin, stderr, stdout


def register(app: typer.Typer) -> None:
    """Add these to the commands of measures."""
    app.command()(ask)
    app.command()(asked)
    app.command()(take_back)
    app.command()(marks)
    app.command()(contact)


def ask(
    context: typer.Context,
    name: Name,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="Whom you ask: a label.")],
    by: Annotated[
        dt.date | None,
        typer.Option("--by", parser=day_from, metavar="YYYY-MM-DD", help="The day by which you want it."),
    ] = None,
    line: Annotated[
        str, typer.Option("--line", metavar="TEXT|-", help="One line for them; - is standard input.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Ask one partner for a measure, for a therapist. They alone read it. Prints the id of the request."""
    complain()
    measure = content.measure(name)
    words = file_or_stdin.first_line(line, "the line") if line == file_or_stdin.STDIN else line
    with options_of(context).unlocked(shares=True) as opened:
        request = opened.measures.request(measure.id, partner, by, words)
        if as_json:
            stdout.json(request_fields(opened, request))
        else:
            stdout.row(request.id)
        stderr.say(saying.NOBODY_SEES_YET)


def asked(context: typer.Context, as_json: Json = False) -> None:
    """List what you asked for or are asked for. Columns: id, measure, of whom, by when, the id of the answers
    since then that you can read, the line."""
    with couples_journal(context) as opened:
        found = opened.measures.requests()
        if as_json:
            stdout.json([request_fields(opened, one) for one in found])
            return
        for one in found:
            by = one.date.isoformat() if one.date else NONE
            whom = opened.members.label_of(one.of)
            title = saying.title_of(one.measure)
            stdout.row(one.id, title, whom, by, one.answered or NONE, one.words or NONE)
        if not found:
            stderr.say(saying.NOTHING_ASKED)


def take_back(
    context: typer.Context,
    request_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the request.")],
    as_json: Json = False,
) -> None:
    """Ask no more for what you asked for."""
    with couples_journal(context) as opened:
        opened.measures.take_back(request_id)
        if as_json:
            stdout.json({"taken_back": request_id})


def marks(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that a contact line closed, too.")] = False,
    as_json: Json = False,
) -> None:
    """List your safety marks, for a therapist. Columns: id, open or closed, and what it is about."""
    with couples_journal(context) as opened:
        found = [one for one in opened.measures.marks() if every or one.is_open]
        if as_json:
            stdout.json([mark_fields(opened, one) for one in found])
            return
        for one in found:
            state = "open" if one.is_open else "closed"
            stdout.row(one.id, state, saying.mark_in_words(opened, one))
            for line in one.contacts:
                stdout.row(one.id, "contact", saying.contact_in_words(line))
        if not found:
            stderr.say(saying.NO_MARKS)


def contact(
    context: typer.Context,
    mark_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the mark.")],
    how: Annotated[str, typer.Option(metavar="TEXT", help="How you were in contact: on the phone.")],
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="TEXT|-", help="What came of it; - is standard input.")
    ],
    date: Annotated[
        dt.date | None,
        typer.Option(parser=past_day_from, metavar="YYYY-MM-DD", help="The day; today without it."),
    ] = None,
    time: Annotated[
        dt.time | None, typer.Option(parser=time_from, metavar="HH:MM", help="The hour; now without it.")
    ] = None,
    about: Annotated[
        About | None,
        typer.Option(help="Whom the record is about, where the names in the practice do not tell."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a contact line into a safety mark, which closes it: when, how, and what came of it. With -c it
    goes into the clinical record too, as a contact note about that partner."""
    words = file_or_stdin.body(outcome) if outcome == file_or_stdin.STDIN else outcome
    with naming("The option is --about first or --about second."), couples_journal(context) as opened:
        mark = opened.measures.mark(mark_id)
        closed, said = contacts.write(opened, mark, moment_of(date, time), how, words, about)
        if as_json:
            stdout.json(mark_fields(opened, closed))
        else:
            stdout.row(closed.id)
        stderr.say(said)
