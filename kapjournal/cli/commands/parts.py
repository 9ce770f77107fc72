"""A parts check-in from the command line: `parts`."""

import json
from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.content.parts import complaints
from kapjournal.content.parts import parts as content
from kapjournal.domain.members import Role
from kapjournal.domain.parts import answers_from
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import parts as saying
from kapjournal.stdio import file_or_stdin, stderr, stdout


def parts(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|-]", help="JSON: an object with answers by the names of the steps."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the steps of the parts check-in or, given answers, make a note of them that only you can read.

    Columns: name, question, words to choose from. With FILE, the id of the note is printed.
    """
    for complaint in complaints():
        stderr.say(complaint)
    steps = content().steps
    if file is None:
        if as_json:
            stdout.json([{"name": s.id, "question": s.question, "words": [*s.words]} for s in steps])
            return
        for step in steps:
            stdout.row(step.id, step.question, ", ".join(step.words) or "-")
        stderr.say(content().safety)
        return
    with options_of(context).unlocked() as opened:
        if opened.me.role is not Role.PARTNER:
            raise Refused(saying.FOR_PARTNERS)
        try:
            said = json.loads(file_or_stdin.body(file))
        except ValueError as error:
            raise UsageError(f"The answers are no JSON: {error}.") from None
        note = opened.drafts.finish(saying.filled(opened, answers_from(steps, said)))
        if as_json:
            stdout.json({"id": note.id})
        else:
            stdout.row(note.id)
        stderr.say(content().safety)
