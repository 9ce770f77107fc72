"""Signatures under notes and records: `sign`, `cosign`, `addendum` and `verify`."""

from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain import signing
from kapjournal.domain.signing import AddendumKind, SignedDocument
from kapjournal.errors import Damaged, NotFound
from kapjournal.exchange import signed_fields
from kapjournal.presentation import signing as wording
from kapjournal.stdio import file_or_stdin, stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a note or record, or its beginning.")]
_Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Your name, as it stands under a record.")]
_Credentials = Annotated[
    str, typer.Option("--credentials", metavar="TEXT", help="Your credentials, such as LMFT.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def sign(
    context: typer.Context,
    id_: _Id,
    name: _Name,
    credentials: _Credentials = "",
    late: Annotated[
        str, typer.Option(metavar="TEXT", help="Why a record is a late entry, where it is one.")
    ] = "",
    as_json: _Json = False,
) -> None:
    """Sign and lock an observation of yours, or a record. Its words stay as they are; you can add to it."""
    signer = signing.signer_from(name, credentials)
    with options_of(context).unlocked() as opened:
        opened.signing.sign(id_, signer, late=late)
        _show(opened, id_, as_json)


def cosign(
    context: typer.Context, id_: _Id, name: _Name, credentials: _Credentials = "", as_json: _Json = False
) -> None:
    """Put your signature under a note or record that somebody else signed."""
    signer = signing.signer_from(name, credentials)
    with options_of(context).unlocked() as opened:
        opened.signing.cosign(id_, signer)
        _show(opened, id_, as_json)


def addendum(
    context: typer.Context,
    id_: _Id,
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
    """Add to a signed note or record, and sign what you add. The other stays as it is."""
    signer = signing.signer_from(name, credentials)
    body = file_or_stdin.body(file or file_or_stdin.STDIN)
    with options_of(context).unlocked() as opened:
        opened.signing.add(id_, what, body, reason, signer)
        _show(opened, id_, as_json)


def verify(context: typer.Context, id_: _Id, as_json: _Json = False) -> int:
    """Verify the signatures under a note or record. If one does not hold, the exit code is 5."""
    with options_of(context).unlocked() as opened:
        signed = _show(opened, id_, as_json)
    if signed.holds:
        stderr.say("Every signature holds.")
        return 0
    stderr.say("Not every signature holds.")
    return Damaged.exit_code


def _show(opened: "Journal", id_: str, as_json: bool) -> SignedDocument:
    """Print what is known of the signatures, each verified now (`NotFound` if there is none)."""
    signed = opened.signing.of(id_)
    if signed is None:
        raise NotFound("This is not signed.")
    if as_json:
        stdout.json(signed_fields(signed))
        return signed
    found = opened.records.get(id_) if opened.is_practice else opened.notes.get(id_)
    for line in wording.lines(signed, found.text.date, found.revised or found.written):
        stdout.text(line)
    return signed
