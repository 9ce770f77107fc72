"""A parts check-in from the command line: `parts`."""

from typing import Annotated

import typer

from kapjournal.cli.commands.steps import ANSWERS, in_steps
from kapjournal.domain.notes import NoteKind


def parts(
    context: typer.Context,
    file: Annotated[str | None, ANSWERS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the steps of the parts check-in or, given answers, make a note of them that only you can read.

    Columns: name, question, words to choose from. With FILE, the id of the note is printed.
    """
    in_steps(context, NoteKind.PARTS, file, as_json=as_json)
