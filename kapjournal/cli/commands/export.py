"""Writing notes as markdown: `export DEST`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.options import options_of, path_from
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.domain.parsing import number_from
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following


def export(
    context: typer.Context,
    dest: Annotated[
        Path,
        typer.Argument(parser=path_from, metavar="DEST", help="A folder, or a file with --one-document."),
    ],
    one_document: Annotated[
        bool, typer.Option("--one-document", help="Write one file, by session, instead of a folder.")
    ] = False,
    session: Annotated[
        list[int] | None,
        typer.Option(
            parser=number_from,
            metavar="N",
            help="Only of this session and the days after it; may be repeated.",
        ),
    ] = None,
    note: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this note; may be given often.")
    ] = None,
    include_shared: Annotated[
        bool, typer.Option("--include-shared", help="Take along what others shared with you.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
) -> None:
    """Write your notes as markdown. That is not sealed without --age; prints where it is.

    Sealed, a folder is one archive, .zip.age."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with options_of(context).unlocked() as opened:
        notes = exchange.select(opened, sessions=session or (), ids=note or (), include_shared=include_shared)
        written = exchange.export(
            opened,
            dest,
            notes,
            one_document=one_document,
            force=force,
            tell=stderr.say,
            sealing=sealing,
            progress=following(),
        )
        stdout.row(written)
        stderr.say(exchange.warning(opened, notes, sealing))
