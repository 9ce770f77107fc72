"""Signed notes: `note sign`, `note cosign`, `note add-to` and `note verify`."""

from typing import Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain import signing
from kapjournal.domain.signing import AddendumKind, SignedNote
from kapjournal.errors import Damaged, NotFound
from kapjournal.exchange import signed_fields
from kapjournal.presentation import signing as wording
from kapjournal.stdio import file_or_stdin, stderr, stdout

_Id = Annotated[str, typer.Argument(metavar="ID", help="The note's id, or its beginning.")]
_Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Your name, as it stands under a record.")]
_Credentials = Annotated[
    str, typer.Option("--credentials", metavar="TEXT", help="Your credentials, such as LMFT.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def sign(
    context: typer.Context, note_id: _Id, name: _Name, credentials: _Credentials = "", as_json: _Json = False
) -> None:
    """Sign and lock an observation of yours. Its words stay as they are from then on; you can add to it."""
    signer = signing.signer_from(name, credentials)
    with options_of(context).unlocked() as opened:
        _show(opened.signing.sign(note_id, signer), as_json)


def cosign(
    context: typer.Context, note_id: _Id, name: _Name, credentials: _Credentials = "", as_json: _Json = False
) -> None:
    """Put your signature under a note that somebody else signed."""
    signer = signing.signer_from(name, credentials)
    with options_of(context).unlocked() as opened:
        _show(opened.signing.cosign(note_id, signer), as_json)


def add_to(
    context: typer.Context,
    note_id: _Id,
    what: Annotated[
        AddendumKind,
        typer.Option(
            parser=signing.addendum_kind_from,
            metavar="KIND",
            help="addendum (not known then), amendment (was wrong) or late-entry (was left out).",
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    name: _Name,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="The words; without a file, or with -, from standard input."),
    ] = None,
    credentials: _Credentials = "",
    as_json: _Json = False,
) -> None:
    """Add to a signed note, and sign what you add. The note itself stays as it is."""
    signer = signing.signer_from(name, credentials)
    body = file_or_stdin.body(file or file_or_stdin.STDIN)
    with options_of(context).unlocked() as opened:
        _show(opened.signing.add(note_id, what, body, reason, signer), as_json)


def verify(context: typer.Context, note_id: _Id, as_json: _Json = False) -> int:
    """Verify the signatures under a note. If one does not hold, the exit code is 5."""
    with options_of(context).unlocked() as opened:
        signed = opened.signing.of(note_id)
    if signed is None:
        raise NotFound("This note is not signed.")
    _show(signed, as_json)
    if signed.holds:
        stderr.say("Every signature holds.")
        return 0
    stderr.say("Not every signature holds.")
    return Damaged.exit_code


def _show(signed: SignedNote, as_json: bool) -> None:
    if as_json:
        stdout.json(signed_fields(signed))
        return
    for line in wording.lines(signed):
        stdout.text(line)


def register(app: typer.Typer) -> None:
    """Add the commands to those of notes."""
    for name, command in (("sign", sign), ("cosign", cosign), ("add-to", add_to), ("verify", verify)):
        app.command(name)(command)
