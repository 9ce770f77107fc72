"""Searching what the member can read, in a practice across all couples: `search QUERY`."""

from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.fields import NONE, note_cells
from kapjournal.cli.options import options_of
from kapjournal.domain.notes import NoteKind, kind_from
from kapjournal.domain.parsing import number_from
from kapjournal.errors import UsageError
from kapjournal.exchange import note_fields
from kapjournal.presentation import search as saying
from kapjournal.presentation.couples import couple_by_couple
from kapjournal.presentation.search import FEW, FEW_EACH, NOTHING_HAS_IT, how_much, marked, unmarked
from kapjournal.stdio import file_or_stdin, stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import FoundAcross, Journal, SearchedCouple


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
        typer.Option(
            parser=number_from,
            metavar="N",
            help=f"At most so many, {FEW} unless said; across couples of each, {FEW_EACH} unless said.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find notes you can read. The columns of “note list” and an excerpt, with «» around what was found.

    In a practice: notes of all couples whose journals open with it, and its records. Columns: couple, note or
    record, id, day, kind, session, author, title or field, excerpt."""
    most = FEW if limit is None else limit
    with options_of(context).unlocked() as opened:
        if query == file_or_stdin.STDIN:
            query = file_or_stdin.first_line(query, "what to search for")
        if opened.is_practice:
            if any(one is not None for one in (by, session, kind, tag)):
                raise UsageError("Across couples it is searched by words alone; -c NAME searches one couple.")
            _across(opened, query, FEW_EACH if limit is None else limit, as_json=as_json)
            return
        follow = following(doing=saying.MADE_READY)
        hits = opened.search(query, by=by, session=session, kind=kind, tag=tag, limit=most, follow=follow)
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


def _across(practice: "Journal", query: str, most: int, *, as_json: bool) -> None:
    """Print what is found, couple by couple as their journals are searched."""
    searched: list[SearchedCouple] = []
    for one in journal.search_across(practice, query, most=most, follow=following(couple_by_couple)):
        searched.append(one)
        for found in () if as_json else one.found:
            stdout.row(*_cells(one, found))
    if as_json:
        stdout.json(
            {
                "found": [_fields(one, found) for one in searched for found in one.found],
                "not_searched": [
                    {"couple": one.couple.name, "why": one.why_not}
                    for one in searched
                    if one.couple and one.why_not
                ],
            }
        )
    else:
        stderr.say(saying.how_much_across(searched))
    for one in searched:
        if one.why_not:
            stderr.say(saying.not_searched(one))
    if not all(one.is_all for one in searched):
        stderr.say("--limit N shows more of each.")


def _cells(searched: "SearchedCouple", found: "FoundAcross") -> tuple[object, ...]:
    return (
        searched.couple.name if searched.couple else NONE,
        "record" if found.is_record else "note",
        found.id,
        found.date.isoformat(),
        found.kind,
        NONE if found.session is None else found.session,
        found.author,
        saying.where_in(found) or NONE,
        saying.words_in(found),
    )


def _fields(searched: "SearchedCouple", found: "FoundAcross") -> dict[str, object]:
    return {
        "couple": searched.couple.name if searched.couple else None,
        "is": "record" if found.is_record else "note",
        "id": found.id,
        "date": found.date.isoformat(),
        "kind": found.kind,
        "session": found.session,
        "author": found.author,
        "title": None if found.is_record else unmarked(found.title),
        "field": found.heading if found.is_record else None,
        "excerpt": unmarked(found.excerpt),
    }
