"""Catching up: what a member's program takes in and owes the others whenever it opens or looks again.

It pins newcomers, puts back this member's certificate, key messages and grants where they are missing, sends
key messages to newcomers, seals anew what every member of the course reads, drops pieces of files that came
after they were removed, takes in pages that somebody typed for this member, notes for a therapist which
answers are at their safety mark, lets pages out that waited and are due, and resolves what this member wrote
on two computers at once. Notes are never sealed anew for newcomers.
"""

from collections.abc import Iterator
from dataclasses import replace

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import PublicIdentity
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.errors import KapjournalError, of_the_system
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.files import OwedDrop
from kapjournal.journal.trust.certificates import (
    ChannelKeyMessage,
    InvitationGrant,
    SharedRecord,
    sign_removal,
)
from kapjournal.journal.vault import handed_pages
from kapjournal.journal.vault.pieces import came_late, drop_owed
from kapjournal.journal.vault.resolving import resolutions
from kapjournal.journal.vault.taking_back import run_out, take_back_run_out
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault

_UNEXPECTED = "Something unexpected was in the way."
_OF_THE_COURSE = (registry.SESSION.type, registry.POLICY.type)
"""What everybody of the course reads, whenever they came."""
_ROUNDS = 8
"""How often at most is settled at once; whatever a forged file might still have to settle waits."""


def catch_up(vault: Vault) -> bool:
    """Take in what other programs wrote, and announce to whom they brought; True if anything changed."""
    changed = False
    if vault.is_behind:
        vault.refresh_record()
        with vault.file.reading() as snapshot:
            changed = vault.follow(snapshot)
    if not (changed or vault.announcement_is_due or run_out(vault) or _lets_out(vault)):
        return False
    with vault.file.reading() as snapshot:
        vault.membership.reconcile(vault.fetch_from(snapshot))
    vault.announcement_is_due = False
    vault.detect_rollback()
    announce(vault)
    return True


def announce(vault: Vault) -> None:
    """Write whatever is owed; where nothing can be written, note so and go on."""
    membership = vault.membership
    pages_are_due = _look_at_pages(vault)
    if vault.file.read_only or membership.is_superseded:
        return
    late = _came_late(vault)
    if not (late or pages_are_due or _owes_anything(vault)):
        return
    try:
        with vault.unit_of_work() as unit:
            vault.membership.reconcile(vault.fetch_from(unit.transaction))
            put_back = list(vault.rollback.put_back(vault.me))
            write_owed(vault, unit)
            drop_owed(unit.transaction, late)
            handed_pages.write_due(vault, unit)
        _settle(vault)
        take_back_run_out(vault)
        vault.membership.reconcile()
        for finding in put_back:  # the file no longer shows it
            vault.add_trouble(finding)
    except KapjournalError as error:
        vault.add_trouble(Finding(FindingKind.ANNOUNCEMENT_FAILED, reason=str(error)))
    except Exception as error:  # noqa: BLE001 - whatever others put into the file keeps nobody's door shut
        reason = str(of_the_system(error) or _UNEXPECTED)
        vault.add_trouble(Finding(FindingKind.ANNOUNCEMENT_FAILED, reason=reason))


def _lets_out(vault: Vault) -> bool:
    """Whether a page that waited is due, and this program can write it."""
    if vault.file.read_only or vault.membership.is_superseded:
        return False
    return next(vault.waiting.owed(), None) is not None


def _came_late(vault: Vault) -> list[OwedDrop]:
    """Pieces that this member had removed where they were not in the file; now they are."""
    owed = list(vault.notes.owed_drops())
    if not owed:
        return []
    with vault.file.reading() as snapshot:
        return came_late(snapshot, owed)


def _look_at_pages(vault: Vault) -> bool:
    """Tell of pages typed for this member that cannot be opened; whether something is to be written."""
    if not handed_pages.has_any(vault):
        handed_pages.tell(vault, ())
        return False
    with vault.file.reading() as snapshot:
        due = handed_pages.due(vault, snapshot)
    handed_pages.tell(vault, due.amiss)
    return bool(due)


