"""Join a journal with a one-time code."""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyring import shared_channel
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.selftest import self_test
from kapjournal.domain.apart import NOBODY_MORE_JOINS
from kapjournal.domain.ids import JournalId
from kapjournal.domain.members import JournalKind, check_distinct, folded, valid_label
from kapjournal.errors import Damaged, Refused, UnlockFailed
from kapjournal.journal.journal import Journal
from kapjournal.journal.new_member import generated_recovery_words, write_first_documents
from kapjournal.journal.open_file import open_file
from kapjournal.journal.trust.certificates import (
    INVITATION_DAYS,
    InvitationGrant,
    check_certificate,
    sign_certificate,
)
from kapjournal.journal.trust.keyslots import keyslots_of, new_door, open_first, to_row
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.journal.trust.shared_records import SharedRecords, shared_record_from
from kapjournal.journal.trust.successors import keys_of
from kapjournal.journal.vault.opening import bodies_on
from kapjournal.paths import state_folder
from kapjournal.store import Snapshot

_NO_CODE = (
    "That code opens no invitation. It may have been used or cancelled, or have run out after 14 days, or a "
    "word is misspelt."
)


class _OpenInvitation(NamedTuple):
    """The grant of an invitation, the labels that are taken, and whether sharing has ended there."""

    grant: InvitationGrant
    taken: set[str]
    sharing_has_ended: bool

    def check_free(self, label: str) -> None:
        """Refuse a label that is taken, or can be taken for another, and any where sharing has ended."""
        if self.sharing_has_ended:
            raise Refused(NOBODY_MORE_JOINS)
        if folded(label) in {folded(other) for other in self.taken}:
            raise Refused(f"There is a “{label}” in this journal already. Choose another label.")
        check_distinct(label, sorted(self.taken))


def join(
    path: Path,
    *,
    code: str,
    label: str,
    passphrase: str,
    with_recovery: bool = True,
    strength: KdfStrength | None = None,
    record_folder: Path | None = None,
) -> tuple[Journal, str | None]:
    """Become a member with a one-time code, and return the journal unlocked with the recovery words.

    `UnlockFailed` if the code opens no invitation, `Refused` if the label is taken.
    """
    self_test()
    label = valid_label(label)
    check_passphrase(passphrase, (label, path.stem))
    with open_file(path, keep=True) as file:
        journal_id = file.journal_id
        with file.reading() as snapshot:
            opened = open_first(
                journal_id, keyslots_of(snapshot, SlotKind.INVITATION), " ".join(code.split())
            )
            if opened is None:
                raise UnlockFailed(_NO_CODE)
            slot, invited = opened
            invitation = _open_invitation(journal_id, snapshot, slot, invited)
        _check_still_holds(invitation.grant)
        invitation.check_free(label)
        check_passphrase(passphrase, (label, path.stem, *invitation.taken))
        held = Secrets(secrets.token_bytes(32), invited.journal_key, invited.keeper)
        me = Identity(held.first, journal_id)
        recovery = generated_recovery_words() if with_recovery else None
        door = new_door(journal_id, label, passphrase, held, strength)
        grant = invitation.grant
        certificate = sign_certificate(me, journal_id, label, grant.role, grant, invited.first)
        with file.writing() as transaction:
            if not transaction.drop_slot(slot.id):
                raise UnlockFailed(_NO_CODE)
            _open_invitation(journal_id, transaction, slot, invited).check_free(label)
            transaction.put_slot(to_row(door))
            write_first_documents(
                transaction, path, journal_id, held, certificate, None, record_folder, recovery
            )
        return Journal(file, held, record_folder or state_folder()), recovery


def _check_still_holds(grant: InvitationGrant) -> None:
    if grant.has_run_out:
        raise Refused(
            f"This invitation is from {grant.made}, and holds for {INVITATION_DAYS} days. "
            "Ask the keeper for a new one."
        )


def _open_invitation(
    journal_id: JournalId, snapshot: Snapshot, slot: Keyslot, invited: Secrets
) -> _OpenInvitation:
    """Find the grant behind an invitation's keyslot (`Damaged`).

    Of a grant signed several times that counts which knows of most people revoked: an older one put back
    beside it must bring nobody back.
    """
    shared = _shared_records(snapshot, shared_channel(invited.journal_key, journal_id))
    taken = {door.label for door in keyslots_of(snapshot, SlotKind.PASSPHRASE)}
    keeper_keys = keys_of(journal_id, invited.keeper, shared)
    if not keeper_keys:
        raise Damaged("The keeper's card is missing. Ask the keeper to open the journal, then try again.")
    for certificate in shared.certificates.values():
        with suppress(NotGenuine):
            check_certificate(certificate, journal_id, invited.keeper, keeper_keys)
            taken.add(certificate.label)
    key = public_of_seed(invited.first)
    mine = [
        grant
        for grant in shared.genuine_grants(journal_id, keeper_keys[-1]).values()
        if grant.key == key and grant.slot == slot.id
    ]
    if not mine:
        raise Damaged(
            "The ticket of this invitation is missing. Ask the keeper to open the journal, then try again."
        )
    latest = max(mine, key=lambda grant: len(grant.revoked))
    has_ended = bool(shared.endings) and latest.journal is JournalKind.COURSE
    return _OpenInvitation(latest, taken, has_ended)


def _shared_records(snapshot: Snapshot, key: ChannelKey) -> SharedRecords:
    shared = SharedRecords()
    for row_id, body in bodies_on(key, snapshot.rows()):
        with suppress(NotGenuine):
            shared.add(row_id, shared_record_from(body))
    return shared
