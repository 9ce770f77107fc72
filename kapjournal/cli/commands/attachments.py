"""Attached files: `note attach`, `note files`, `note save-file` and `note remove-file`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.options import options_of, path_from
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.domain.attachments import name_from, place_of, place_of_new
from kapjournal.errors import Refused
from kapjournal.exchange import file_fields, saved_file
from kapjournal.pictures import CannotBeCleaned, Detail
from kapjournal.presentation import attachments as wording
from kapjournal.presentation.people import others_in_words
from kapjournal.stdio import questions, stderr, stdout
from kapjournal.stdio.following import following

_Id = Annotated[
    str, typer.Argument(metavar="ID", help="The note's id, or at least its first four characters.")
]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="The file's name, or its number in the list.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def attach(
    context: typer.Context,
    note_id: _Id,
    file: Annotated[Path, typer.Argument(parser=path_from, metavar="FILE", help="A file of up to 64 MiB.")],
    keep_metadata: Annotated[
        bool,
        typer.Option(
            "--keep-metadata",
            help="Leave in a picture what it says of place, device and time. It is taken out otherwise.",
        ),
    ] = False,
    as_json: _Json = False,
) -> None:
    """Attach a file to a note of yours; whoever can read the note can save it. Prints the note's id."""
    taken_out: list[Detail] = []
    with options_of(context).unlocked() as opened:
        try:
            note = opened.attachments.attach(
                note_id,
                file,
                following(),
                keep_metadata=keep_metadata,
                told=taken_out.extend,
            )
        except CannotBeCleaned as error:
            raise Refused(f"{error} With --keep-metadata it is attached as it is.") from None
        place = place_of_new(note.files, name_from(file.name))
        if as_json:
            fields = file_fields(place + 1, note.files[place])
            stdout.json({"note": note.id, **fields, "taken_out": sorted(taken_out)})
        else:
            stdout.row(note.id)
        for sentence in wording.after_attaching(note.files[place], taken_out):
            stderr.say(sentence)


def files(context: typer.Context, note_id: _Id, as_json: _Json = False) -> None:
    """List what is attached to a note. Columns: number, name, size in bytes, kind."""
    with options_of(context).unlocked() as opened:
        found = [file_fields(number, file) for number, file in enumerate(opened.attachments.of(note_id), 1)]
    if as_json:
        stdout.json(found)
        return
    for fields in found:
        stdout.row(*fields.values())


def save_file(
    context: typer.Context,
    note_id: _Id,
    name: _Name,
    dest: Annotated[
        Path,
        typer.Argument(
            parser=path_from,
            metavar="DEST",
            help="A new file, or a folder to put it into under its own name.",
        ),
    ],
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: _Json = False,
) -> None:
    """Save an attached file. That is not sealed without --age; prints where it is. Nothing is ever written
    over."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with options_of(context).unlocked() as opened:
        place = saved_file.save_file(opened, note_id, name, dest, following(), sealing)
    if as_json:
        stdout.json({"path": str(place), "size": place.stat().st_size})
    else:
        stdout.row(place)
    if sealing is not None:
        stderr.say(str(sealing))


def remove_file(context: typer.Context, note_id: _Id, name: _Name) -> None:
    """Remove a file from a note of yours, for its readers too."""
    with options_of(context).unlocked() as opened:
        if questions.is_interactive():
            note = opened.notes.get(note_id)
            place_of(note.files, name)
            stderr.say(wording.removing(others_in_words(opened, note)))
            if not questions.confirm("Remove this file for good?"):
                stderr.say("Nothing was removed.")
                return
        opened.attachments.remove(note_id, name)
        stderr.say(wording.REMOVED)


def register(app: typer.Typer) -> None:
    """Add the commands to those of notes."""
    commands = (("attach", attach), ("files", files), ("save-file", save_file), ("remove-file", remove_file))
    for name, command in commands:
        app.command(name)(command)
