"""The people of a journal: `people`, `people verify L`, `people acknowledge L`, `people remove L`."""

from typing import Annotated

import typer

from kapjournal.cli.fields import NONE, member_fields
from kapjournal.cli.options import options_of
from kapjournal.presentation import sentences
from kapjournal.presentation.people import doubts, remarks, roles_instead, waits_for_keeper
from kapjournal.stdio import questions, stderr, stdout

app = typer.Typer(
    invoke_without_command=True,
    subcommand_metavar="[verify LABEL | acknowledge LABEL | remove LABEL]",
    help="Who is in this journal. List, verify, acknowledge, or remove somebody (keeper only).",
)

_Label = Annotated[str, typer.Argument(metavar="LABEL", help="Who it is.")]


@app.callback()
def people(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List who is in this journal: label, role, remarks."""
    if context.invoked_subcommand:
        return
    with options_of(context).unlocked() as opened:
        if as_json:
            stdout.json([member_fields(opened, member) for member in opened.members.all()])
            return
        if waiting := waits_for_keeper(opened):
            stderr.say(waiting)
        if instead := roles_instead(opened.members.all()):
            stderr.say(instead)
        doubted = doubts(opened)
        for member in opened.members.all():
            said = remarks(member, opened.me.id, doubted)
            stdout.row(member.label, member.role.value, ", ".join(said) or NONE)


@app.command()
def verify(
    context: typer.Context,
    label: _Label,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Mark them as verified: the numbers are the same.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare 60 digits with somebody. They see the same ones if the keys are truly theirs."""
    with options_of(context).unlocked() as opened:
        number = opened.members.comparison_number(label)
        if as_json:
            stdout.json({"label": opened.members.get(label).label, "number": number})
        else:
            stdout.text(number)
        if confirm or (
            questions.is_interactive() and questions.confirm(f"Does {label} see the same number?")
        ):
            opened.members.mark_verified(label)
            stderr.say(sentences.compared(label))


@app.command()
def acknowledge(context: typer.Context, label: _Label) -> None:
    """Say that you know of somebody who joined. Only you learn of it."""
    with options_of(context).unlocked() as opened:
        opened.members.acknowledge(label)
        stderr.say(sentences.acknowledged([label]))


@app.command()
def remove(context: typer.Context, label: _Label) -> None:
    """Remove somebody. Nothing new can be shared with them, and what they had they may have kept."""
    with options_of(context).unlocked() as opened:
        if questions.is_interactive():
            stderr.say(sentences.removing(label))
            if not questions.confirm(f"Remove {label} for good?"):
                stderr.say("Nobody was removed.")
                return
        opened.members.remove(label)
        stderr.say(sentences.removed(label))
