"""Signing: lock an observation or a record, co-sign another's, add to what is locked, see if it holds."""

from collections.abc import Collection, Iterable
from contextlib import suppress

from kapjournal.content.practice import practice
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import record_signing, signing
from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.signing import AddendumKind, SignedDocument, Signer
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault import signature_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable, storable_line


class Signing:
    """The use cases of signing: of notes in a couple's journal, of records in a practice. A signature
    covers the words and everything that goes with them, to the byte, and not who reads it: sharing and
    withdrawing go on."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def sign(
        self, of: str, signer: Signer, seen: Collection[EnvelopeId] | None = None, *, late: str = ""
    ) -> SignedDocument:
        """Sign and lock an observation or a record of this member's (`Refused` if it is signed). Other words
        than were `seen` are not signed (`Refused`). A record that is a late entry by the clinic's hours is
        signed with why it is `late` (`UsageError` without)."""
        late = storable_line(late, "reason")
        with self._access.exclusive() as vault:
            signing.check_may_sign(vault.membership.me.role)
            with vault.unit_of_work() as unit:
                stored, found = _own(vault, of)
                version = stored.version
                standing = vault.envelopes.standing(vault.me, version.document)
                if any(one.version.proofs for one in standing):
                    raise Refused(signing.SIGNED_ALREADY)
                if isinstance(found, Record):
                    _check_no_draft(vault, found.id)
                    late = record_signing.check_reason(found, practice().late_entry_hours, late)
                else:
                    signing.check_may_be_signed(found.text.kind)
                if seen is not None and stored.envelope not in seen:
                    raise Refused("This was changed elsewhere meanwhile. Read it again, then sign it.")
                signature_writer.sign(vault, unit, version, signer, late if isinstance(found, Record) else "")
            vault.membership.reconcile()
            return _signed(vault, version)

    def cosign(self, of: str, signer: Signer) -> SignedDocument:
        """Put this member's signature under another's signed note or record. It lies in a document of its own
        until the author's program has put it beside the other's."""
        with self._access.exclusive() as vault:
            signing.check_may_sign(vault.membership.me.role)
            with vault.unit_of_work() as unit:
                version = _locked(vault, of)
                if version.author == vault.me:
                    raise Refused("This is your own. Somebody else can co-sign it.")
                if not _signed(vault, version).is_signed_by(vault.me):
                    signature_writer.cosign(vault, unit, version, signer)
            return _signed(vault, version)

    def add(self, of: str, kind: AddendumKind, body: str, reason: str, signer: Signer) -> SignedDocument:
        """Add to a signed note or record, and sign what is added; the other stays to the byte."""
        body, reason = storable(body), storable_line(reason, "reason")
        if not body.strip() or not reason:
            raise UsageError("What is added needs words and a reason.")
        with self._access.exclusive() as vault:
            signing.check_may_sign(vault.membership.me.role)
            with vault.unit_of_work() as unit:
                version = _locked(vault, of)
                signature_writer.add(vault, unit, version, kind, body, reason, signer)
            return _signed(vault, version)

    def of(self, id_: str) -> SignedDocument | None:
        """What is known of the signatures under a note or record, each verified now; None if it is not
        signed."""
        with self._access.exclusive() as vault:
            version = _readable(vault, id_).version
            return vault.signatures.signed(version.author, version.document)

    def of_all(self, notes: Iterable[Note]) -> dict[str, SignedDocument]:
        """The same for each of these notes that is signed, by its id; what others sent is looked for once."""
        with self._access.exclusive() as vault:
            names = {note.id: vault.notes.name_of(note) for note in notes if note.is_signed}
            signed = vault.signatures.each_signed(names.values()) if names else {}
            return {note_id: signed[name] for note_id, name in names.items() if name in signed}

    def unsigned(self) -> list[Record]:
        """This member's records of every couple that wait for their signature, by the day they are about."""
        with self._access.exclusive() as vault:
            found = [
                one for one in vault.records.unsigned() if record_signing.awaits_signature(one, vault.me)
            ]
        return sorted(found, key=lambda record: record.order)


def _own(vault: Vault, id_: str) -> tuple[StoredVersion, Note | Record]:
    if vault.membership.kind is JournalKind.PRACTICE:
        return vault.records.find(id_, own=True)
    stored = vault.notes.find_own(id_)
    return stored, vault.notes.note_of(stored)


def _readable(vault: Vault, id_: str) -> StoredVersion:
    if vault.membership.kind is JournalKind.PRACTICE:
        return vault.records.find(id_)[0]
    return vault.notes.stored(id_)


def _locked(vault: Vault, id_: str) -> DocumentVersion:
    version = _readable(vault, id_).version
    if not version.proofs:
        raise Refused("This is not signed.")
    return version


def _signed(vault: Vault, version: DocumentVersion) -> SignedDocument:
    signed = vault.signatures.signed(version.author, version.document)
    if signed is None:
        raise NotFound("This is not signed.")
    return signed


def _check_no_draft(vault: Vault, record_id: str) -> None:
    """Refuse to lock a record whose change is on the way: it could never be finished."""
    for stored in vault.envelopes.drafts.values():
        if stored.version.type == registry.RECORD_DRAFT.type:
            with suppress(NotGenuine):
                if registry.RECORD_DRAFT.decode(stored.version).of == record_id:
                    raise Refused(record_signing.A_DRAFT_WAITS)
