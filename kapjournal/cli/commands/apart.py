"""Going apart: `apart --archive FILE`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.errors import UsageError
from kapjournal.presentation import apart as saying
from kapjournal.stdio import questions, stderr, stdout
from kapjournal.stdio.following import following

_WHERE = "Say where your archive goes: --archive FILE. To leave without one: --no-archive."
_SURE = "This ends sharing for all of you and cannot be undone. If that is what you want: --yes."


def apart(
    context: typer.Context,
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive", parser=path_from, metavar="FILE", help="The new file for your sealed archive."
        ),
    ] = None,
    no_archive: Annotated[bool, typer.Option("--no-archive", help="Write no archive.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
) -> None:
    """Go apart: write an archive of all you can read, then end sharing for everybody.

    Nothing is deleted and nobody is told who ended it. Prints where the archive is.
    """
    if (archive is None) is not no_archive:
        raise UsageError(_WHERE)
    with options_of(context).unlocked() as opened:
        opened.apart.check_may_end()
        first = saying.WITHOUT_ARCHIVE if archive is None else saying.ARCHIVE_FIRST
        for sentence in (first, *saying.before(opened)):
            stderr.say(sentence)
        if not yes and not _is_sure():
            stderr.say(saying.NOTHING_ENDED)
            return
        done = saying.go_apart(opened, archive, following())
        if archive is not None:
            stdout.row(archive)
        for sentence in done:
            stderr.say(sentence)


def _is_sure() -> bool:
    if not questions.is_interactive():
        raise UsageError(_SURE)
    return saying.is_the_word(questions.ask(f"{saying.ASKS_FOR_THE_WORD}."))
