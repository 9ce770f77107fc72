"""How an offer lies in a document, and the commitment by which it binds a page."""

from typing import Any

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.offers import Offer, Opening, Promise, about_from
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex, moment_from_text, moment_to_text

NONCE_BYTES = 32
_COMMITMENT_BYTES = 32


def commitment_to(nonce: bytes, content: bytes) -> bytes:
    """What binds a page of which `content` is the digest (32 bytes), and says nothing of it to who has not
    the `nonce` (32 random bytes)."""
    return digest(purpose("offer", nonce, content))


def encode(offer: Offer, before: DocumentVersion | None = None) -> Content:
    """An offer as the content of its document; what it is about are the words."""
    promise, opening = offer.in_return, offer.opening
    data = {
        "commitment": offer.commitment.hex(),
        "in_return": [promise.offer.hex(), promise.commitment.hex()] if promise else None,
        "opening": [opening.note.hex(), opening.nonce.hex()] if opening else None,
        "written": moment_to_text(offer.written),
    }
    return Content.of(data, offer.about, before)


def decode(version: DocumentVersion) -> Offer:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        if about_from(version.text) != version.text:
            raise ValueError
        promise = _pair(data["in_return"], 16, _COMMITMENT_BYTES)
        opening = _pair(data["opening"], 16, NONCE_BYTES)
        return Offer(
            version.author,
            version.document,
            from_hex(data["commitment"], _COMMITMENT_BYTES),
            version.text,
            moment_from_text(data["written"]),
            Promise(DocumentId(promise[0]), promise[1]) if promise else None,
            Opening(DocumentId(opening[0]), opening[1]) if opening else None,
        )
    except (LookupError, TypeError, ValueError, KapjournalError):
        raise NotGenuine("An offer has a field of the wrong form.") from None


def _pair(value: Any, first: int, second: int) -> tuple[bytes, bytes] | None:
    match value:
        case None:
            return None
        case [one, other]:
            return from_hex(one, first), from_hex(other, second)
        case _:
            raise ValueError
