"""Giving a partner a copy of their own record: `record give`."""

from typing import Annotated

import typer

from kapjournal.cli.options import naming
from kapjournal.cli.practice import CoupleOption, couple_name, practice
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import NO_SUCH_COUPLE
from kapjournal.domain.forms import About
from kapjournal.domain.giving import OTHER_COUPLE
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.exchange import note_fields
from kapjournal.presentation import record_copy as saying
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.lazy_imports import journal


def register(app: typer.Typer) -> None:
    """Add it to the commands of the record."""
    app.command()(give)


def _which(word: str) -> About:
    if word.strip().lower() in (About.FIRST, About.SECOND):
        return About(word.strip().lower())
    raise UsageError("--is: say first or second.")


def give(
    context: typer.Context,
    record_id: Annotated[
        str, typer.Argument(metavar="ID", help="The record's id, or at least its first four characters.")
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="LABEL", help="The partner, by their label in their journal.")
    ],
    which: Annotated[
        About | None,
        typer.Option(
            "--is",
            parser=_which,
            metavar="first|second",
            help="Which of the two they are, where the names you gave them do not say.",
        ),
    ] = None,
    couple: CoupleOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Give a partner a copy of a record of yours about them, as a note in their journal. Prints its id.

    They and you alone can read it. Records about the couple, process and safety notes are never given."""
    with naming("The option is --is first or --is second."), practice(context) as opened:
        record = opened.records.get(record_id)
        theirs = opened.couples.of(record.case)
        if theirs is None:
            raise NotFound(NO_SUCH_COUPLE)
        name = couple_name(context, couple)
        if name is not None and opened.couples.get(name).case != record.case:
            raise Refused(OTHER_COUPLE)
        form = form_for(record.kind)
        with opened.open_couple(theirs.case) as inside:
            note = journal.give_copy(
                opened,
                inside,
                theirs,
                record,
                to,
                title=saying.title_of(record.text, form),
                body=saying.as_markdown(record.text, form),
                who=which,
            )
            if as_json:
                stdout.json(note_fields(inside, note))
            else:
                stdout.row(note.id)
            stderr.say(saying.given(to))
