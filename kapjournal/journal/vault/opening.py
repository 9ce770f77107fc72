"""Opening one envelope for one member: which channel it came on, what it says, whether that may be so."""

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
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.journal.documents.registry import SPECS, ChannelKind
from kapjournal.journal.documents.version import DocumentVersion


class OpenedEnvelope(NamedTuple):
    """What one channel finds in one envelope: a body, or a notice that the envelope `lost` is no longer for
    it."""

    ref: EnvelopeRef
    head: ChannelHead
    body: bytes | None
    note_key: bytes | None
    lost: EnvelopeId


def open_on(channel: ChannelKey, envelope_id: EnvelopeId, sealed: bytes) -> OpenedEnvelope | None:
    """What `channel` finds in an envelope; None if it is not addressed to it, `NotGenuine` if altered."""
    place = channel.find(envelope_id, sealed)
    return None if place is None else open_at(place, envelope_id, sealed)


def open_at(place: SlotPlace, envelope_id: EnvelopeId, sealed: bytes) -> OpenedEnvelope:
    """What the slot at `place` leads to, or `NotGenuine`."""
    ref = ref_of(envelope_id, sealed)
    wrap = unwrap(ref, sealed, place)
    body = open_body(envelope_id, sealed, wrap.key) if wrap.key else None
    return OpenedEnvelope(ref, wrap.head, body, wrap.key, wrap.lost)


def authenticate(
    body: bytes, sender: MemberId, receiver: MemberId, kind: ChannelKind, keeper: MemberId
) -> DocumentVersion:
    """Read a body and check that author and channel agree, that the receiver is among the readers, and that
    a document of its type may come on a channel of this kind and from this author; else `NotGenuine`."""
    version = DocumentVersion.from_bytes(body)
    if version.author != sender:
        raise NotGenuine("A document names another author than the one who sent it.")
    if receiver not in version.readers:
        raise NotGenuine("A document was sent to a member who is not among its readers.")
    spec = SPECS[version.type]
    if kind not in spec.channels or not spec.writers.include(sender, keeper):
        raise NotGenuine("A document came on a channel where its kind has no place.")
    return version
