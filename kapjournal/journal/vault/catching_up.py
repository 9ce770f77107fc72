"""Catching up: what a member's program takes in and owes the others whenever it opens or looks again.

It pins newcomers, puts back this member's certificate, key messages and grants where they are missing, sends
key messages to newcomers, seals anew what every member of the course reads, and resolves what this member
wrote on two computers at once. Notes are never sealed anew for newcomers.
"""

from collections.abc import Iterator
from dataclasses import replace

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents import registry
from kapjournal.journal.trust.certificates import ChannelKeyMessage, SharedRecord
from kapjournal.journal.vault.resolving import resolutions
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
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
    if vault.file.read_only or vault.membership.me.removed or not _owes_anything(vault):
        return
    try:
        with vault.unit_of_work() as unit:
            vault.membership.reconcile(vault.fetch_from(unit.transaction))
            write_owed(vault, unit)
        vault.membership.reconcile()
    except KapjournalError as error:
        vault.troubles.append(Finding(FindingKind.ANNOUNCEMENT_FAILED, reason=str(error)))


def write_owed(vault: Vault, unit: UnitOfWork) -> None:
    """Write all that is owed now."""
    unit.delete_twins(vault.envelopes.twins())
    unit.drop_again(list(_put_back(vault)))
    for record in list(_owed_records(vault)):
        unit.put_shared(record)
    unit.drop_shared(list(_spent_grants(vault)))
    for change in list(_owed_changes(vault)):
        unit.put(change)
    if _owes_keys(vault):
        vault.membership.put_keys(unit, vault.membership.own_keys)
    for resolution in list(resolutions(vault.envelopes)):
        resolution.write(unit)


def has_sent_key_message(vault: Vault, receiver: MemberId) -> bool:
    """Whether this member's key message to another lies in the file."""
    return any(
        message.sender == vault.identity.hash
        and message.receiver == receiver
        and vault.identity.wrote_key_message(vault.journal_id, receiver, message.sealed)
        for message in vault.envelopes.shared.key_messages.values()
    )


def _owes_anything(vault: Vault) -> bool:
    owed: tuple[Iterator[object], ...] = (
        iter(vault.envelopes.twins()),
        _put_back(vault),
        _owed_records(vault),
        _spent_grants(vault),
        _owed_changes(vault),
        resolutions(vault.envelopes),
    )
    return _owes_keys(vault) or any(next(one, None) is not None for one in owed)


def _owes_keys(vault: Vault) -> bool:
    return vault.membership.own_keys not in vault.membership.written_keys()


def _put_back(vault: Vault) -> Iterator[RowId]:
    """Rows of this member's that stand although they were replaced."""
    me = vault.identity.hash
    return iter([stored.row for stored in vault.envelopes.set_aside() if stored.version.author == me])


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


def _spent_grants(vault: Vault) -> Iterator[RowId]:
    """The keeper's grants that somebody joined with, or that were taken back."""
    membership = vault.membership
    if not membership.is_keeper:
        return
    spent = {pin.grant for pin in membership.book.pins.values()} | membership.book.revoked
    for row_id, grant in vault.envelopes.shared.genuine_grants(
        vault.journal_id, vault.identity.public
    ).items():
        if grant.key in spent:
            yield row_id


def _key_message(vault: Vault, receiver: PublicIdentity) -> ChannelKeyMessage:
    secret = vault.keyring.secret_for(receiver.hash)
    sealed = vault.identity.write_key_message(vault.journal_id, receiver, secret)
    return ChannelKeyMessage(vault.identity.hash, receiver.hash, sealed)


def _owed_changes(vault: Vault) -> Iterator[DocumentChange]:
    membership = vault.membership
    if membership.book not in membership.written_books():
        yield membership.book_change(membership.book)
    if membership.is_keeper:
        yield from _owed_info(vault)
    course = membership.course_readers
    for stored in list(vault.envelopes.current.values()):
        version = stored.version
        is_mine = version.author == vault.identity.hash and version.type == registry.SESSION.type
        if is_mine and not course <= set(version.readers):
            previous = tuple(vault.envelopes.standing(version.author, version.document))
            yield DocumentChange(version.document, version.type, course, version.content, previous)


def _owed_info(vault: Vault) -> Iterator[DocumentChange]:
    """The keeper's word again, where a newcomer cannot read it, it forgot who was revoked, or two computers
    of the keeper's said it at once."""
    membership = vault.membership
    everyone = frozenset(member.id for member in membership.present)
    said, revoked = membership.written_infos(), membership.book.revoked
    info = replace(membership.info, revoked=revoked)
    if info not in said or not everyone <= membership.info_readers:
        yield membership.info_change(info, everyone)
