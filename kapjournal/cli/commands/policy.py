"""What the couple chose: secrets, the hour of the pause, and where dialogue is kept: `policy show | set`."""

import datetime as dt
from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain.parsing import time_from
from kapjournal.domain.policy import secrets_from
from kapjournal.errors import UsageError
from kapjournal.presentation import policy as saying
from kapjournal.stdio import stdout

app = typer.Typer(no_args_is_help=True, help="How secrets are kept, and when the pause after a dose ends.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def show(context: typer.Context, as_json: _Json = False) -> None:
    """Say what was chosen, who wrote it down and when, and until which hour the pause after a dose lasts."""
    with options_of(context).unlocked() as opened:
        if as_json:
            stdout.json(saying.fields(opened))
            return
        for line in saying.lines(opened):
            stdout.text(line)


@app.command("set")
def set_(
    context: typer.Context,
    secrets: Annotated[
        str | None,
        typer.Option(metavar="POLICY", help="no-secrets, discretion or individual; none takes it away."),
    ] = None,
    hour: Annotated[
        dt.time | None,
        typer.Option(parser=time_from, metavar="HH:MM", help="When the pause ends on the day after a dose."),
    ] = None,
    in_the_room: Annotated[
        bool | None,
        typer.Option(
            "--dialogue-in-the-room/--dialogue-at-home",
            help="Whether the dialogue is kept for the sessions, or is offered at home too.",
        ),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Write down what the couple chose, for a therapist. Both partners read it."""
    if secrets is None and hour is None and in_the_room is None:
        raise UsageError("Say what was chosen: --secrets, --hour, --dialogue-in-the-room.")
    chosen = None if secrets is None else secrets_from(secrets)
    with options_of(context).unlocked(shares=True) as opened:
        now = opened.policies.current()
        kept = now.secrets if secrets is None else chosen
        opened.policies.write(kept, hour or now.hour, dialogue_in_the_room=in_the_room)
        if as_json:
            stdout.json(saying.fields(opened))
            return
        for line in saying.lines(opened):
            stdout.text(line)
