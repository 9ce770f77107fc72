"""The signatures this member can read: under their own notes and others', and what was added to them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import signing
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import DocumentId, JournalId, MemberId
from kapjournal.domain.signing import Addendum, Signature, SignatureState, SignedNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.documents.signing import AddendumContent, CoSignature, SignedContent
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.proofs import Proof, holds
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange

R = TypeVar("R")
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class SignatureRepository:
    """Finds and verifies signatures. Nothing of it is kept: what is signed is looked at when it is shown."""

    def __init__(self, journal_id: JournalId, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._journal_id = journal_id
        self._envelopes = envelopes
        self._membership = membership

    def signed(self, author: MemberId, document: DocumentId) -> SignedNote | None:
        """What is known of a signed document; None if it is not signed."""
        versions = self._signed_versions(author, document)
        if not versions:
            return None
        first = max(versions, key=lambda one: one.rank).version
        digest = first.digest(self._journal_id)
        others = {one.version.digest(self._journal_id) for one in versions} - {digest}
        signatures = [self._signature(proof, digest) for proof in self._proofs(first, digest)]
        if signatures[0].signer != author:  # the first is the author's, or nobody's word stands for it
            signatures[0] = replace(signatures[0], state=SignatureState.BROKEN)
        return SignedNote(
            digest.hex(),
            tuple(signatures),
            tuple(addendum for _, addendum in self._addenda(SignedContent(author, document, digest))),
            tuple(sorted(other.hex() for other in others)),
        )

    def last_addendum(self, of: SignedContent) -> bytes:
        """The digest of what was added last to a signed content; empty if nothing was."""
        return next((digest for digest, _ in reversed(self._addenda(of))), b"")

    def own_addenda(self, document: DocumentId) -> list[StoredVersion]:
        """What this member added to one of their own documents."""
        me = self._envelopes.me
        return [
            stored
            for stored, content in self._of_type(registry.ADDENDUM)
            if stored.version.author == me and content.of[:2] == (me, document)
        ]

    def owed(self) -> Iterator[DocumentChange]:
        """This member's signed documents again, with the co-signatures that others sent."""
        me = self._envelopes.me
        for stored, content in self._of_type(registry.SIGNATURE):
            if content.of.author != me or stored.version.author == me:
                continue
            for version in self._signed_versions(me, content.of.document):
                is_new = content.proof not in version.version.proofs
                if is_new and self._is_right(version.version, content):
                    said = version.version
                    proofs = (*said.proofs, content.proof)
                    readers = self._membership.without_removed(said.readers)
                    yield DocumentChange(said.document, said.type, readers, said.content, (version,), proofs)

    def findings(self) -> Iterator[Finding]:
        """Signatures that do not hold, a second content signed in the place of one, and what this member
        signed and is not here."""
        for (author, document), standing in list(self._envelopes.versions.standing.items()):
            if not any(stored.version.proofs for stored in standing):
                continue
            if standing[0].version.type == registry.ADDENDUM.type:
                continue  # judged with what it is added to
            signed = self.signed(author, document)
            if signed is not None and signed.others:
                yield Finding(FindingKind.SIGNED_TWICE, author, document)
            if signed is not None and not signed.holds and not signed.others:
                yield Finding(FindingKind.SIGNATURE_BROKEN, author, document)
        me = self._envelopes.me
        for document, digest in self._membership.book.signed.items():
            digests = {one.version.digest(self._journal_id) for one in self._signed_versions(me, document)}
            if digest not in digests:
                yield Finding(FindingKind.SIGNED_MISSING, me, document)
        told = self._envelopes.channels.losses()
        for stored, content in self._of_type(registry.SIGNATURE):
            if stored.version.author == me and not self._is_here(content.of):
                told[content.of.author] -= 1  # its author may have withdrawn it, and said so by a notice
                if told[content.of.author] < 0:
                    yield Finding(FindingKind.SIGNED_MISSING, content.of.author, content.of.document)

    def _is_here(self, of: SignedContent) -> bool:
        versions = self._signed_versions(of.author, of.document)
        return any(one.version.digest(self._journal_id) == of.digest for one in versions)

    def _signed_versions(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        return [one for one in self._envelopes.standing(author, document) if one.version.proofs]

    def _proofs(self, version: DocumentVersion, digest: bytes) -> list[Proof]:
        """The proofs beside a content, and those that others sent and its author has not put there yet."""
        proofs = list(version.proofs)
        for _, content in self._of_type(registry.SIGNATURE):
            is_of = content.of == SignedContent(version.author, version.document, digest)
            if is_of and content.proof not in proofs:
                proofs.append(content.proof)
        return proofs

    def _addenda(self, of: SignedContent) -> list[tuple[bytes, Addendum]]:
        found = []
        for stored, content in self._of_type(registry.ADDENDUM):
            if content.of != of or not stored.version.proofs:
                continue
            digest = stored.version.digest(self._journal_id)
            signature = self._signature(stored.version.proofs[0], digest)
            found.append((digest, _addendum(stored.version, content, signature)))
        return sorted(found, key=lambda pair: (pair[1].when or _LONG_AGO, pair[0]))

    def _signature(self, proof: Proof, digest: bytes) -> Signature:
        keys = self._keys()
        state = SignatureState.BROKEN
        if proof.signer not in keys:
            state = SignatureState.UNKNOWN
        elif holds(proof, self._journal_id, digest, keys):
            state = SignatureState.HOLDS
        claims = proof.claims()
        capacity, name, credentials = (str(claims.get(key, "")) for key in ("as", "name", "credentials"))
        return Signature(proof.signer, proof.moment, capacity, name, credentials, state)

    def _is_right(self, version: DocumentVersion, content: CoSignature) -> bool:
        digest = version.digest(self._journal_id)
        return digest == content.of.digest and holds(content.proof, self._journal_id, digest, self._keys())

    def _of_type(self, spec: DocumentSpec[Any, R]) -> Iterator[tuple[StoredVersion, R]]:
        for stored in list(self._envelopes.current.values()):
            if stored.version.type == spec.type and self._may_sign(stored.version.author):
                with suppress(NotGenuine):
                    yield stored, spec.decode(stored.version)

    def _may_sign(self, author: MemberId) -> bool:
        try:
            return signing.may_sign(self._membership.role_of(author))
        except LookupError:
            return False

    def _keys(self) -> Mapping[MemberId, tuple[PublicIdentity, ...]]:
        return self._membership.signing_keys()


def _addendum(version: DocumentVersion, content: AddendumContent, signature: Signature) -> Addendum:
    return Addendum(version.author, content.kind, content.reason, content.body, signature.when, signature)
