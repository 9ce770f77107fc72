"""Signing: lock an observation, co-sign another's, add to what is locked, and see whether it holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kapjournal import clock
from kapjournal.domain import signing
from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import AddendumKind, SignedNote, Signer
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.signing import AddendumContent, CoSignature, SignedContent
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.trust.proofs import Proof, sign
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable, storable_line


class Signing:
    """The use cases of signing. A signature covers a note's words and everything that goes with them, to the
    byte, and not who reads it: sharing and withdrawing go on."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def sign(self, note_id: str, signer: Signer, seen: Collection[EnvelopeId] | None = None) -> SignedNote:
        """Sign and lock an observation of this member's (`Refused` if it is signed). Other words than were
        `seen` are not signed (`Refused`)."""
        with self._access.exclusive() as vault:
            me = vault.membership.me
            signing.check_may_sign(me.role)
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                signing.check_may_be_signed(vault.notes.note_of(stored).text.kind)
                version = stored.version
                standing = vault.envelopes.standing(me.id, version.document)
                if any(one.version.proofs for one in standing):
                    raise Refused("This note is signed already. What is missing in it can be added to it.")
                _check_one(standing)
                if seen is not None and stored.envelope not in seen:
                    raise Refused("This note was changed elsewhere meanwhile. Read it again, then sign it.")
                proof = _proof(vault, version, signer, "author")
                readers = vault.membership.without_removed(version.readers)
                unit.put(DocumentChange.again(version, readers, standing, proofs=[proof]))
                signed = {**vault.membership.book.signed, version.document: _digest(vault, version)}
                book = replace(vault.membership.book, signed=signed)
                unit.put(vault.membership.papers.book_change(book))
            vault.membership.reconcile()
            return _signed(vault, version)

    def cosign(self, note_id: str, signer: Signer) -> SignedNote:
        """Put this member's signature under another's signed note. It lies in a document of its own until the
        author's program has put it beside the note."""
        with self._access.exclusive() as vault:
            me = vault.membership.me
            signing.check_may_sign(me.role)
            with vault.unit_of_work() as unit:
                version = _locked(vault, note_id).version
                if version.author == me.id:
                    raise Refused("This note is your own. Somebody else can co-sign it.")
                known = _signed(vault, version)
                if not any(signature.signer == me.id for signature in known.signatures):
                    of = SignedContent(version.author, version.document, _digest(vault, version))
                    co_signature = CoSignature(of, _proof(vault, version, signer, "co-signer"))
                    readers = vault.membership.without_removed(version.readers)
                    content = registry.SIGNATURE.encode(co_signature, None)
                    document = new_document_id()
                    unit.put(DocumentChange(document, registry.SIGNATURE.type, readers, content))
            return _signed(vault, version)

    def add(self, note_id: str, kind: AddendumKind, body: str, reason: str, signer: Signer) -> SignedNote:
        """Add to a signed note, and sign what is added; the note itself stays to the byte."""
        body, reason = storable(body), storable_line(reason, "reason")
        if not body.strip() or not reason:
            raise UsageError("What is added needs words and a reason.")
        with self._access.exclusive() as vault:
            me = vault.membership.me
            signing.check_may_sign(me.role)
            with vault.unit_of_work() as unit:
                version = _locked(vault, note_id).version
                of = SignedContent(version.author, version.document, _digest(vault, version))
                after = vault.signatures.last_addendum(of)
                content = registry.ADDENDUM.encode(AddendumContent(of, kind, reason, body, after), None)
                readers = vault.membership.without_removed(version.readers)
                document = new_document_id()
                unsealed = DocumentVersion(
                    document, registry.ADDENDUM.type, me.id, (me.id,), None, content.data, content.text
                )
                proof = _proof(vault, unsealed, signer, "author")
                unit.put(DocumentChange(document, registry.ADDENDUM.type, readers, content, proofs=(proof,)))
            return _signed(vault, version)

    def of(self, note_id: str) -> SignedNote | None:
        """What is known of the signatures under a note, each verified now; None if it is not signed."""
        with self._access.exclusive() as vault:
            version = vault.notes.stored(note_id).version
            return vault.signatures.signed(version.author, version.document)

    def of_all(self, notes: Iterable[Note]) -> dict[str, SignedNote]:
        """The same for each of these notes that is signed, by its id; what others sent is looked for once."""
        with self._access.exclusive() as vault:
            names = {note.id: vault.notes.name_of(note) for note in notes if note.is_signed}
            signed = vault.signatures.each_signed(names.values()) if names else {}
            return {note_id: signed[name] for note_id, name in names.items() if name in signed}


def _locked(vault: Vault, note_id: str) -> StoredVersion:
    stored = vault.notes.stored(note_id)
    if not stored.version.proofs:
        raise Refused("This note is not signed.")
    return stored


def _signed(vault: Vault, version: DocumentVersion) -> SignedNote:
    signed = vault.signatures.signed(version.author, version.document)
    if signed is None:
        raise NotFound("This note is not signed.")
    return signed


def _check_one(standing: Sequence[StoredVersion]) -> None:
    if len(standing) > 1:
        raise Refused(
            "This note was written on two computers at once, and both texts stand. Save it as it should be, "
            "then sign it."
        )


def _digest(vault: Vault, version: DocumentVersion) -> bytes:
    return version.digest(vault.journal_id)


def _proof(vault: Vault, version: DocumentVersion, signer: Signer, capacity: str) -> Proof:
    claim: Mapping[str, str] = {"as": capacity, "name": signer.name, "credentials": signer.credentials}
    me = vault.identity
    return sign(me, vault.me, vault.journal_id, _digest(vault, version), clock.now(), claim)
