"""Keeping a journal safe: `check` and `backup DEST`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli import printing, telling
from kapjournal.cli.call import call_of
from kapjournal.domain import sentences
from kapjournal.errors import Damaged
from kapjournal.presentation import findings


def check(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> int:
    """Check that all is as its author left it. Prints what is not; then the exit code is 5."""
    with call_of(context).unlocked(with_findings=False) as opened:
        report = opened.check()
        found = [findings.fields(finding, opened) for finding in report.findings]
    if as_json:
        printing.structured({"whole": report.is_clean, "notes": report.notes, "findings": found})
    else:
        for finding in found:
            printing.row(finding["sentence"])
    if report.is_clean:
        telling.say(f"All is as it was left: notes {report.notes}.")
        return 0
    telling.say(sentences.NOT_WHOLE)
    return Damaged.exit_code


def backup(
    context: typer.Context,
    dest: Annotated[Path, typer.Argument(metavar="DEST", help="The new file to write.")],
) -> None:
    """Write a sealed copy of the journal. It is whole even while others write; prints where it is."""
    with call_of(context).unlocked() as opened:
        opened.backup(dest)
        printing.row(dest)
        telling.say("The copy is sealed like the journal, and opens with the passphrases of today.")
