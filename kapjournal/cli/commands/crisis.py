"""Whom to call: `crisis`. No journal is opened for it."""

from typing import Annotated

import typer

from kapjournal import config
from kapjournal.content import crisis as content
from kapjournal.presentation.crisis_notice import crisis_lines
from kapjournal.stdio import stdout


def crisis(
    country: Annotated[
        str | None,
        typer.Option(
            parser=config.country, metavar="XX", help="Two letters; without it that of your settings."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say whom to call in an emergency. No door is opened, and nobody is alerted."""
    chosen = country or config.load().settings.country
    if as_json:
        line = content.lines().get(chosen)
        known = {"name": line.name or None, "source": line.source or None} if line else {}
        stdout.json({"country": chosen, "line": content.line_for(chosen), "monitored": False, **known})
        return
    for sentence in crisis_lines(chosen, is_asked_for=country is not None):
        stdout.text(sentence)
