"""The couples of a practice: `couple add | list | rename | partners | move | locate | let-open |
ask-each-time`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli import passphrases
from kapjournal.cli.fields import NONE, couple_fields
from kapjournal.cli.options import options_of, path_from
from kapjournal.domain.parsing import number_from
from kapjournal.presentation import couples as saying
from kapjournal.presentation.glances import glance, unsigned
from kapjournal.progress import each
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="Keep the couples of a practice by the names you give them.")

_Name = Annotated[str, typer.Argument(metavar="NAME", help="What you call the couple.")]
_File = Annotated[Path, typer.Argument(parser=path_from, metavar="FILE", help="Their journal.")]
_Label = Annotated[
    str | None,
    typer.Option("--journal-as", metavar="LABEL", help="Your door in their journal, if it has several."),
]
_PassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--journal-passphrase-file",
        metavar="PATH|-",
        help="A file whose first line opens your door in their journal. Without it you are asked.",
    ),
]


@app.command()
def add(
    context: typer.Context,
    name: _Name,
    file: _File,
    label: _Label = None,
    passphrase_file: _PassphraseFile = None,
    ask_each_time: Annotated[
        bool, typer.Option("--ask-each-time", help="Open it with its own passphrase alone.")
    ] = False,
) -> None:
    """Add a couple whose journal you are in. It opens through your door into the practice from then on."""
    with options_of(context).unlocked() as opened:
        typed = passphrases.of_journal(passphrase_file)
        door = _door_there(label, opened.me.label, file)
        added = opened.couples.add(name, file, label=door, passphrase=typed, opens=not ask_each_time)
        stderr.say(saying.added(added))


@app.command("list")
def listed(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the couples, in your order. Columns: name, how their journal opens, where it lies, and what
    stands beside them: the next session, new, safety, unsigned."""
    with options_of(context).unlocked() as opened:
        waiting = unsigned(opened)
        couples = each(opened.couples.all(), following(saying.couple_by_couple))
        found = [(one, glance(opened, one), one.case in waiting) for one in couples]
        if as_json:
            stdout.json([couple_fields(one, seen, is_unsigned=waits) for one, seen, waits in found])
            return
        for one, seen, waits in found:
            beside = saying.beside(one, seen, is_unsigned=waits)
            stdout.row(one.name, "opens" if one.opens else "asks", one.path or NONE, beside)


@app.command()
def rename(
    context: typer.Context,
    name: _Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="What you call them from now on.")],
) -> None:
    """Call a couple by another name."""
    with options_of(context).unlocked() as opened:
        renamed = opened.couples.rename(opened.couples.get(name).case, new_name)
        stderr.say(saying.renamed(renamed))


@app.command()
def partners(
    context: typer.Context,
    name: _Name,
    first: Annotated[str, typer.Argument(metavar="FIRST", help="What you call the first partner.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="What you call the second.")],
) -> None:
    """Say what you call the two partners, and who counts as the first: records name them so."""
    with options_of(context).unlocked() as opened:
        said = opened.couples.name_partners(opened.couples.get(name).case, first, second)
        stderr.say(saying.partners(said))


@app.command()
def move(
    context: typer.Context,
    name: _Name,
    place: Annotated[
        int, typer.Argument(parser=number_from, metavar="N", help="Their place in your list; 1 is the first.")
    ],
) -> None:
    """Put a couple at another place in your list."""
    with options_of(context).unlocked() as opened:
        opened.couples.move(opened.couples.get(name).case, max(0, place - 1))


@app.command()
def locate(context: typer.Context, name: _Name, file: _File) -> None:
    """Say where the journal of a couple lies now."""
    with options_of(context).unlocked() as opened:
        found = opened.couples.locate(opened.couples.get(name).case, file)
        stderr.say(saying.lies_at(found))


@app.command("let-open")
def let_open(
    context: typer.Context, name: _Name, label: _Label = None, passphrase_file: _PassphraseFile = None
) -> None:
    """Let the journal of a couple open through your door into the practice, also after new keys in it."""
    with options_of(context).unlocked() as opened:
        couple = opened.couples.get(name)
        typed = passphrases.of_journal(passphrase_file)
        door = _door_there(label, opened.me.label, couple.path)
        opened.couples.let_open(couple.case, label=door, passphrase=typed)
        stderr.say(saying.opens_so(couple))


@app.command("ask-each-time")
def ask_each_time(context: typer.Context, name: _Name) -> None:
    """Keep no way into the journal of a couple: it opens with its own passphrase alone."""
    with options_of(context).unlocked() as opened:
        stderr.say(saying.asks(opened.couples.ask_each_time(opened.couples.get(name).case)))


def _door_there(label: str | None, me: str, file: Path | None) -> str | None:
    """Whose door is meant in a couple's journal: the one named, or the member's if one is called so."""
    if label is None and file is not None and file.exists() and me in journal.doors(file):
        return me
    return label
