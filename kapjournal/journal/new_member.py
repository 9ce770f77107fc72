"""What a member's first moment in a journal needs: keyslots, a certificate, an address book."""

import secrets
from pathlib import Path

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.domain.ids import JournalId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO, JournalInfo
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import MemberCertificate
from kapjournal.journal.trust.keyslots import to_row
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_record import RollbackRecordFile
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.paths import state_folder
from kapjournal.store import KeyslotRow, Transaction


def generated_passphrase() -> str:
    """Six words drawn at random, easy to write down: 77 bits."""
    return words.six_words()


def generated_recovery_words() -> str:
    """24 words drawn at random, 256 bits; they open nothing before `Keys.renew_recovery_words`."""
    return words.recovery_words(secrets.token_bytes(words.RECOVERY_BYTES))


def new_keyslots(
    journal_id: JournalId,
    label: str,
    passphrase: str,
    held: Secrets,
    strength: KdfStrength | None,
    with_recovery: bool,
) -> tuple[list[KeyslotRow], str | None]:
    """A door and, if wanted, a recovery slot, with the 24 words that open it."""
    door = keyslot.lock(journal_id, SlotKind.PASSPHRASE, label, passphrase, held, strength or DEFAULT)
    if not with_recovery:
        return [to_row(door)], None
    entropy = secrets.token_bytes(words.RECOVERY_BYTES)
    spare = keyslot.lock(journal_id, SlotKind.RECOVERY, "", entropy, held)
    return [to_row(door), to_row(spare)], words.recovery_words(entropy)


def write_first_documents(
    transaction: Transaction,
    path: Path,
    journal_id: JournalId,
    held: Secrets,
    certificate: MemberCertificate,
    info: JournalInfo | None,
    record_folder: Path | None,
) -> None:
    """Write a newcomer's certificate and address book and, for the keeper, the journal info."""
    me = certificate.keys.hash
    keyring = Keyring(held.first, journal_id, me)
    record_file = RollbackRecordFile(
        record_folder or state_folder(), journal_id, keyring.rollback_record_key()
    )
    record = record_file.load(path)
    shared_key = shared_channel(held.journal_key, journal_id)
    envelopes = OpenedEnvelopes(me, held.keeper, keyring, shared_key, record)
    unit = UnitOfWork(transaction, envelopes, record)
    unit.put_shared(certificate)
    only_me = frozenset({me})
    grant = certificate.grant
    book = AddressBook(certificate, {}, frozenset(grant.revoked if grant else ()))
    content = registry.ADDRESS_BOOK.encode(book)
    unit.put(DocumentChange(ADDRESS_BOOK, registry.ADDRESS_BOOK.type, only_me, content))
    if info is not None:
        content = registry.JOURNAL_INFO.encode(info)
        unit.put(DocumentChange(JOURNAL_INFO, registry.JOURNAL_INFO.type, only_me, content))
