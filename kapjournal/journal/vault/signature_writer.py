"""How signatures are written: under a document of this member's, under another's, and under what is added."""

from collections.abc import Sequence
from dataclasses import replace

from kapjournal import clock
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.signing import AddendumContent, CoSignature
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.trust.proofs import Proof
from kapjournal.journal.trust.proofs import sign as sign_digest
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


def sign(vault: Vault, unit: UnitOfWork, version: DocumentVersion, signer: Signer, late: str = "") -> None:
    """Sign and lock a document of this member's, of which one version stands (`Refused`); `late` is why it is
    a late entry, if it is one. Its digest is noted in their address book: who strikes the signed row is found
    out by that."""
    standing = vault.envelopes.standing(vault.me, version.document)
    _check_one(standing)
    proof = _proof(vault, version, signer, "author", late)
    readers = vault.membership.without_removed(version.readers)
    unit.put(DocumentChange.again(version, readers, standing, proofs=[proof]))
    signed = {**vault.membership.book.signed, version.document: version.digest(vault.journal_id)}
    unit.put(vault.membership.papers.book_change(replace(vault.membership.book, signed=signed)))


def cosign(vault: Vault, unit: UnitOfWork, version: DocumentVersion, signer: Signer) -> None:
    """Put this member's signature under another's signed document. It lies in a document of its own until the
    author's program has put it beside the first."""
    proof = _proof(vault, version, signer, "co-signer")
    _put(vault, unit, registry.SIGNATURE, CoSignature(_named(vault, version), proof), version)


def add(
    vault: Vault,
    unit: UnitOfWork,
    version: DocumentVersion,
    kind: AddendumKind,
    body: str,
    reason: str,
    signer: Signer,
) -> None:
    """Add to a signed document, for its readers, and sign what is added."""
    of = _named(vault, version)
    added = AddendumContent(of, kind, reason, body, vault.signatures.last_addendum(of))
    _put(vault, unit, registry.ADDENDUM, added, version, signer)


def _put(
    vault: Vault,
    unit: UnitOfWork,
    spec: "registry.DocumentSpec[CoSignature] | registry.DocumentSpec[AddendumContent]",
    value: CoSignature | AddendumContent,
    about: DocumentVersion,
    signer: Signer | None = None,
) -> None:
    """Write a document of its own for the readers of the one it is about."""
    content = spec.encode(value, None)  # type: ignore[arg-type]
    document = new_document_id()
    unsealed = DocumentVersion(document, spec.type, vault.me, (vault.me,), None, content.data, content.text)
    proofs = () if signer is None else (_proof(vault, unsealed, signer, "author"),)
    readers = vault.membership.without_removed(about.readers)
    unit.put(DocumentChange(document, spec.type, readers, content, proofs=proofs))


def share_addenda(vault: Vault, unit: UnitOfWork, signed: StoredVersion) -> None:
    """Give what this member added to a document of theirs to its readers, and to nobody else."""
    readers = frozenset(signed.version.readers)
    for addendum in vault.signatures.own_addenda(signed.version.document):
        if readers != frozenset(addendum.version.readers):
            unit.put(DocumentChange.again(addendum.version, readers, [addendum]))


def _named(vault: Vault, version: DocumentVersion) -> ContentName:
    return ContentName(version.author, version.document, version.digest(vault.journal_id))


def _check_one(standing: Sequence[StoredVersion]) -> None:
    if len(standing) > 1:
        raise Refused(
            "This was written on two computers at once, and both texts stand. Save it as it should be, then "
            "sign it."
        )


def _proof(vault: Vault, version: DocumentVersion, signer: Signer, capacity: str, late: str = "") -> Proof:
    claim = {"as": capacity, "name": signer.name, "credentials": signer.credentials}
    if late:
        claim["late"] = late
    digest = version.digest(vault.journal_id)
    return sign_digest(vault.identity, vault.me, vault.journal_id, digest, clock.now(), claim)
