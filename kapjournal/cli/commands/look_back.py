"""A partner's own words coming back: `look-back`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.presentation import coming_back as saying
from kapjournal.stdio import stderr, stdout


def look_back(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print what you wrote a month ago, and in the same days after the session before.

    Around a dose of yours, nothing is printed.
    """
    with options_of(context).unlocked() as opened:
        if as_json:
            stdout.json(saying.fields(opened))
            return
        found = saying.lines(opened)
        for line in found:
            stdout.text(line)
        if not found:
            stderr.say(saying.NOTHING)
