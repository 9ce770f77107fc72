"""Rows that one author seals for Ana, Ben and themselves, and what each of them makes of the bytes."""

import secrets
from collections.abc import Sequence

from kapjournal.crypto.envelope import (
    ChannelKey,
    NewEnvelope,
    SealedRow,
    SlotPlace,
    Stamp,
    Wrap,
    draw,
    is_whole,
    open_body,
    seal,
    unwrap,
)
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import Row, row_from
from kapjournal.domain.ids import EnvelopeId

SMALL = 4881
"""How long the row of a short body is."""

MAC_AT, COMMITMENT_AT, TAGS_AT, WRAPS_AT, CIPHERTEXT_AT = 17, 33, 65, 193, 769


def key() -> ChannelKey:
    """A channel that nobody else has."""
    return ChannelKey(secrets.token_bytes(32))


ME, ANA, BEN, STRANGER = key(), key(), key(), key()
"""The author's channel to themselves, the author's to Ana and to Ben, and one of somebody else."""


def stamp(number: int) -> Stamp:
    """The stamp of one row among nine, of which four were dropped."""
    return Stamp(b"replica!", number, 9, 4)


def sealed_for(
    body: bytes,
    readers: Sequence[ChannelKey] = (ME, ANA, BEN),
    notices: Sequence[tuple[ChannelKey, EnvelopeId]] = (),
    new: NewEnvelope | None = None,
) -> SealedRow:
    """A row of the author's; its stamps count readers, then notices, from 0."""
    stamped = [(channel, stamp(number)) for number, channel in enumerate(readers)]
    told = [(channel, stamp(number), lost) for number, (channel, lost) in enumerate(notices, len(stamped))]
    return seal(ME, new or draw(ME), body, stamped, told)


def place_of(channel: ChannelKey, row: Row) -> SlotPlace:
    """The slot of a channel that has one."""
    place = channel.find(row)
    assert place is not None
    return place


def wrap_of(channel: ChannelKey, sealed: bytes) -> Wrap:
    """The wrap of a channel that has one, or `NotGenuine`."""
    row = row_from(sealed)
    return unwrap(row, place_of(channel, row))


def read(channel: ChannelKey, sealed: bytes) -> bytes | None:
    """The body as one reader opens it; None if nothing there is for them, `NotGenuine` if it was altered."""
    row = row_from(sealed)
    place = None if row.is_newer else channel.find(row)
    wrap = unwrap(row, place) if place else None
    return open_body(row, wrap.key) if wrap and wrap.key else None


def is_told(channel: ChannelKey, sealed: bytes, body: bytes) -> bool:
    """Whether a reader who was sent `body` would notice that something is wrong, whatever the row's id."""
    try:
        return read(channel, sealed) != body
    except NotGenuine:
        return True


def author_is_told(sealed: bytes, body: bytes) -> bool:
    """The same for the author, who can tell besides whether every slot is as it was."""
    return is_told(ME, sealed, body) or not is_whole(ME, row_from(sealed))
