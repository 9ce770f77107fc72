"""Copies on several computers: `merge FILE` and `copy DEST`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.presentation import copies
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following

if TYPE_CHECKING:
    from kapjournal.journal import MergeReport


def merge(
    context: typer.Context,
    other: Annotated[
        Path, typer.Argument(parser=path_from, metavar="FILE", help="Another copy of the same journal.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring another copy of this journal together with this one. Afterwards both files hold the same.

    Nothing is lost, whichever copy is older and however often it is done: what was deleted in one stays
    deleted, and what was written in both at once is shown side by side.
    """
    with options_of(context).unlocked() as opened:
        report, said = copies.merge(opened, other, following())
        if as_json:
            stdout.json(_fields(report))
        for sentence in said:
            stderr.say(sentence)


def copy(
    context: typer.Context,
    dest: Annotated[Path, typer.Argument(parser=path_from, metavar="DEST", help="The new file to write.")],
    name: Annotated[
        str | None,
        typer.Option("--for", metavar="NAME", help="Somebody you invited, who joins on another computer."),
    ] = None,
) -> None:
    """Write a copy for another computer: yours, or with --for that of somebody you invited. Prints where."""
    with options_of(context).unlocked() as opened:
        if name is None:
            opened.copies.for_own_computer(dest, following())
        else:
            opened.copies.for_newcomer(dest, name, following())
        stdout.row(dest)
        for sentence in (copies.purpose(name or ""), *copies.next_steps(name or "")):
            stderr.say(sentence)


def _fields(report: "MergeReport") -> dict[str, object]:
    taken, given = report.taken, report.given
    return {
        "notes": {
            "new": report.new,
            "changed": report.changed,
            "gone": report.gone,
            "two_texts": report.two_texts,
        },
        "damaged_there": bool(taken.refused),
        "mended_here": bool(taken.mended),
        "mended_there": bool(given and given.mended),
        "other_was_written": given is not None,
    }
