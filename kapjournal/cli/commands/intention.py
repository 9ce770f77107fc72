"""The thread of intentions: `intention`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.presentation import intentions as saying
from kapjournal.stdio import stderr, stdout


def intention(
    context: typer.Context,
    by: Annotated[str | None, typer.Option(metavar="LABEL", help="Only what they wrote.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the intentions you can read: of each note of that kind the first line, word for word.

    Columns: author, day, id, intention; your own first, and each author's from the first to the last.
    """
    with options_of(context).unlocked() as opened:
        author = opened.members.get(by).id if by else None
        found = saying.fields(saying.read_threads(opened), author)
        if as_json:
            stdout.json(found)
            return
        for one in found:
            stdout.row(*one.values())
        if not found:
            stderr.say(saying.NONE_YET)
