"""A page in steps from the command line: what `parts` and `cycle write` do."""

import json

import typer

from kapjournal.cli.options import options_of
from kapjournal.content.steps import complaints, sheet_of
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.steps import answers_from
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import steps as saying
from kapjournal.stdio import file_or_stdin, stderr, stdout

ANSWERS = typer.Argument(metavar="[FILE|-]", help="JSON: an object with answers by the names of the steps.")


def in_steps(context: typer.Context, kind: NoteKind, file: str | None, *, as_json: bool) -> None:
    """Print the steps of a kind or, given answers, make a private note of them and print its id."""
    for complaint in complaints(kind):
        stderr.say(complaint)
    sheet = sheet_of(kind)
    if file is None:
        if as_json:
            stdout.json([{"name": s.id, "question": s.question, "words": [*s.words]} for s in sheet.steps])
            return
        for step in sheet.steps:
            stdout.row(step.id, step.question, ", ".join(step.words) or "-")
        stderr.say(sheet.safety)
        return
    with options_of(context).unlocked() as opened:
        if opened.me.role is not Role.PARTNER:
            raise Refused(saying.FOR_PARTNERS)
        try:
            said = json.loads(file_or_stdin.body(file))
        except ValueError as error:
            raise UsageError(f"The answers are no JSON: {error}.") from None
        note = opened.drafts.finish(saying.filled(opened, kind, answers_from(sheet.steps, said)))
        if as_json:
            stdout.json({"id": note.id})
        else:
            stdout.row(note.id)
        stderr.say(sheet.safety)
