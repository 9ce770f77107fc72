"""All a member can read, to be read in again: `archive DEST`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.exchange.archiving import write
from kapjournal.exchange.archiving.json_archive import schema
from kapjournal.exchange.archiving.write import Form
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following


def _schema(wanted: bool) -> None:
    if wanted:
        stdout.text(schema())
        raise typer.Exit


def archive(
    context: typer.Context,
    dest: Annotated[
        Path,
        typer.Argument(parser=path_from, metavar="DEST", help="A new folder, or a new file."),
    ],
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help="A folder of markdown, one file of JSON, or the sessions alone as appointments.",
        ),
    ] = Form.FOLDER,
    with_process_notes: Annotated[
        bool, typer.Option("--with-process-notes", help="Of a practice: take along your own process notes.")
    ] = False,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    _: Annotated[
        bool,
        typer.Option("--schema", callback=_schema, is_eager=True, help="Print the JSON Schema and exit."),
    ] = False,
) -> None:
    """Write all you can read, to be read in again. That is not sealed without --age; prints where it is.

    Sealed, a folder is one archive, .zip.age. Nothing is written over."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with options_of(context).unlocked() as opened:
        written = write.write_archive(
            opened,
            dest,
            form,
            process_notes=with_process_notes,
            sealing=sealing,
            tell=stderr.say,
            progress=following(),
        )
        stdout.row(written)
        stderr.say(write.warning(opened, form, sealing))
