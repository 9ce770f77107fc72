"""Searching what the member can read: `search QUERY`."""

from typing import Annotated

import typer

from kapjournal.cli.fields import note_cells
from kapjournal.cli.options import options_of
from kapjournal.domain.notes import NoteKind, kind_from
from kapjournal.domain.parsing import number_from
from kapjournal.exchange import note_fields
from kapjournal.presentation.search import FEW, NOTHING_HAS_IT, how_much, marked, unmarked
from kapjournal.stdio import file_or_stdin, stderr, stdout


def search(
    context: typer.Context,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY|-", help="Words, or beginnings of words; - takes a line of standard input."
        ),
    ],
    by: Annotated[str | None, typer.Option(metavar="LABEL", help="Only what they wrote.")] = None,
    session: Annotated[
        int | None,
        typer.Option(
            parser=number_from, metavar="N", help="Only of this session: what names it or is of its day."
        ),
    ] = None,
    kind: Annotated[
        NoteKind | None, typer.Option(parser=kind_from, metavar="KIND", help="Only of this kind.")
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only with this tag.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(parser=number_from, metavar="N", help=f"At most so many; {FEW} unless said."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find notes you can read. The columns of “note list” and an excerpt, with «» around what was found."""
    most = FEW if limit is None else limit
    with options_of(context).unlocked() as opened:
        if query == file_or_stdin.STDIN:
            query = file_or_stdin.first_line(query, "what to search for")
        hits = opened.search(query, by=by, session=session, kind=kind, tag=tag, limit=most)
        if as_json:
            stdout.json(
                [
                    note_fields(opened, hit.note, body=False) | {"excerpt": unmarked(hit.excerpt)}
                    for hit in hits
                ]
            )
        else:
            for hit in hits:
                *cells, title = note_cells(opened, hit.note)
                stdout.row(*cells, marked(hit.title) or title, marked(hit.excerpt))
            stderr.say(how_much(hits, most) if hits else NOTHING_HAS_IT)
        if len(hits) == most:
            stderr.say("--limit N shows more.")
