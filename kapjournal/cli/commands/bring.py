"""What a partner brings to the next session: `bring add | list | remove`."""

from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import config
from kapjournal.cli.fields import NONE
from kapjournal.cli.options import options_of
from kapjournal.errors import UsageError
from kapjournal.presentation import bringing as saying
from kapjournal.presentation.sharing import beside_what_a_therapist_reads
from kapjournal.stdio import file_or_stdin, stderr, stdout

if TYPE_CHECKING:
    from kapjournal.domain.bringing import Brought
    from kapjournal.journal import Journal

app = typer.Typer(no_args_is_help=True, help="What you bring to the next session.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    context: typer.Context,
    note_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="A note of yours: the whole page is marked.")
    ] = "",
    words: Annotated[
        str,
        typer.Option(metavar="TEXT|-", help="Words alone, without their page; - is standard input."),
    ] = "",
    as_json: _Json = False,
) -> None:
    """Mark a page of yours, or words alone, for the next session. Prints the id of the mark.

    The therapists can read it from then on: the whole page, or these words and nothing else."""
    if bool(note_id) == bool(words):
        raise UsageError("Say what you bring: the id of a page, or --words.")
    text = file_or_stdin.body(words) if words == file_or_stdin.STDIN else words
    with options_of(context).unlocked(shares=True) as opened:
        brought = opened.bringing.page(note_id) if note_id else opened.bringing.words(text)
        if as_json:
            stdout.json(_fields_of(opened, brought))
        else:
            stdout.row(brought.id)
        stderr.say(saying.marked(opened, brought))
        for notice in beside_what_a_therapist_reads(opened, config.load().settings.country):
            stderr.say(notice)


@app.command("list")
def listed(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="What was brought to sessions before, too.")] = False,
    as_json: _Json = False,
) -> None:
    """List what you marked for the next session or, for a therapist, what each partner did. Columns: id, day,
    of whom, for which session, the words or the name of the page."""
    with options_of(context).unlocked() as opened:
        lines = saying.read_lines(opened, earlier=every)
        if as_json:
            stdout.json([saying.fields(line) for line in lines])
            return
        for line in lines:
            session = f"session {line.session.number}" if line.session else NONE
            stdout.row(
                line.brought.id, line.brought.date.isoformat(), line.who, session, saying.in_a_line(line)
            )
        if reads := saying.reads_when(opened):
            stderr.say(reads)


@app.command()
def remove(
    context: typer.Context,
    brought_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of the mark, or at least its first four characters.")
    ],
    as_json: _Json = False,
) -> None:
    """Bring something no more. A page stays shared: `note withdraw` stops that."""
    with options_of(context).unlocked() as opened:
        was_a_page = opened.bringing.take_back(brought_id)
        if as_json:
            stdout.json({"taken_back": brought_id})
        stderr.say(saying.taken_back(is_page=was_a_page))


def _fields_of(opened: "Journal", brought: "Brought") -> dict[str, object]:
    return next(
        saying.fields(line) for line in saying.read_lines(opened, earlier=True) if line.brought == brought
    )
