"""The journal of a fictional couple, and a practice beside it: `demo`."""

import errno
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import paths
from kapjournal.cli.options import SharedOptions, options_of, path_from
from kapjournal.domain.parsing import number_from
from kapjournal.errors import CannotSave
from kapjournal.presentation.demo_notice import demo_notice, practice_notice
from kapjournal.presentation.launch_request import LaunchRequest
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.lazy_imports import demo as fiction

if TYPE_CHECKING:
    from kapjournal.demo import Demo, Door


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
    practice: Annotated[
        bool, typer.Option("--practice", help="Open the practice of its therapist first.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and do not open it.")] = False,
) -> LaunchRequest | None:
    """Look around in a fictional couple's journal, or in their therapist's practice."""
    goes = folder is None and not (as_json or no_open)
    made = _build(folder, notes, options_of(context).record_folder, practice=practice or not goes, goes=goes)
    if not (as_json or no_open):
        return _opened(made, options_of(context), in_practice=practice, goes=goes)
    if as_json:
        stdout.json(_listed(made))
    else:
        stdout.field("file", made.path)
        for door in made.doors:
            stdout.row(*_words(door))
        if made.practice:
            stdout.field("practice", made.practice.path)
            stdout.row(*_words(made.practice.door))
    stderr.say("This is a demo: everybody in it is fiction, and its passphrases are no secret.")
    return None


def _opened(made: "Demo", options: SharedOptions, *, in_practice: bool, goes: bool) -> LaunchRequest:
    practice = made.practice
    if practice is None or not in_practice:
        beside = (practice.path.name, practice.door.passphrase) if practice else None
        notice = demo_notice(map(_words, made.doors), goes=goes, practice=beside)
        return LaunchRequest(made.path, None, notice, options.plain)
    asking = [(couple.name, couple.doors[0].passphrase) for couple in practice.couples if not couple.opens]
    notice = practice_notice(_words(practice.door), asking, goes=goes)
    return LaunchRequest(practice.path, None, notice, options.plain)


def _listed(made: "Demo") -> dict[str, object]:
    practice = made.practice
    listed: dict[str, object] = {"file": str(made.path), "doors": list(map(_door, made.doors))}
    if practice is not None:
        couples = [
            {
                "name": couple.name,
                "file": str(couple.path),
                "doors": list(map(_door, couple.doors)),
                "opens": couple.opens,
            }
            for couple in practice.couples
        ]
        doors = [_door(practice.door)]
        listed["practice"] = {"file": str(practice.path), "doors": doors, "couples": couples}
    return listed


def _words(door: "Door") -> tuple[str, str, str]:
    return door.label, door.role.value, door.passphrase


def _door(door: "Door") -> dict[str, str]:
    return dict(zip(("label", "role", "passphrase"), _words(door), strict=True))


def _build(
    folder: Path | None, notes: int | None, record_folder: Path | None, *, practice: bool, goes: bool
) -> "Demo":
    build = partial(fiction.build, notes=notes, practice=practice, record_folder=record_folder)
    if folder is not None:
        try:
            if not paths.private_folder(folder).is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        except OSError as error:
            raise CannotSave(f"{folder} cannot be made ({error.strerror}).") from None
        return build(folder)
    if goes:
        return build(fiction.temporary_folder())
    own = Path(tempfile.mkdtemp(prefix="kapjournal-demo-"))
    try:
        return build(own)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
