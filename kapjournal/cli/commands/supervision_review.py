"""The review of a write-up: `supervision review`."""

from typing import Annotated

import typer

from kapjournal.cli.practice import practice
from kapjournal.cli.review_input import Given, from_json, pairs_from
from kapjournal.cli.write_up_fields import review_fields
from kapjournal.cli.write_up_options import WriteUpId
from kapjournal.domain.supervision import RECIPIENT
from kapjournal.errors import UsageError
from kapjournal.presentation import write_up_review as saying
from kapjournal.stdio import file_or_stdin, stderr, stdout


def register(app: typer.Typer) -> None:
    """Give the group this command."""
    app.command()(review)


def review(
    context: typer.Context,
    record_id: WriteUpId,
    to: Annotated[
        str,
        typer.Option(metavar="NAME", help="Who is to read it. If not said: its recipient."),
    ] = "",
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|all", help="What is proposed stands in its place; all is all that is open."),
    ] = None,
    change: Annotated[
        list[str] | None, typer.Option(metavar="ID=WORDS", help="Other words stand in its place.")
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(metavar="ID=REASON", help="It stays, for a reason; never a name.")
    ] = None,
    mark: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Words of the text that tell somebody too.")
    ] = None,
    word: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="A word that was looked at and means nobody.")
    ] = None,
    story: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=TEXT", help="An answer to a question of the story check."),
    ] = None,
    decisions: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-",
            help="The same as JSON: accept, nobody and mark are lists, change, keep and story objects by id.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what is decided too, and not only what is open.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, of everything.")] = False,
) -> None:
    """Review a write-up for one recipient: decide on what was found, look at the words, answer the story
    check. Prints what is open. Columns: id, decision, kind, words, what stands there, heading, line.

    Each decision is for these words in this line: where they change it is asked again. Names, towns, clinics,
    employers, initials and days are never kept."""
    said = Given(
        tuple(accept or ()),
        tuple(word or ()),
        tuple(mark or ()),
        pairs_from(change, "--change"),
        pairs_from(keep, "--keep"),
        pairs_from(story, "--story"),
    )
    if decisions is not None:
        if not said.is_nothing:
            raise UsageError("Decide by options, or by --decisions FILE: not both.")
        said = from_json(file_or_stdin.body(decisions))
    with practice(context) as opened:
        write_ups = opened.write_ups
        to = to or write_ups.get(record_id).text.fields.get(RECIPIENT, "")
        found = write_ups.review(record_id, to)
        if said.mark:
            found = write_ups.decide(record_id, to, marks=said.mark)
        if made := said.decisions(found):
            found = write_ups.decide(record_id, to, made)
        if as_json:
            stdout.json(review_fields(found))
        else:
            for cells in saying.rows(found, everything=everything):
                stdout.row(*cells)
        if found.unread:
            stderr.say(saying.UNREAD.format(why=found.unread))
        stderr.say(saying.state(found))
