"""Which page fits now: `next-page`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.errors import Refused
from kapjournal.presentation import next_page as saying
from kapjournal.stdio import stdout


def next_page(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the kind of note that fits a partner now, and why. Columns: kind, why."""
    with options_of(context).unlocked() as opened:
        page = saying.page_now(opened)
        if page is None:
            raise Refused("Only partners have a next page.")
        if as_json:
            stdout.json(saying.fields(page))
            return
        stdout.row(page.kind.value, saying.why(page) or saying.NOTHING_NEAR)
