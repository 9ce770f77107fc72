"""Catching up: what a member's program takes in and owes the others whenever it opens or looks again.

It pins newcomers, puts back this member's certificate, key messages and grants where they are missing, sends
key messages to newcomers, and seals anew what every member of the course reads. Notes are never sealed anew.
"""

from collections.abc import Iterator
from dataclasses import replace

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content
from kapjournal.journal.trust.certificates import ChannelKeyMessage, SharedRecord
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault


def catch_up(vault: Vault) -> bool:
    """Take in what other programs wrote, and announce to whom they brought; True if anything changed."""
    changed = False
    if vault.is_behind:
        with vault.file.reading() as snapshot:
            changed = vault.follow(snapshot)
    if not (changed or vault.announcement_is_due):
        return False
    with vault.file.reading() as snapshot:
        vault.membership.reconcile(vault.fetch_from(snapshot))
    vault.announcement_is_due = False
    vault.detect_rollback()
    announce(vault)
    return True


def announce(vault: Vault) -> None:
    """Write whatever is owed; where nothing can be written, note so and go on."""
    if vault.file.read_only or vault.membership.me.removed:
        return
    if not (any(_owed_records(vault)) or any(_safe_changes(vault))):
        return
    try:
        with vault.unit_of_work(by_hand=False) as unit:
            vault.membership.reconcile(vault.fetch_from(unit.transaction))
            for record in list(_owed_records(vault)):
                unit.put_shared(record)
            for change in list(_safe_changes(vault)):
                unit.put(change)
        vault.membership.reconcile()
    except KapjournalError as error:
        vault.troubles.append(Finding(FindingKind.ANNOUNCEMENT_FAILED, reason=str(error)))


def has_sent_key_message(vault: Vault, receiver: MemberId) -> bool:
    """Whether this member's key message to another lies in the file."""
    return any(
        message.sender == vault.identity.hash
        and message.receiver == receiver
        and vault.identity.wrote_key_message(vault.journal_id, receiver, message.sealed)
        for message in vault.envelopes.shared.key_messages.values()
    )


def _owed_records(vault: Vault) -> Iterator[SharedRecord]:
    shared, book = vault.envelopes.shared, vault.membership.book
    if book.certificate not in shared.certificates.values():
        yield book.certificate
    keys = {certificate.keys.hash: certificate.keys for certificate in shared.certificates.values()}
    for member in vault.membership.present:
        is_known = member.id != vault.identity.hash and member.id in keys
        if is_known and not has_sent_key_message(vault, member.id):
            yield _key_message(vault, keys[member.id])
    for grant in book.grants:
        if grant not in shared.grants.values():
            yield grant


def _key_message(vault: Vault, receiver: PublicIdentity) -> ChannelKeyMessage:
    secret = vault.keyring.secret_for(receiver.hash)
    sealed = vault.identity.write_key_message(vault.journal_id, receiver, secret)
    return ChannelKeyMessage(vault.identity.hash, receiver.hash, sealed)


def _safe_changes(vault: Vault) -> Iterator[DocumentChange]:
    """The owed changes that may be written now. A change moves heads, and new heads would hide that something
    is missing: where something is, no change is written until the member, who was told, writes by hand."""
    return (change for change in _owed_changes(vault) if _hides_nothing(vault, change))


def _hides_nothing(vault: Vault, change: DocumentChange) -> bool:
    before = change.previous.version.readers if change.previous else ()
    return all(vault.may_write_unasked(receiver) for receiver in change.readers.union(before))


def _owed_changes(vault: Vault) -> Iterator[DocumentChange]:
    membership = vault.membership
    if membership.book != membership.written_book:
        yield membership.book_change(membership.book)
    if membership.is_keeper:
        yield from _owed_info(vault)
    course = membership.course_readers
    for stored in list(vault.envelopes.current.values()):
        version = stored.version
        is_mine = version.author == vault.identity.hash and version.type is registry.SESSION.type
        if is_mine and version.data is not None and not course <= set(version.readers):
            content = Content(version.data, version.text)
            yield DocumentChange(version.document, version.type, course, content, stored)


def _owed_info(vault: Vault) -> Iterator[DocumentChange]:
    """The keeper's word again, where a newcomer cannot read it or it forgot who was revoked."""
    membership = vault.membership
    everyone = frozenset(member.id for member in membership.present)
    said, revoked = membership.info_version, membership.book.revoked
    is_said = said is not None and everyone <= set(said.version.readers)
    if not is_said or membership.info.revoked != revoked:
        yield membership.info_change(replace(membership.info, revoked=revoked), everyone)
