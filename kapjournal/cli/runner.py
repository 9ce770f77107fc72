"""One command line, carried out in this process: from the arguments to an exit code."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kapjournal.cli.app import command
from kapjournal.cli.options import SharedOptions
from kapjournal.errors import UsageError
from kapjournal.presentation.launch_request import LaunchRequest
from kapjournal.stdio.exit_codes import PROGRAM, outcome_of

if TYPE_CHECKING:
    from kapjournal.journal import KdfStrength


def run(
    argv: Sequence[str], *, strength: "KdfStrength | None" = None, record_folder: Path | None = None
) -> int | LaunchRequest:
    """Carry out a command line; returns its exit code, or the request to open another face.

    `strength` is what new keyslots cost and `record_folder` the folder of what this computer remembers; None
    means the usual ones. Neither is an option of the command line.
    """
    options = SharedOptions(strength=strength, record_folder=record_folder)
    outcome = outcome_of(lambda: _invoke(argv, options))
    return outcome if isinstance(outcome, int | LaunchRequest) else 0


def _invoke(argv: Sequence[str], options: SharedOptions) -> object:
    """What the command returns; a line the parser does not take is a `UsageError`."""
    try:
        with command().make_context(PROGRAM, list(argv), obj=options) as context:
            return context.command.invoke(context)
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        raise UsageError(_usage(error)) from None


def _usage(error: typer.TyperException) -> str:
    sentence = " ".join(error.format_message().split()).replace("?.", "?")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    return f"{sentence} See: {path.strip()} --help"
