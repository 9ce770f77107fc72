"""What somebody wrote in a journal of format 1: `take-over FILE`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli import passphrases
from kapjournal.cli.options import options_of, path_from
from kapjournal.errors import UsageError
from kapjournal.presentation import taking_over
from kapjournal.stdio import file_or_stdin, stderr, stdout


def take_over(
    context: typer.Context,
    old: Annotated[
        Path,
        typer.Argument(parser=path_from, metavar="FILE", help="The journal file of an older kapjournal."),
    ],
    old_label: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="What you are called there. Without it: as you are called here."),
    ] = None,
    old_passphrase_file: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            help="A file whose first line is your passphrase there. Without it, you are asked.",
        ),
    ] = None,
    old_words_file: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            help="Instead of label and passphrase: a file whose first line is your 24 recovery words there.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take over what you wrote in a journal of an older kapjournal. The old file is left as it is.

    Your notes come with their earlier versions, and your drafts. Nobody else can read them until you share
    them. Done again, only what is not here yet comes.
    """
    if old_words_file is not None and (old_label is not None or old_passphrase_file is not None):
        raise UsageError("Give either the recovery words of the old journal, or its label and passphrase.")
    with options_of(context).unlocked() as opened:
        if old_words_file is not None:
            words = file_or_stdin.first_line(old_words_file, "the recovery words")
            report = opened.take_over_with_recovery_words(old, words)
        else:
            passphrase = passphrases.of_old_door(old_passphrase_file)
            report = opened.take_over(old, label=old_label, passphrase=passphrase)
        if as_json:
            stdout.json(asdict(report))
        for sentence in taking_over.taken_over(report):
            stderr.say(sentence)
