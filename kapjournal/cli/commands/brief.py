"""What a therapist needs before a session: `brief`."""

from typing import Annotated

import typer

from kapjournal.cli.practice import CoupleOption, couple_of, practice
from kapjournal.presentation import brief as saying
from kapjournal.presentation.brief_view import read_brief
from kapjournal.stdio import stdout


def brief(
    context: typer.Context,
    couple: CoupleOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print one page on a couple before a session: marks, their words, intentions, what was agreed, effects,
    measures that changed beyond chance, the last plan, what is unsigned. A section without anything is left
    out."""
    with practice(context) as opened:
        found = read_brief(opened, couple_of(context, opened, couple))
    if as_json:
        stdout.json(saying.fields(found))
        return
    for line in saying.lines(found):
        stdout.text(line)
