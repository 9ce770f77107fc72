"""What other programs hold: `import KIND PATH`, `import list` and `import undo ID`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.domain.incoming import Remedy
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports.sources import source
from kapjournal.presentation import imports as saying
from kapjournal.stdio import questions, stderr, stdout
from kapjournal.stdio.following import following

app = typer.Typer(help="Bring notes of other programs in, see what was brought, and take it out again.")

_REMEDIES = {
    Remedy.ENCODING: "Import it again with --encoding, such as --encoding cp1252: only what is new comes.",
    Remedy.METADATA: "With --keep-metadata such pictures come as they are.",
}
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _bring(
    context: typer.Context, path: Path, dry_run: bool, keep_metadata: bool, encoding: str, as_json: bool
) -> int:
    kind = context.info_name or ""
    follow = following(saying.in_steps)
    with options_of(context).unlocked() as opened, source(kind, path, encoding) as found:
        if dry_run:
            plan = opened.imports.look(found, follow, keep_metadata=keep_metadata)
            fields, said = saying.plan_fields(plan), saying.planned(plan)
        else:
            done = opened.imports.bring(found, progress=follow, keep_metadata=keep_metadata)
            plan = done.plan
            fields, said = {"id": done.id or None, **saying.plan_fields(plan)}, saying.brought(plan)
            if done.id and not as_json:
                stdout.row(done.id)
    if as_json:
        stdout.json(fields)
    for sentence in said:
        if dry_run and not as_json:
            stdout.row(sentence)
        else:
            stderr.say(sentence)
    for sentence in saying.problems(plan, len(plan.problems)):
        stderr.say(sentence)
    for remedy, sentence in _REMEDIES.items():
        if remedy in plan.remedies:
            stderr.say(sentence)
    if sentence := saying.lost(plan):
        stderr.say(sentence)
        return KapjournalError.exit_code
    return 0


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List what you imported, the newest first. Columns: id, moment, kind, name, notes."""
    with options_of(context).unlocked() as opened:
        found = [saying.fields(one) for one in opened.imports.all()]
    if as_json:
        stdout.json(found)
        return
    for fields in found:
        stdout.row(*fields.values())
    if not found:
        stderr.say(saying.NONE)


@app.command()
def undo(
    context: typer.Context,
    import_id: Annotated[
        str, typer.Argument(metavar="ID", help="The import's id, or at least its first four characters.")
    ],
    as_json: _Json = False,
) -> None:
    """Take an import out again: its notes that are still as they came are deleted for good."""
    with options_of(context).unlocked() as opened:
        if questions.is_interactive():
            stderr.say(saying.UNDOING_MEANS)
            if not questions.confirm(saying.UNDOING):
                stderr.say("Nothing was taken out.")
                return
        done = opened.imports.undo(import_id, following(saying.in_steps))
    if as_json:
        stdout.json({"removed": done.removed, "kept": done.kept})
    for sentence in saying.undone(done):
        stderr.say(sentence)


def _register(kind: str, words: str) -> None:
    def bring(
        context: typer.Context,
        path: Annotated[Path, typer.Argument(parser=path_from, metavar="PATH", help="The file or folder.")],
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say what would come; write nothing.")
        ] = False,
        keep_metadata: Annotated[
            bool,
            typer.Option(
                "--keep-metadata",
                help="Leave in pictures what they say of place, device and time. It is taken out otherwise.",
            ),
        ] = False,
        encoding: Annotated[
            str,
            typer.Option(metavar="NAME", help="How words that are not UTF-8 are encoded, such as cp1252."),
        ] = "",
        as_json: _Json = False,
    ) -> int:
        return _bring(context, path, dry_run, keep_metadata, encoding, as_json)

    bring.__doc__ = (
        f"{words}. What comes is yours alone; prints the import's id. What cannot come is named, and the "
        "exit code is 1 then."
    )
    app.command(kind)(bring)


for _kind, _words in saying.KINDS.items():
    _register(_kind, _words)
