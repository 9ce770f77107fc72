"""The people of a journal: `people`, `people verify L`, `people remove L`."""

from typing import Annotated

import typer

from kapjournal.cli import asking, printing, telling
from kapjournal.cli.call import call_of
from kapjournal.cli.shapes import NONE, member_fields
from kapjournal.domain import sentences

app = typer.Typer(
    invoke_without_command=True,
    subcommand_metavar="[verify LABEL | remove LABEL]",
    help="Who is in this journal. List, verify, or remove somebody (keeper only).",
)

_Label = Annotated[str, typer.Argument(metavar="LABEL", help="Who it is.")]


@app.callback()
def people(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List who is in this journal: label, role, remarks."""
    if context.invoked_subcommand:
        return
    with call_of(context).unlocked() as opened:
        if as_json:
            printing.structured([member_fields(opened, member) for member in opened.members.all()])
            return
        if opened.members.awaits_keeper:
            keeper = next(member.label for member in opened.members.all() if member.is_keeper)
            telling.say(sentences.waits_for(keeper))
        for member in opened.members.all():
            printing.row(member.label, member.role.value, ", ".join(member.remarks(opened.me.id)) or NONE)


@app.command()
def verify(
    context: typer.Context,
    label: _Label,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Mark them as verified: the numbers are the same.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare 60 digits with somebody. They see the same ones if nobody stands between you."""
    with call_of(context).unlocked() as opened:
        number = opened.members.comparison_number(label)
        if as_json:
            printing.structured({"label": opened.members.get(label).label, "number": number})
        else:
            printing.words(number)
        if confirm or (asking.somebody_is_there() and asking.yes(f"Does {label} see the same number?")):
            opened.members.mark_verified(label)
            telling.say(sentences.compared(label))


@app.command()
def remove(context: typer.Context, label: _Label) -> None:
    """Remove somebody. Nothing new can be shared with them, and what they had they may have kept."""
    with call_of(context).unlocked() as opened:
        if asking.somebody_is_there():
            telling.say(sentences.removing(label))
            if not asking.yes(f"Remove {label} for good?"):
                telling.say("Nobody was removed.")
                return
        opened.members.remove(label)
        telling.say(sentences.removed(label))
