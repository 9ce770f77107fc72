"""How co-signatures and addenda lie in documents; each names the content it is about and holds for it
alone."""

from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.signing import AddendumKind
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.journal.trust.proofs import Proof, proofs_from, proofs_to_bytes
from kapjournal.text import is_line


class SignedContent(NamedTuple):
    """A content that was signed: whose document, which, and the digest (32 bytes)."""

    author: MemberId
    document: DocumentId
    digest: bytes


class CoSignature(NamedTuple):
    """Somebody else's proof over a signed content."""

    of: SignedContent
    proof: Proof


class AddendumContent(NamedTuple):
    """What is added to a signed content. `after` is the digest of the addendum before, as far as its author
    knew; empty for the first."""

    of: SignedContent
    kind: AddendumKind
    reason: str
    body: str
    after: bytes = b""


def encode_signature(signed: CoSignature, before: DocumentVersion | None = None) -> Content:
    """A co-signature as the content of its document."""
    return Content.of({"of": _of(signed.of), "proof": proofs_to_bytes((signed.proof,)).hex()}, before=before)


def decode_signature(version: DocumentVersion) -> CoSignature:
    """Undo `encode_signature`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        [proof], _ = proofs_from(bytes.fromhex(data["proof"]), 0)
        if proof.signer != version.author:
            raise ValueError
        return CoSignature(_from(data["of"]), proof)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A co-signature is not of its form.") from None


def encode_addendum(addendum: AddendumContent, before: DocumentVersion | None = None) -> Content:
    """An addendum as the content of its document."""
    fields = {
        "of": _of(addendum.of),
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
        return AddendumContent(_from(data["of"]), kind, data["reason"], version.text, after)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("An addendum is not of its form.") from None


def _of(signed: SignedContent) -> list[str]:
    return [signed.author.hex(), signed.document.hex(), signed.digest.hex()]


def _from(texts: list[str]) -> SignedContent:
    author, document, digest = texts
    return SignedContent(
        MemberId(from_hex(author, 32)), DocumentId(from_hex(document, 16)), from_hex(digest, 32)
    )
