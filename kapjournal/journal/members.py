"""Members: who is here; invite, cancel, compare, verify, acknowledge, remove."""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.crypto import keyslot, words
from kapjournal.crypto.identity import comparison_number, public_of_seed
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.domain.apart import NOBODY_MORE_JOINS
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import (
    KEEPER_ONLY,
    Member,
    Role,
    check_distinct,
    check_role,
    check_room,
    folded,
    valid_label,
)
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal.trust.certificates import INVITATION_DAYS, InvitationGrant, sign_removal
from kapjournal.journal.trust.keyslots import to_row
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.catching_up import announce, catch_up, has_sent_key_message
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.taking_back import revoke, signed_again


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation nobody has used yet."""

    name: str
    role: Role
    made: dt.date | None = None
    """None in those of an older program, which do not run out."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day it holds."""
        return self.made + dt.timedelta(days=INVITATION_DAYS) if self.made else None


class Members:
    """The use cases of members."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> tuple[Member, ...]:
        """Everyone, still here or removed, the keeper first, then by label."""
        return self._access.peek().membership.members

    @property
    def me(self) -> Member:
        """The member whose door is open."""
        return self._access.peek().membership.me

    @property
    def doubted_authors(self) -> frozenset[MemberId]:
        """Whose notes may be an older state of them."""
        return self._access.peek().rollback.doubted_authors

    @property
    def is_superseded(self) -> bool:
        """Whether newer keys took the place of those of the door that is open."""
        return self._access.peek().membership.is_superseded

    @property
    def awaits_keeper(self) -> bool:
        """Whether the keeper has not opened the journal since this member joined: until then, who is here is
        only as the invitation said."""
        return self._access.peek().membership.awaits_keeper

    def get(self, label: str) -> Member:
        """The member of that label, still here or removed (`NotFound`)."""
        return self._access.peek().membership.get(label)

    def label_of(self, member_id: MemberId) -> str:
        """What a member is called; who is not (yet) known has no name."""
        return self._access.peek().membership.label_of(member_id)

    @contextmanager
    def inviting(self, name: str, role: Role, *, strength: KdfStrength | None = None) -> Iterator[str]:
        """Invite, and show the code within the block; if that does not come through, the invitation is taken
        back, for nobody has its words."""
        code = self.invite(name, role, strength=strength)
        try:
            yield code
        except BaseException:
            with suppress(KapjournalError):  # what kept the words from being shown is what is told
                self.cancel_invitation(valid_label(name))
            raise

    def check_can_invite(self, name: str, role: Role) -> str:
        """Refuse an invitation that cannot be; keeper only. Returns the name as it will stand there."""
        with self._access.exclusive() as vault:
            vault.membership.check_is_keeper(KEEPER_ONLY)
            name = valid_label(name)
            catch_up(vault)
            _check_place(vault.membership, name, role)
        return name

    def invite(
        self, name: str, role: Role, *, code: str | None = None, strength: KdfStrength | None = None
    ) -> str:
        """Make a one-time code of six words for a newcomer; keeper only. It holds for 14 days. A `code` that
        was drawn for it before is taken as it is."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            membership.check_is_keeper(KEEPER_ONLY)
            name = valid_label(name)
            catch_up(vault)  # the invitation is to have the newest journal key
            _check_place(membership, name, role)
            seed, code = secrets.token_bytes(32), code or words.six_words()
            held = Secrets(seed, vault.held().journal_key, vault.secrets.keeper)
            slot = keyslot.lock(vault.journal_id, SlotKind.INVITATION, "", code, held, strength or DEFAULT)
            with vault.unit_of_work() as unit:
                _check_place(membership, name, role)
                unsigned = InvitationGrant(
                    public_of_seed(seed), slot.id, name, role, made=clock.today(), journal=membership.kind
                )
                grant = signed_again(vault, unsigned, membership.book.revoked)
                unit.transaction.put_slot(to_row(slot))
                unit.put_grants([grant])
                if held.journal_key != vault.held().journal_key:  # another program drew a newer one meanwhile
                    unit.put_shared(grant, vault.envelopes.channels.shared_keys[held.journal_key])
                book = replace(membership.book, grants=(*membership.book.grants, grant))
                unit.put(membership.papers.book_change(book))
            membership.reconcile()
        return code

    def invitations(self) -> list[Invitation]:
        """Invitations nobody has used yet; keeper only."""
        with self._access.exclusive() as vault:
            vault.membership.check_is_keeper(KEEPER_ONLY)
            catch_up(vault)
            found = [Invitation(grant.name, grant.role, grant.made) for grant in vault.membership.book.grants]
        return sorted(found, key=lambda invitation: folded(invitation.name))

    def cancel_invitation(self, name: str) -> None:
        """Revoke an invitation: its code opens nothing any more, and a certificate made with it is not
        believed, not even one made from an older copy of the file."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            membership.check_is_keeper(KEEPER_ONLY)
            with vault.unit_of_work() as unit:
                grants = membership.book.grants
                grant = next((one for one in grants if folded(one.name) == folded(name)), None)
                if grant is None:
                    raise NotFound(f"There is no open invitation for “{name}”.")
                unit.transaction.drop_slot(grant.slot)
                revoke(vault, unit, grant.key)
            membership.reconcile()
            announce(vault)

    @property
    def invitation_ran_out(self) -> bool:
        """Whether this member's own invitation ran out before the keeper's program met them."""
        membership = self._access.peek().membership
        grant = membership.book.certificate.grant
        return membership.awaits_keeper and grant is not None and grant.has_run_out

    def comparison_number(self, label: str) -> str:
        """The 60 digits that this member and another see alike if nobody stands between them."""
        with self._access.exclusive() as vault:
            other = _other(vault.membership, label)
            return comparison_number(
                vault.journal_id, vault.identity.hash, vault.membership.identity_of(other.id)
            )

    def mark_verified(self, label: str) -> None:
        """Note that the digits were compared and are the same: other keys that claim to be theirs are not."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            other = _other(membership, label)
            with vault.unit_of_work() as unit:
                book = membership.book
                compared = book.pins[other.id].compared(membership.rivals.get(other.id, ()))
                pins = {**book.pins, other.id: compared}
                unit.put(membership.papers.book_change(replace(book, pins=pins)))
            membership.reconcile()

    def acknowledge(self, *labels: str) -> None:
        """Note that this member knows of these people, who joined; for this member alone."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            with vault.unit_of_work() as unit:
                known = {_other(membership, label).id for label in labels}
                pins = {
                    member: replace(pin, unacknowledged=pin.unacknowledged and member not in known)
                    for member, pin in membership.book.pins.items()
                }
                if pins != membership.book.pins:
                    unit.put(membership.papers.book_change(replace(membership.book, pins=pins)))
            membership.reconcile()

    def can_share_with(self, label: str) -> bool:
        """Whether each has the other's key: what this member shares from now on the other can read."""
        with self._access.exclusive() as vault:
            other = _other(vault.membership, label)
            return (
                not other.removed
                and vault.membership.book.pins[other.id].has_met(vault.identity.hash)
                and has_sent_key_message(vault, other.id)
            )

    def remove(self, label: str) -> None:
        """Stop all new sharing with a member; keeper only. Copies they have stay with them. What all members
        share is sealed with a new key from then on, which who left does not get. They are told.

        Newcomers are told at once, or they would not hear of it before the keeper's program looks again.
        """
        with self._access.exclusive() as vault:
            membership = vault.membership
            membership.check_is_keeper(KEEPER_ONLY)
            with vault.unit_of_work() as unit, vault.new_journal_key():
                other = _other(membership, label)  # as the file has them, whatever this program had seen
                if other.removed:
                    raise Refused(f"{other.label} was removed before.")
                revoke(vault, unit, other.id, membership.book.pins[other.id].grant)
                removal = sign_removal(vault.identity, vault.journal_id, other.id)
                for key in vault.envelopes.shared.channels_of(other.id):
                    unit.put_shared(removal, key)
                unit.put_end_of_sharing_again()
                membership.papers.put_keys(unit, membership.own_keys)
            membership.reconcile()
            announce(vault)


def _check_place(membership: Membership, name: str, role: Role) -> None:
    if membership.sharing_has_ended:
        raise Refused(NOBODY_MORE_JOINS)
    check_role(role, membership.kind)
    labels = membership.book.labels
    here = [(labels[member.id], member.role) for member in membership.present]
    check_room(here, name, role, [(grant.name, grant.role) for grant in membership.book.grants])
    check_distinct(name, [*labels.values(), *(one.name for one in membership.book.grants)])


def _other(membership: Membership, label: str) -> Member:
    member = membership.get(label)
    if member.id == membership.me.id:
        raise UsageError("That is yourself.")
    return member
