"""One note as a page to print: `print`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.exchange.age import place
from kapjournal.exchange.printed_note import print_note
from kapjournal.stdio import stderr, stdout


def print_page(
    context: typer.Context,
    note_id: Annotated[
        str, typer.Argument(metavar="ID", help="The note's id, or at least its first four characters.")
    ],
    out: Annotated[
        Path, typer.Option(parser=path_from, metavar="FILE", help="The new file. Nothing is written over.")
    ],
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Save one note as a page of HTML that any browser prints, with the names of its files.

    If the name of the new file ends in .docx, it is a DOCX; in .pdf, and with the package typst installed,
    a PDF. It is not sealed there without --age.
    """
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with options_of(context).unlocked() as opened:
        note = opened.notes.get(note_id)
        stderr.say(print_note(opened, note, out, sealing=sealing))
        if as_json:
            stdout.json({"id": note.id, "file": str(place(out, sealing))})
