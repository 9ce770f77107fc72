"""Opening one envelope as one member: which channel it came on, what it says, whether that may be so."""

from typing import NamedTuple

from kapjournal.crypto.envelope import (
    ChannelHead,
    ChannelKey,
    EnvelopeRef,
    SlotPlace,
    open_body,
    ref_of,
    unwrap,
)
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.journal.version import DocumentKind, Version

FROM_OTHERS = frozenset({DocumentKind.NOTE, DocumentKind.SESSION, DocumentKind.ABOUT})
FROM_ONESELF = frozenset(DocumentKind) - {DocumentKind.DRAFT}
FROM_DRAFTS = frozenset({DocumentKind.DRAFT})


class Opened(NamedTuple):
    """What one channel finds in one envelope: a body, or a notice that `lost` is no longer for it."""

    ref: EnvelopeRef
    head: ChannelHead
    body: bytes | None
    note_key: bytes | None
    lost: bytes


def open_for(channel: ChannelKey, envelope_id: bytes, sealed: bytes) -> Opened | None:
    """What `channel` finds here; None if the envelope is not addressed to it, `NotGenuine` if altered."""
    place = channel.find(envelope_id, sealed)
    return None if place is None else open_at(place, envelope_id, sealed)


def open_at(place: SlotPlace, envelope_id: bytes, sealed: bytes) -> Opened:
    """What one's own slot in an envelope leads to, or `NotGenuine`."""
    ref = ref_of(envelope_id, sealed)
    wrap = unwrap(ref, sealed, place)
    body = open_body(envelope_id, sealed, wrap.key) if wrap.key else None
    return Opened(ref, wrap.head, body, wrap.key, wrap.lost)


def believe(body: bytes, sender: bytes, receiver: bytes, allowed: frozenset[DocumentKind]) -> Version:
    """Read a body and check that author and channel agree, that the receiver is among the readers, and that
    the kind may come on this channel; else `NotGenuine`."""
    version = Version.from_bytes(body)
    if version.author != sender:
        raise NotGenuine("A document names another author than the one who sent it.")
    if receiver not in version.readers:
        raise NotGenuine("A document was sent to somebody who is not among its readers.")
    if version.kind not in allowed:
        raise NotGenuine("A document came on a channel where its kind has no place.")
    return version
