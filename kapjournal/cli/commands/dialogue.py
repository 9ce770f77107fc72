"""What two partners kept of their dialogues: `dialogue list | show`. A dialogue itself is spoken, and begins
on the screens or with --plain."""

from typing import Annotated

import typer

from kapjournal.cli.joint_fields import joint_fields
from kapjournal.cli.options import options_of
from kapjournal.domain.joint import JointKind
from kapjournal.errors import NotFound
from kapjournal.presentation import kept_dialogues as saying
from kapjournal.stdio import stderr, stdout

app = typer.Typer(no_args_is_help=True, help="Read what the two kept of their dialogues.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List what was kept, the last first. Columns: id, day, topic, the request, and when it comes back."""
    with options_of(context).unlocked() as opened:
        found = saying.kept(opened)
        if as_json:
            stdout.json([joint_fields(opened, one, found) for one in found])
            return
        for one in found:
            review = one.text.review.isoformat() if one.text.review else ""
            request = saying.request_in_words(one)
            stdout.row(one.id, one.text.date.isoformat(), saying.title(one), request, review)
        for sentence in saying.reminders(opened):
            stderr.say(sentence)


@app.command()
def show(
    context: typer.Context,
    dialogue_id: Annotated[str, typer.Argument(metavar="ID", help="The id, or its beginning.")],
    as_json: _Json = False,
) -> None:
    """Say all that was kept of one."""
    with options_of(context).unlocked() as opened:
        found = opened.joints.get(dialogue_id)
        if found.text.kind is not JointKind.DIALOGUE:
            raise NotFound("There is no such dialogue.")
        if as_json:
            stdout.json(joint_fields(opened, found, saying.kept(opened)))
            return
        for line in saying.lines(found, saying.second_of(opened, found)):
            stdout.text(line)
