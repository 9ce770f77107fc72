"""Invitations: `invite NAME --role R`, `invite list`, `invite cancel NAME`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kapjournal import signals
from kapjournal.cli.options import options_of
from kapjournal.domain.members import Role, role_from
from kapjournal.presentation import sentences
from kapjournal.stdio import stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Invitation

_SOMEBODY = "somebody"


class _NameOrCommand(TyperGroup):
    """A group in which a first word that is no command is the name of the person to invite."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands or args[0] == _SOMEBODY:
            return "", self.commands[_SOMEBODY], args
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_NameOrCommand,
    subcommand_metavar="NAME --role ROLE | list | cancel NAME",
    context_settings={"ignore_unknown_options": True},
    help="Invite somebody. Only the keeper does; open invitations are listed and cancelled here too.",
)


@app.command(_SOMEBODY, hidden=True)
def somebody(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whom the invitation is for.")],
    role: Annotated[Role, typer.Option(parser=role_from, metavar="ROLE", help=f"One of: {', '.join(Role)}.")],
) -> None:
    """Invite somebody. Prints the six words of a one-time code, which is all they need besides the file."""
    options = options_of(context)
    with options.unlocked() as opened:
        inviting = opened.members.inviting(name, role, strength=options.strength)
        with signals.deferred(), inviting as code:  # the words are shown, or there is no invitation
            stdout.text(code)
        stderr.say(
            f"Tell {name} these six words in person. They open this journal once, with “kapjournal join”, "
            "within 14 days. For another computer make them a copy first: “kapjournal copy DEST --for NAME”."
        )


@app.command("list")
def listed(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the open invitations, each with the day it was made and the last one it holds."""
    with options_of(context).unlocked() as opened:
        invitations = opened.members.invitations()
        if as_json:
            stdout.json([{"name": i.name, "role": i.role.value, **_days(i)} for i in invitations])
            return
        for invitation in invitations:
            stdout.row(invitation.name, invitation.role.value, *_days(invitation).values())


def _days(invitation: "Invitation") -> dict[str, str | None]:
    """The day it was made and the last one it holds; an older one has neither."""
    return {
        "made": str(invitation.made) if invitation.made else None,
        "last_day": str(invitation.last_day) if invitation.last_day else None,
    }


@app.command()
def cancel(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose invitation to cancel.")],
) -> None:
    """Cancel an invitation. Its six words open nothing any more."""
    with options_of(context).unlocked() as opened:
        opened.members.cancel_invitation(name)
        stderr.say(sentences.cancelled(name))
