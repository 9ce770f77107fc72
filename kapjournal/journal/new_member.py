"""What a member's first moment in a journal needs: keyslots, a certificate, an address book."""

import secrets
from dataclasses import replace
from pathlib import Path

from kapjournal.crypto import words
from kapjournal.crypto.keyring import Keyring, recovery_channel
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.ids import JournalId
from kapjournal.domain.members import JournalKind
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import MemberCertificate
from kapjournal.journal.vault.channels import OwnIdentity
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.papers import Papers
from kapjournal.journal.vault.rollback_file import RollbackRecordFile
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.paths import state_folder
from kapjournal.store import Transaction


def generated_passphrase() -> str:
    """Six words drawn at random, easy to write down: 75 bits."""
    return words.six_words()


def generated_recovery_words() -> str:
    """24 words drawn at random, 256 bits; they open nothing before they are a member's."""
    return words.recovery_words(secrets.token_bytes(words.RECOVERY_BYTES))


def write_first_documents(
    transaction: Transaction,
    path: Path,
    journal_id: JournalId,
    held: Secrets,
    certificate: MemberCertificate,
    info: JournalInfo | None,
    record_folder: Path | None,
    recovery_words: str | None,
) -> None:
    """Write a newcomer's certificate, address book and keys and, for the keeper, the journal info."""
    me, identity = certificate.member, certificate.keys.hash
    keyring = Keyring(held.first, journal_id, identity)
    record_file = RollbackRecordFile(
        record_folder or state_folder(), journal_id, keyring.rollback_record_key()
    )
    record = record_file.load(path)
    envelopes = OpenedEnvelopes(me, held.keeper, journal_id, OwnIdentity(identity, keyring), held.journal_key)
    unit = UnitOfWork(transaction, envelopes, record.replica)
    papers = Papers(envelopes, held.keeper)
    unit.put_shared(certificate)
    grant = certificate.grant
    revoked = frozenset(grant.revoked if grant else ())
    kind = info.kind if info else grant.journal if grant else JournalKind.COURSE
    book = AddressBook(certificate, {}, revoked, heard_keeper=info is not None, kind=kind)
    unit.put(papers.book_change(book))
    recovery = b""
    if recovery_words is not None:
        recovery = recovery_channel(words.recovery_entropy(recovery_words), journal_id).raw
    papers.put_keys(unit, OwnKeys((held.first,), (held.journal_key,), held.keeper, recovery))
    if info is not None:
        info = replace(info, members=frozenset({me}), journal_keys=(held.journal_key,))
        unit.put(papers.info_change(info))