def _settle(vault: Vault) -> None:
    """Write what can be settled of versions that stand at once, until nothing is left."""
    for _ in range(_ROUNDS):
        if next(resolutions(vault.envelopes), None) is None:
            return
        with vault.unit_of_work() as unit:
            _write_resolutions(vault, unit)


def _write_resolutions(vault: Vault, unit: UnitOfWork) -> None:
    for resolution in list(resolutions(vault.envelopes)):
        resolution.write(unit)


def let_go(vault: Vault) -> bool:
    """Write down that nothing that is missing now is missed any more; True if something was missing."""
    letting_go = vault.rollback.letting_go()
    book, channels = vault.membership.book, vault.envelopes.channels
    closed = {**book.closed, **{channel.name: channel.rows for channel, _ in channels.replaced()}}
    if (letting_go, closed) == (dict(book.let_go), dict(book.closed)):
        return False
    with vault.unit_of_work() as unit:
        book = replace(vault.membership.book, let_go=letting_go, closed=closed)
        unit.put(vault.membership.papers.book_change(book))
    vault.membership.reconcile()
    vault.detect_rollback()
    return True


def write_owed(vault: Vault, unit: UnitOfWork) -> None:
    """Write all that is owed now."""
    unit.rows.delete_twins(vault.envelopes.twins())
    unit.rows.drop_own(list(_put_back(vault)))
    for record, key in list(_owed_records(vault)):
        unit.put_shared(record, key)
    for record, key in list(_owed_key_messages(vault)):
        unit.put_shared(record, key)
    for grant in _spent_grants(vault).values():
        unit.transaction.drop_slot(grant.slot)
    unit.drop_shared(list(_spent_grants(vault)))
    for change in list(_owed_changes(vault)):
        unit.put(change)
    if _owes_keys(vault):
        vault.membership.papers.put_keys(unit, vault.membership.own_keys)
    _write_resolutions(vault, unit)


def has_sent_key_message(vault: Vault, receiver: MemberId) -> bool:
    """Whether a key message from this member's newest identity to another's lies in the file."""
    return next(_sent_key_messages(vault, receiver), None) is not None


def _sent_key_messages(vault: Vault, receiver: MemberId) -> Iterator[ChannelKey]:
    """The keys under which such a message lies."""
    to = vault.membership.identity_of(receiver)
    shared = vault.envelopes.shared
    for row_id, message in shared.key_messages.items():
        ends = message.sender, message.receiver
        if ends == (vault.identity.hash, to) and vault.identity.wrote_key_message(
            vault.journal_id, to, message.sealed
        ):
            yield shared.under[row_id]


def _owes_anything(vault: Vault) -> bool:
    owed: tuple[Iterator[object], ...] = (
        iter(vault.envelopes.twins()),
        _put_back(vault),
        _owed_records(vault),
        _owed_key_messages(vault),
        iter(_spent_grants(vault)),
        iter(run_out(vault)),
        _owed_changes(vault),
        resolutions(vault.envelopes),
    )
    return _owes_keys(vault) or any(next(one, None) is not None for one in owed)


def _owes_keys(vault: Vault) -> bool:
    return vault.membership.own_keys not in vault.membership.papers.own_keys()


def _put_back(vault: Vault) -> Iterator[RowId]:
    """Rows of this member's that stand although they were replaced."""
    return iter([row_id for row_id, (author, _) in vault.envelopes.set_aside() if author == vault.me])


def shared_keys_of_all(vault: Vault) -> list[ChannelKey]:
    """The shared channels on which everybody here and everybody invited finds at least one thing, and the
    newest: who has not met the newest journal key yet learns of new keys under the one they have."""
    envelopes, membership = vault.envelopes, vault.membership
    known = [envelopes.channels.shared_key]
    for member in membership.present:
        known += envelopes.shared.channels_between(vault.me, member.id)
    known += (key for grant in membership.book.grants for key in envelopes.shared.keys_of_grant(grant.key))
    return list(dict.fromkeys(known))


