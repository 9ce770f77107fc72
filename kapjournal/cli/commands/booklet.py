"""What two approved, as a booklet: `booklet`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.exchange.booklet import save_booklet
from kapjournal.stdio import stderr, stdout


def booklet(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(parser=path_from, metavar="FILE", help="The new file: .md, .html or .pdf."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Save a booklet of what both partners approved: dialogues, the name of their loop, practices, the words
    of a closing. Nothing else is in it, and no agreement.

    The name of the new file says what is made. It is not sealed there.
    """
    with options_of(context).unlocked() as opened:
        stderr.say(save_booklet(opened, file))
        if as_json:
            stdout.json({"file": str(file)})
