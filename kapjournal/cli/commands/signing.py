"""Signatures under notes and records: `sign`, `cosign`, `addendum` and `verify`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.options import naming, options_of
from kapjournal.domain import signing
from kapjournal.domain.signing import AddendumKind, SignedDocument
from kapjournal.errors import Damaged, NotFound
from kapjournal.exchange import signed_fields
from kapjournal.presentation import signing as wording
from kapjournal.stdio import file_or_stdin, stderr, stdout
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a note or record, or its beginning.")]
_Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Your name, as it stands under a record.")]
_Credentials = Annotated[
    str, typer.Option("--credentials", metavar="TEXT", help="Your credentials, such as LMFT.")
]


class _NotSigned(NotFound):
    """What was looked for is there, and no signature under it."""


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
    with naming("The option is --late TEXT."), _opened(context) as opened:
        opened.signing.sign(id_, signer, late=late)
        _show(opened, id_, as_json)


def cosign(
    context: typer.Context, id_: _Id, name: _Name, credentials: _Credentials = "", as_json: _Json = False
) -> None:
    """Put your signature under a note or record that somebody else signed."""
    signer = signing.signer_from(name, credentials)
    with _opened(context) as opened:
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
    with _opened(context) as opened:
        opened.signing.add(id_, what, body, reason, signer)
        _show(opened, id_, as_json)


def verify(context: typer.Context, id_: _Id, as_json: _Json = False) -> int:
    """Verify the signatures under a note or record. If one does not hold, the exit code is 5."""
    with _opened(context) as opened:
        signed = _show(opened, id_, as_json)
    if signed.holds:
        stderr.say("Every signature holds.")
        return 0
    stderr.say("Not every signature holds.")
    return Damaged.exit_code


@contextmanager
def _opened(context: typer.Context) -> "Iterator[Journal]":
    """The journal in which an id is looked for; who finds it nowhere there is told where else it may be."""
    options = options_of(context)
    with options.unlocked() as opened:
        try:
            yield opened
        except _NotSigned:
            raise
        except NotFound as error:
            raise NotFound(f"{error} {_where_else(opened, options.couple)}".rstrip()) from None


def _where_else(opened: "Journal", couple: str | None) -> str:
    """Where else it may be: notes are in the journal of a couple, records in a practice."""
    if opened.is_practice:
        return "It was looked for among the records of this practice; for a note name its couple: -c NAME."
    if couple is not None:
        return f"It was looked for among the notes of {shown_line(couple)}; for a record leave out -c."
    if signing.may_sign(opened.me.role):
        return "It was looked for among the notes of this journal; for a record open your practice: -j FILE."
    return ""


def _show(opened: "Journal", id_: str, as_json: bool) -> SignedDocument:
    """Print what is known of the signatures, each verified now (`_NotSigned` if there is none)."""
    signed = opened.signing.of(id_)
    if signed is None:
        raise _NotSigned("This is not signed.")
    if as_json:
        stdout.json(signed_fields(signed))
        return signed
    found = opened.records.get(id_) if opened.is_practice else opened.notes.get(id_)
    for line in wording.lines(signed, found.text.date, found.revised or found.written):
        stdout.text(line)
    return signed
