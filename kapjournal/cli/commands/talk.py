"""Ask to talk, without saying what: `talk ask | list | take-back`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.presentation import talking as saying
from kapjournal.stdio import stderr, stdout

app = typer.Typer(no_args_is_help=True, help="Ask to talk, without saying what about.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def ask(context: typer.Context, as_json: _Json = False) -> None:
    """Let the therapists see that you ask to talk, and nothing else. Prints the id of the request."""
    with options_of(context).unlocked(shares=True) as opened:
        request = opened.talking.ask()
        if as_json:
            stdout.json(saying.fields(opened, request))
        else:
            stdout.row(request.id)
        stderr.say(saying.asked(opened))


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """Say whether you ask to talk or, for a therapist, who does."""
    with options_of(context).unlocked() as opened:
        found = opened.talking.current()
        if as_json:
            stdout.json([saying.fields(opened, one) for one in found])
            return
        for one in found:
            stdout.row(one.id, saying.in_a_line(opened, one))


@app.command("take-back")
def take_back(context: typer.Context, as_json: _Json = False) -> None:
    """Ask no more."""
    with options_of(context).unlocked() as opened:
        opened.talking.take_back()
        if as_json:
            stdout.json({"taken_back": True})
        stderr.say(saying.TAKEN_BACK)
