"""The signatures this member can read: under their own notes and others', and what was added to them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import signing
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import DocumentId, JournalId, MemberId
from kapjournal.domain.signing import Addendum, Signature, SignatureState, SignedDocument
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.signing import AddendumContent
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.proofs import Proof, holds
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import DocumentName, StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange


class _Beside(NamedTuple):
    """What others and this member sent beside signed contents, by what it names: co-signatures, addenda."""

    co_signatures: dict[ContentName, list[tuple[StoredVersion, Proof]]]
    addenda: dict[ContentName, list[tuple[StoredVersion, AddendumContent]]]


_BESIDE = (registry.SIGNATURE.type, registry.ADDENDUM.type)
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class SignatureRepository:
    """Finds and verifies signatures. Nothing of it is kept: what is signed is looked at when it is shown."""

    def __init__(self, journal_id: JournalId, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._journal_id = journal_id
        self._envelopes = envelopes
        self._membership = membership

    def signed(self, author: MemberId, document: DocumentId) -> SignedDocument | None:
        """What is known of a signed document; None if it is not signed."""
        return self._signed(author, document, self._beside())

    def each_signed(self, names: Iterable[DocumentName]) -> dict[DocumentName, SignedDocument]:
        """The same for each of several documents that is signed."""
        beside = self._beside()
        found = {name: self._signed(*name, beside) for name in names}
        return {name: signed for name, signed in found.items() if signed is not None}

    def _signed(self, author: MemberId, document: DocumentId, beside: _Beside) -> SignedDocument | None:
        versions = self._signed_versions(author, document)
        if not versions:
            return None
        first = max(versions, key=lambda one: one.rank).version
        digest = first.digest(self._journal_id)
        others = {one.version.digest(self._journal_id) for one in versions} - {digest}
        signatures = [
            self._signature(proof, digest, "author" if proof.signer == author else "co-signer")
            for proof in self._proofs(first, digest, beside)
        ]
        if signatures[0].signer != author:  # the first is the author's, or nobody's word stands for it
            signatures[0] = replace(signatures[0], state=SignatureState.BROKEN)
        return SignedDocument(
            digest.hex(),
            tuple(signatures),
            tuple(addendum for _, addendum in self._addenda(ContentName(author, document, digest), beside)),
            tuple(sorted(other.hex() for other in others)),
        )

    def last_addendum(self, of: ContentName) -> bytes:
        """The digest of what was added last to a signed content; empty if nothing was."""
        return next((digest for digest, _ in reversed(self._addenda(of, self._beside()))), b"")

    def own_addenda(self, document: DocumentId) -> list[StoredVersion]:
        """What this member added to one of their own documents."""
        me = self._envelopes.me
        return [
            stored
            for of, added in self._beside().addenda.items()
            for stored, _ in added
            if stored.version.author == me and of[:2] == (me, document)
        ]

    def owed(self) -> Iterator[DocumentChange]:
        """This member's signed documents again, with the co-signatures that others sent and that hold: one of
        each signer's, however many they send. And what this member added, to those alone who read what it is
        added to."""
        me, beside = self._envelopes.me, self._beside()
        yield from self._read_too_widely(beside)
        for of, sent in beside.co_signatures.items():
            if of.author != me:
                continue
            for version in self._signed_versions(me, of.document):
                said = version.version
                first = self._first_of_each(said, of, sent)
                new = [one for one in first if self._signature(one, of.digest).state is SignatureState.HOLDS]
                if new and said.digest(self._journal_id) == of.digest:
                    readers = self._membership.without_removed(said.readers)
                    yield DocumentChange.again(said, readers, [version], proofs=new)

    def _read_too_widely(self, beside: _Beside) -> Iterator[DocumentChange]:
        """This member's addenda to documents that were withdrawn from some of the addenda's readers since. To
        further readers nobody but its author gives an addendum: what a colleague added is theirs to share."""
        me = self._envelopes.me
        for of, added in beside.addenda.items():
            own = [stored for stored, _ in added if stored.version.author == me]
            signed = self._signed_versions(of.author, of.document) if own else []
            readers = {me}.union(*(one.version.readers for one in signed))
            for stored in own if signed else ():
                if not readers.issuperset(stored.version.readers):
                    fewer = frozenset(readers.intersection(stored.version.readers))
                    yield DocumentChange.again(stored.version, fewer, [stored])

    def findings(self) -> Iterator[Finding]:
        """Signatures that do not hold, a second content signed in the place of one, and what this member
        signed and is not here. What somebody sent beside another's note speaks against its sender alone."""
        beside, me = self._beside(), self._envelopes.me
        for (author, document), standing in list(self._envelopes.versions.standing.items()):
            if not any(stored.version.proofs for stored in standing):
                continue
            if standing[0].version.type == registry.ADDENDUM.type:
                continue  # judged with what it is added to
            signed = self._signed(author, document, beside)
            if signed is not None and signed.others:
                yield Finding(FindingKind.SIGNED_TWICE, author, document)
            if signed is not None and not signed.holds and not signed.others:
                yield Finding(FindingKind.SIGNATURE_BROKEN, author, document)
            is_mine = author == me  # another's reader may not have been given what a colleague added
            if signed is not None and is_mine and any(one.follows_missing for one in signed.addenda):
                yield Finding(FindingKind.ADDENDUM_MISSING, me, document)
        for document, digest in self._membership.book.signed.items():
            digests = {one.version.digest(self._journal_id) for one in self._signed_versions(me, document)}
            if digest not in digests:
                yield Finding(FindingKind.SIGNED_MISSING, me, document)
        told = self._envelopes.channels.losses()
        for of, sent in beside.co_signatures.items():
            if any(stored.version.author == me for stored, _ in sent) and not self._is_here(of):
                told[of.author] -= 1  # its author may have withdrawn it, and said so by a notice
                if told[of.author] < 0:
                    yield Finding(FindingKind.SIGNED_MISSING, of.author, of.document)
        for sender in dict.fromkeys(self._who_sent_what_does_not_hold(beside)):
            yield Finding(FindingKind.DOCUMENT_MALFORMED, sender)

    def _who_sent_what_does_not_hold(self, beside: _Beside) -> Iterator[MemberId]:
        for of, sent in beside.co_signatures.items():
            yield from (proof.signer for _, proof in sent if not self._may_hold(proof, of.digest))
        for of, added in beside.addenda.items():
            for stored, _ in added:
                if stored.version.author != of.author and not self._is_signed(stored.version):
                    yield stored.version.author

    def _is_here(self, of: ContentName) -> bool:
        versions = self._signed_versions(of.author, of.document)
        return any(one.version.digest(self._journal_id) == of.digest for one in versions)

    def _signed_versions(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        return [one for one in self._envelopes.standing(author, document) if one.version.proofs]

    def _proofs(self, version: DocumentVersion, digest: bytes, beside: _Beside) -> list[Proof]:
        """The proofs beside a content, and those that others sent and its author has not put there yet."""
        of = ContentName(version.author, version.document, digest)
        return [*version.proofs, *self._first_of_each(version, of, beside.co_signatures.get(of, ()))]

    def _first_of_each(
        self, version: DocumentVersion, of: ContentName, sent: Iterable[tuple[StoredVersion, Proof]]
    ) -> list[Proof]:
        """Of those that others sent the first of each signer who has none beside the content yet."""
        signers = {proof.signer for proof in version.proofs}
        new: dict[MemberId, Proof] = {}
        for proof in sorted((proof for _, proof in sent), key=lambda one: (one.when, one.signature)):
            is_new = proof.signer not in signers and proof.signer not in new
            if is_new and self._may_hold(proof, of.digest):
                new[proof.signer] = proof
        return list(new.values())

    def _addenda(self, of: ContentName, beside: _Beside) -> list[tuple[bytes, Addendum]]:
        """What was added, in order; what another than the author added is there only if they signed it. Each
        follows the one before, as far as its author knew: one that follows what is not here says so."""
        found, follows = [], {}
        for stored, content in beside.addenda.get(of, ()):
            version = stored.version
            if version.author == of.author or self._is_signed(version):
                digest = version.digest(self._journal_id)
                signature = self._signature(version.proofs[0], digest)
                found.append((digest, _addendum(version, content, signature)))
                follows[digest] = content.after
        found = [
            (digest, replace(one, follows_missing=bool(follows[digest]) and follows[digest] not in follows))
            for digest, one in found
        ]
        return sorted(found, key=lambda pair: (pair[1].when or _LONG_AGO, pair[0]))

    def _is_signed(self, version: DocumentVersion) -> bool:
        return self._may_hold(version.proofs[0], version.digest(self._journal_id))

    def _may_hold(self, proof: Proof, digest: bytes) -> bool:
        return self._signature(proof, digest).state is not SignatureState.BROKEN

    def _beside(self) -> _Beside:
        """Looked for once, in everything this member reads."""
        beside = _Beside({}, {})
        for stored in self._envelopes.of_type(*_BESIDE):
            version = stored.version
            if not self._may_sign(version.author):
                continue
            with suppress(NotGenuine):
                if version.type == registry.SIGNATURE.type:
                    sent = registry.SIGNATURE.decode(version)
                    beside.co_signatures.setdefault(sent.of, []).append((stored, sent.proof))
                elif version.proofs:
                    added = registry.ADDENDUM.decode(version)
                    beside.addenda.setdefault(added.of, []).append((stored, added))
        return beside

    def _signature(self, proof: Proof, digest: bytes, capacity: str = "author") -> Signature:
        """A proof verified; in which capacity it was made is seen from its place, not from its claim."""
        keys = self._keys()
        state = SignatureState.BROKEN
        if proof.signer not in keys:
            state = SignatureState.UNKNOWN
        elif self._may_sign(proof.signer) and holds(proof, self._journal_id, digest, keys):
            state = SignatureState.HOLDS
        claims = proof.claims()
        name, credentials = (str(claims.get(key, "")) for key in ("name", "credentials"))
        label = "" if state is SignatureState.UNKNOWN else self._membership.label_of(proof.signer)
        late = str(claims.get("late", ""))
        return Signature(proof.signer, proof.moment, capacity, name, credentials, state, label, late)

    def _may_sign(self, author: MemberId) -> bool:
        try:
            return signing.may_sign(self._membership.role_of(author))
        except LookupError:
            return False

    def _keys(self) -> Mapping[MemberId, tuple[PublicIdentity, ...]]:
        return self._membership.signing_keys()


def _addendum(version: DocumentVersion, content: AddendumContent, signature: Signature) -> Addendum:
    return Addendum(version.author, content.kind, content.reason, content.body, signature.when, signature)
