"""A member's own prompts: `prompt list | add | remove`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain.notes import NoteKind, kind_from
from kapjournal.domain.parsing import number_from
from kapjournal.errors import NotFound
from kapjournal.presentation import prompts as saying
from kapjournal.stdio import stderr, stdout

app = typer.Typer(help="Keep prompts of your own, which stand beside ours above a page.")

_KIND = typer.Option(parser=kind_from, metavar="KIND", help=f"One of: {', '.join(NoteKind)}.")


@app.command("list")
def listed(
    context: typer.Context,
    kind: Annotated[NoteKind | None, _KIND] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List your own prompts. Columns: kind, number, prompt."""
    with options_of(context).unlocked() as opened:
        own = opened.own_prompts.all()
        kinds = [one for one in NoteKind if kind in (None, one) and own.of(one)]
        if as_json:
            stdout.json({one.value: [*own.of(one)] for one in kinds})
            return
        for one in kinds:
            for number, prompt in enumerate(own.of(one), 1):
                stdout.row(one.value, number, prompt)
        if not kinds:
            stderr.say(saying.NONE)


@app.command()
def add(
    context: typer.Context,
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="One line.")],
    kind: Annotated[NoteKind, _KIND],
) -> None:
    """Add a prompt of your own, which only you can read."""
    with options_of(context).unlocked() as opened:
        before = opened.own_prompts.all().of(kind)
        opened.own_prompts.put(kind, (*before, prompt))
        stderr.say(saying.ABOUT)


@app.command()
def remove(
    context: typer.Context,
    number: Annotated[int, typer.Argument(parser=number_from, metavar="N", help="Its number in the list.")],
    kind: Annotated[NoteKind, _KIND],
) -> None:
    """Take a prompt of your own away."""
    with options_of(context).unlocked() as opened:
        before = opened.own_prompts.all().of(kind)
        if not 1 <= number <= len(before):
            raise NotFound(f"There is no prompt {number} of yours of the kind {kind.value}.")
        opened.own_prompts.put(kind, (*before[: number - 1], *before[number:]))
        stderr.say("It is taken away.")
