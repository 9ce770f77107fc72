"""What two approved, as a booklet: `booklet`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.exchange.age import place
from kapjournal.exchange.booklet import save_booklet
from kapjournal.stdio import stderr, stdout


def booklet(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(parser=path_from, metavar="FILE", help="The new file: .md, .html, .docx or .pdf."),
    ],
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Save a booklet of what both partners approved: dialogues, the name of their loop, practices, the words
    of a closing. Nothing else is in it, and no agreement.

    The name of the new file says what is made. It is not sealed there without --age.
    """
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with options_of(context).unlocked() as opened:
        stderr.say(save_booklet(opened, file, sealing=sealing))
        if as_json:
            stdout.json({"file": str(place(file, sealing))})
