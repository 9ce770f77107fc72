"""People: invite, cancel, compare, verify, remove; and what opens one's own door."""

import secrets
from dataclasses import dataclass, replace

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.identity import comparison_number, public_of_seed
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind
from kapjournal.domain.members import Member, Role, check_room, folded, valid_label
from kapjournal.errors import DoorClosed, NotFound, Refused, UsageError
from kapjournal.journal import people, roll
from kapjournal.journal.about import MAX_GONE
from kapjournal.journal.core import whole
from kapjournal.journal.desk import Sitting
from kapjournal.journal.drafts import Drafts
from kapjournal.journal.people import Ticket
from kapjournal.journal.slots import check_passphrase, exchange_slots, open_one, slots_of, to_row
from kapjournal.store import Snapshot


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation nobody has used yet."""

    name: str
    role: Role


class Membership(Drafts):
    """The use cases of people."""

    @whole
    def invite(self, name: str, role: Role, *, strength: KdfStrength | None = None) -> str:
        """Make a one-time code of six words for a newcomer; keeper only."""
        self._check_keeper()
        name = valid_label(name)
        self._check_place(name, role)
        seed, code = secrets.token_bytes(32), words.six_words()
        held = Secrets(seed, self.journal_key, self.keeper)
        slot = keyslot.lock(self.file.journal_id, SlotKind.INVITATION, "", code, held, strength or DEFAULT)
        with self.sitting() as at_work:
            self._check_place(name, role)
            ticket = self._signed(Ticket(public_of_seed(seed), slot.id, name, role), self.papers.gone)
            at_work.transaction.put_slot(to_row(slot))
            at_work.put_shared(ticket.to_bytes())
            at_work.put(self._new_papers(replace(self.papers, tickets=(*self.papers.tickets, ticket))))
        self._call_roll(dict)
        return code

    @whole
    def invitations(self) -> list[Invitation]:
        """Invitations nobody has used yet; keeper only."""
        self._check_keeper()
        self.catch_up()
        found = [Invitation(ticket.name, ticket.role) for ticket in self.papers.tickets]
        return sorted(found, key=lambda invitation: folded(invitation.name))

    @whole
    def cancel_invitation(self, name: str) -> None:
        """Take an invitation back: its code opens nothing any more, and a card made with it is not believed,
        not even one made from an older copy of the file."""
        self._check_keeper()
        with self.sitting() as at_work:
            ticket = next((t for t in self.papers.tickets if folded(t.name) == folded(name)), None)
            if ticket is None:
                raise NotFound(f"There is no open invitation for “{name}”.")
            at_work.transaction.drop_slot(ticket.slot)
            self._take_back(at_work, ticket.key)
        self._call_roll(dict)
        self.greet()

    @whole
    def comparison(self, label: str) -> str:
        """The 60 digits that oneself and a member see alike if nobody stands between them."""
        other = self._other(label)
        return comparison_number(self.file.journal_id, self.shelf.me, other.id)

    @whole
    def mark_verified(self, label: str) -> None:
        """Note that the digits were compared and are the same."""
        other = self._other(label)
        with self.sitting() as at_work:
            verified = replace(self.papers.pins[other.id], verified=True)
            pins = {**self.papers.pins, other.id: verified}
            at_work.put(self._new_papers(replace(self.papers, pins=pins)))
        self._call_roll(dict)

    @whole
    def can_share_with(self, label: str) -> bool:
        """Whether each has the other's key: what one shares from now on the other can read."""
        other = self._other(label)
        return (
            not other.removed
            and bool(self.roll.pins[other.id].channel)
            and any(self._is_mine(letter, other.id) for letter in self.shelf.shared.letters.values())
        )

    @whole
    def remove(self, label: str) -> None:
        """Stop all new sharing with a member; keeper only. Copies they have stay with them.

        Newcomers are greeted at once, or they would not hear of it before the keeper's program looks again.
        """
        self._check_keeper()
        other = self._other(label)
        if other.removed:
            raise Refused(f"{other.label} was removed before.")
        with self.sitting() as at_work:
            self._take_back(at_work, other.id, self.papers.pins[other.id].ticket)
        self._call_roll(dict)
        self.greet()

    @whole
    def change_passphrase(self, passphrase: str, *, strength: KdfStrength | None = None) -> None:
        """Put a new passphrase on one's own door. No key changes: who has an older copy of the file and the
        older passphrase reads on."""
        check_passphrase(passphrase)
        held = Secrets(self.master_key, self.journal_key, self.keeper)
        label = self.papers.card.label
        slot = keyslot.lock(
            self.file.journal_id, SlotKind.PASSPHRASE, label, passphrase, held, strength or DEFAULT
        )
        with self.sitting() as at_work:
            old = self._doors_of(at_work.transaction, self.papers.card.label)
            exchange_slots(at_work.transaction, (door.id for door in old), slot)
        self._remember_slots()

    @whole
    def ask_passphrase(self, passphrase: str) -> None:
        """Make sure that who sits here knows the passphrase of the open door (`DoorClosed`)."""
        with self.file.reading() as snapshot:
            own = self._doors_of(snapshot, self.papers.card.label)
        opened = open_one(self.file.journal_id, own, passphrase)
        if opened is None or opened[1].first != self.master_key:
            raise DoorClosed("That is not the passphrase of your door.")

    @whole
    def renew_recovery(self, recovery_words: str, *, instead_of: bytes = b"") -> bool:
        """Let these 24 words open one's own door, and in the same moment those before no longer; False if
        there were none. To be called once the person has the words on paper.

        `instead_of` is a slot known to be one's own otherwise than by its salt: that one alone is sealed
        anew, and words got since keep theirs. No key changes: who has an older copy of the file and the older
        words reads on.
        """
        held = Secrets(self.master_key, self.journal_key, self.keeper)
        entropy = words.recovery_entropy(recovery_words)
        slot = keyslot.lock(self.file.journal_id, SlotKind.RECOVERY, "", entropy, held)
        with self.sitting() as at_work:
            old = [
                other.id
                for other in slots_of(at_work.transaction, SlotKind.RECOVERY)
                if (
                    other.id == instead_of
                    if instead_of
                    else keyslot.is_recovery_of(self.master_key, self.file.journal_id, other)
                )
            ]
            exchange_slots(at_work.transaction, old, slot)
        self._remember_slots()
        return bool(old)

    def _remember_slots(self) -> None:
        with self.file.reading() as snapshot:
            self._look_at_rows(snapshot)
        self._look_back()

    def _doors_of(self, snapshot: Snapshot, label: str) -> list[Keyslot]:
        return [s for s in slots_of(snapshot, SlotKind.PASSPHRASE) if folded(s.label) == folded(label)]

    def _take_back(self, at_work: Sitting, *gone: bytes) -> None:
        """Tell every member, and whoever holds an open invitation, whom no longer to believe: a member's
        identity hash, and a ticket's key, with which its holder could come back under other keys."""
        everybody_gone = self.papers.gone.union(gone)
        if len(everybody_gone) > MAX_GONE:
            raise Refused("No more people can be taken back in this journal. Begin a new one.")
        tickets = tuple(self._signed(ticket, everybody_gone) for ticket in self.papers.tickets)
        papers = replace(self.papers, gone=everybody_gone, tickets=tickets).tidied()
        here = frozenset(m.id for m in self.members if not m.removed and m.id not in gone)
        at_work.put(self._new_about(replace(self.about, gone=everybody_gone), here))
        at_work.put(self._new_papers(papers))
        for envelope_id in roll.tickets_of(self.file.journal_id, self.identity.public, self.shelf.shared):
            at_work.drop_shared(envelope_id)
        for ticket in papers.tickets:
            at_work.put_shared(ticket.to_bytes())

    def _signed(self, ticket: Ticket, gone: frozenset[bytes]) -> Ticket:
        unsigned = replace(ticket, gone=tuple(sorted(gone)))
        return people.sign_ticket(self.identity, self.file.journal_id, unsigned)

    def _check_place(self, name: str, role: Role) -> None:
        here = [(m.label, m.role) for m in self.members if not m.removed]
        check_room(here, name, role, [(ticket.name, ticket.role) for ticket in self.papers.tickets])

    def _check_keeper(self) -> None:
        if not self.me.is_keeper:
            raise Refused("Only the keeper of this journal, who made it, invites and removes people.")

    def _other(self, label: str) -> Member:
        member = self.member(label)
        if member.id == self.shelf.me:
            raise UsageError("That is yourself.")
        return member