def _owed_records(vault: Vault) -> Iterator[tuple[SharedRecord, ChannelKey]]:
    """This member's own that does not lie where everybody finds it: under the newest journal key, successors
    under every one that somebody may have as the newest. Of an open grant it is enough that it lies under
    one. The keeper's word to who was removed lies under every key that may be theirs."""
    envelopes, book = vault.envelopes, vault.membership.book
    before = envelopes.shared.before
    here = {id_: one for id_, one in envelopes.shared.certificates.items() if id_ not in before}
    if book.certificate not in here.values():
        yield book.certificate, envelopes.channels.shared_key
    said = {(one, envelopes.shared.under.get(id_)) for id_, one in envelopes.shared.successors.items()}
    for key in shared_keys_of_all(vault) if book.successors else ():
        yield from ((successor, key) for successor in book.successors if (successor, key) not in said)
    for grant in book.grants:
        if grant not in envelopes.shared.grants.values():
            yield grant, envelopes.channels.shared_key
    for member in vault.membership.removed_ids if vault.membership.is_keeper else ():
        removals = envelopes.shared.removals_of(member, vault.journal_id, vault.identity.public)
        said_under = {envelopes.shared.under[row_id] for row_id in removals}
        for key in envelopes.shared.channels_of(member):
            if key not in said_under:
                yield sign_removal(vault.identity, vault.journal_id, member), key


def _owed_key_messages(vault: Vault) -> Iterator[tuple[ChannelKeyMessage, ChannelKey]]:
    """Key messages from this member's newest identity to each other's, under every key that may be theirs."""
    membership = vault.membership
    for member in membership.present:
        keys = membership.public_keys.get(member.id)
        if keys and keys[-1].hash == membership.identity_of(member.id):
            sent_under = set(_sent_key_messages(vault, member.id))
            for key in vault.envelopes.shared.channels_between(vault.me, member.id):
                if key not in sent_under:
                    yield _key_message(vault, keys[-1]), key


def _spent_grants(vault: Vault) -> dict[RowId, InvitationGrant]:
    """The keeper's grants that somebody joined with, or that were taken back."""
    membership = vault.membership
    if not membership.is_keeper:
        return {}
    spent = {pin.grant for pin in membership.book.pins.values()} | membership.book.revoked
    grants = vault.envelopes.shared.genuine_grants(vault.journal_id, vault.identity.public)
    return {row_id: grant for row_id, grant in grants.items() if grant.key in spent}


def _key_message(vault: Vault, receiver: PublicIdentity) -> ChannelKeyMessage:
    secret = vault.keyring.secret_for(receiver.hash)
    sealed = vault.identity.write_key_message(vault.journal_id, receiver, secret)
    return ChannelKeyMessage(vault.identity.hash, receiver.hash, sealed)


def _owed_changes(vault: Vault) -> Iterator[DocumentChange]:
    membership = vault.membership
    if membership.book not in membership.papers.books():
        yield membership.papers.book_change(membership.book)
    if membership.is_keeper:
        yield from _owed_info(vault)
    yield from vault.signatures.owed()
    yield from vault.measures.owed_marks()
    if membership.me.removed:
        return
    yield from vault.waiting.owed()
    yield from vault.joints.owed()
    course = membership.course_readers
    for stored in vault.envelopes.of_type(*_OF_THE_COURSE):
        version = stored.version
        if version.author == vault.me and not course <= set(version.readers):
            previous = vault.envelopes.standing(version.author, version.document)
            yield DocumentChange.again(version, course, previous)


def _owed_info(vault: Vault) -> Iterator[DocumentChange]:
    """The keeper's word again, where a newcomer cannot read it, it forgot who was revoked or does not know
    who is here, or two computers of the keeper's said it at once."""
    membership = vault.membership
    info, papers = membership.info_now, membership.papers
    is_said = info in papers.infos() and info.members <= papers.info_readers
    if not is_said or _lies_under_old_keys(vault):
        yield papers.info_change(info)


def _lies_under_old_keys(vault: Vault) -> bool:
    """Whether somebody has the keeper's word on a channel alone whose keys were replaced."""
    channels, said = vault.envelopes.channels, vault.membership.papers.info_version
    late = {who for _, who in channels.replaced()}
    here = vault.membership.present_ids - {vault.me}
    newest = [channels.outgoing[one] for one in here if one in channels.outgoing and late & {one, vault.me}]
    return said is not None and not all(channel.has(said.envelope) for channel in newest)
