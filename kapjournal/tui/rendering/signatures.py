"""A signed note or record as blocks to show: its words, who signed them, and what was added."""

import datetime as dt
from collections.abc import Iterator

from textual.content import Content

from kapjournal.domain.notes import Note
from kapjournal.domain.signing import Signature, SignatureState, SignedDocument
from kapjournal.presentation import signing
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.markdown import blocks

_RULE = "───"
_TONES = {
    SignatureState.HOLDS: "$success",
    SignatureState.BROKEN: "$error",
    SignatureState.UNKNOWN: "$warning",
}


def signed_page(note: Note, signed: SignedDocument, *, with_digest: bool) -> list[Block]:
    """The signed words of a note, what is known of its signatures, and below that the words that stand
    beside; the digests too if they differ, or for a reader who compares them."""
    under = below(signed, note.text.date, note.revised or note.written, with_digest=with_digest)
    return [*blocks(note.text.body), *under, *blocks(note.words_beside)]


def below(
    signed: SignedDocument, service: dt.date, written: dt.datetime, *, with_digest: bool
) -> Iterator[Block]:
    """What stands below words that are signed, about the day of the `service` and `written` then (UTC)."""
    yield _line(Content.styled(_RULE, "$text-muted"), gap=True)
    if late := signing.late_entry(signed, service, written):
        yield _line(Content.styled(late, "bold $secondary"), gap=False)
    yield from _signatures(signed, with_digest=with_digest)
    yield from _addenda(signed, service)


def _signatures(signed: SignedDocument, *, with_digest: bool) -> Iterator[Block]:
    for signature in signed.signatures:
        yield _signature(signature, gap=False)
    if signed.others:
        yield _line(Content.styled(signing.ONE_DIGEST_A_PLACE, "$warning"), gap=True)
    for digest in (signed.digest, *signed.others) if with_digest or signed.others else ():
        yield _line(Content.styled(f"Digest {digest}", "$text-muted"), gap=False)


def _addenda(signed: SignedDocument, service: dt.date) -> Iterator[Block]:
    for addendum in signed.addenda:
        yield _line(Content.styled(signing.addendum_heading(addendum, service), "bold $secondary"), gap=True)
        first, *rest = blocks(addendum.body) or [_line(Content(""), gap=False)]
        yield Block(first.lead, first.hang, first.words, gap=False)
        yield from rest
        yield _signature(addendum.signature, gap=True)


def _signature(signature: Signature, *, gap: bool) -> Block:
    return _line(Content.styled(signing.signature_line(signature), _TONES[signature.state]), gap=gap)


def _line(words: Content, *, gap: bool) -> Block:
    return Block("", "  ", words, gap=gap)
