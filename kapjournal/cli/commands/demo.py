"""The journal of a fictional couple: `demo`."""

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import paths
from kapjournal.cli.options import options_of, path_from
from kapjournal.domain.parsing import number_from
from kapjournal.errors import CannotSave
from kapjournal.presentation.demo_notice import demo_notice
from kapjournal.presentation.launch_request import LaunchRequest
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.lazy_imports import demo as fiction

if TYPE_CHECKING:
    from kapjournal.demo import Demo


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            parser=path_from,
            metavar="[DIR]",
            help="Where to put it; without it, a temporary folder, which goes when you leave.",
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Only make it, and print its file and its doors.")
    ] = False,
    notes: Annotated[
        int | None, typer.Option(parser=number_from, metavar="N", help="Grow it to about so many notes.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and do not open it.")] = False,
) -> LaunchRequest | None:
    """Look around in a fictional couple's journal."""
    goes = folder is None and not (as_json or no_open)
    made = _build(folder, notes, options_of(context).record_folder, goes=goes)
    doors = [(door.label, door.role, door.passphrase) for door in made.doors]
    if as_json:
        keys = ("label", "role", "passphrase")
        listed = [dict(zip(keys, map(str, door), strict=True)) for door in doors]
        stdout.json({"file": str(made.path), "doors": listed})
    elif no_open:
        stdout.field("file", made.path)
        for door in doors:
            stdout.row(*door)
    else:
        return LaunchRequest(made.path, None, demo_notice(doors, goes=goes), options_of(context).plain)
    stderr.say("This is a demo: everybody in it is fiction, and its passphrases are no secret.")
    return None


def _build(folder: Path | None, notes: int | None, record_folder: Path | None, *, goes: bool) -> "Demo":
    if folder is not None:
        try:
            if not paths.private_folder(folder).is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        except OSError as error:
            raise CannotSave(f"{folder} cannot be made ({error.strerror}).") from None
        return fiction.build(folder, notes=notes, record_folder=record_folder)
    if goes:
        return fiction.build(fiction.temporary_folder(), notes=notes, record_folder=record_folder)
    own = Path(tempfile.mkdtemp(prefix="kapjournal-demo-"))
    try:
        return fiction.build(own, notes=notes, record_folder=record_folder)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
