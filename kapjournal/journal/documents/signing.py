"""How co-signatures and addenda lie in documents; each names the content it is about and holds for it
alone."""

from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.signing import AddendumKind
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.journal.trust.proofs import Proof, proofs_from, proofs_to_bytes
from kapjournal.text import is_line


class CoSignature(NamedTuple):
    """Somebody else's proof over a signed content."""

    of: ContentName
    proof: Proof


class AddendumContent(NamedTuple):
    """What is added to a signed content. `after` is the digest of the addendum before, as far as its author
    knew; empty for the first."""

    of: ContentName
    kind: AddendumKind
    reason: str
    body: str
    after: bytes = b""


def encode_signature(signed: CoSignature, before: DocumentVersion | None = None) -> Content:
    """A co-signature as the content of its document."""
    return Content.of(
        {"of": signed.of.to_list(), "proof": proofs_to_bytes((signed.proof,)).hex()}, before=before
    )


def decode_signature(version: DocumentVersion) -> CoSignature:
    """Undo `encode_signature`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        [proof], _ = proofs_from(bytes.fromhex(data["proof"]), 0)
        if proof.signer != version.author:
            raise ValueError
        return CoSignature(ContentName.from_list(data["of"]), proof)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A co-signature is not of its form.") from None


def encode_addendum(addendum: AddendumContent, before: DocumentVersion | None = None) -> Content:
    """An addendum as the content of its document."""
    fields = {
        "of": addendum.of.to_list(),
        "what": addendum.kind.value,
        "reason": addendum.reason,
        "after": addendum.after.hex(),
    }
    return Content.of(fields, addendum.body, before)


def decode_addendum(version: DocumentVersion) -> AddendumContent:
    """Undo `encode_addendum`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        after = from_hex(data["after"], 32) if data["after"] else b""
        if not is_line(data["reason"]):
            raise ValueError
        kind = AddendumKind(data["what"])
        return AddendumContent(ContentName.from_list(data["of"]), kind, data["reason"], version.text, after)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("An addendum is not of its form.") from None
