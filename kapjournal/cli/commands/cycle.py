"""The loop of two partners: `cycle show | write | release | otherwise`."""

import datetime as dt
from typing import Annotated

import typer

from kapjournal import config
from kapjournal.cli.commands.steps import ANSWERS, in_steps
from kapjournal.cli.options import options_of
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parsing import day_from
from kapjournal.presentation import cycle as wording
from kapjournal.presentation import cycle_view as saying
from kapjournal.presentation.waiting import after_sharing
from kapjournal.stdio import stderr, stdout

app = typer.Typer(no_args_is_help=True, help="The loop the two of you fall into: a half of each.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def show(context: typer.Context, as_json: _Json = False) -> None:
    """Print both halves, one field after another, once both are released; before, how it stands."""
    with options_of(context).unlocked() as opened:
        view = saying.read_loop(opened)
        if as_json:
            stdout.json(wording.fields_of(view))
            return
        for line in wording.in_lines(view):
            stdout.text(line)
        for sentence in (*view.state, view.readers):
            stderr.say(sentence)


@app.command()
def write(
    context: typer.Context,
    file: Annotated[str | None, ANSWERS] = None,
    as_json: _Json = False,
) -> None:
    """Print the fields of a half or, given answers, make a note of them that only you can read.

    Columns: name, question, words to choose from. With FILE, the id of the note is printed.
    """
    in_steps(context, NoteKind.CYCLE, file, as_json=as_json)


@app.command()
def release(
    context: typer.Context,
    note_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="A page of yours of the kind cycle; without it, the newest.")
    ] = "",
    as_json: _Json = False,
) -> None:
    """Release your half: each reads the other's once both are released. Prints its id."""
    with options_of(context).unlocked(shares=True) as opened:
        note = opened.cycle.release(note_id)
        if as_json:
            stdout.json({"id": note.id})
        else:
            stdout.row(note.id)
        for sentence in after_sharing(opened, note):
            stderr.say(sentence)


@app.command()
def otherwise(
    context: typer.Context,
    line: Annotated[str, typer.Argument(metavar="LINE", help="What was otherwise, in one line.")],
    date: Annotated[
        dt.date | None,
        typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day; else today."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Write down a time it went otherwise, for those who read both halves. Prints its id."""
    with options_of(context).unlocked(shares=True) as opened:
        said = saying.who_reads_a_line(opened, config.load().settings.country)
        note = opened.cycle.add_otherwise(line, date)
        if as_json:
            stdout.json({"id": note.id})
        else:
            stdout.row(note.id)
        for sentence in (*after_sharing(opened, note), *said[1:]):
            stderr.say(sentence)
