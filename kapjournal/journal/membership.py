"""People: invite, cancel, compare, verify, remove; and one's own passphrase."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.identity import comparison_number, public_of_seed
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind
from kapjournal.domain.members import Member, Role, check_room, folded, valid_label
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import people, roll
from kapjournal.journal.about import ABOUT, PINS, About
from kapjournal.journal.core import whole
from kapjournal.journal.desk import Sitting, Writing
from kapjournal.journal.drafts import Drafts
from kapjournal.journal.people import Ticket
from kapjournal.journal.slots import check_passphrase, from_row, to_row
from kapjournal.journal.version import DocumentKind
from kapjournal.store import Snapshot


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation nobody has used yet."""

    name: str
    role: Role


class Membership(Drafts):
    """The use cases of people."""

    @whole
    def invite(self, name: str, role: Role, *, strength: KdfStrength = DEFAULT) -> str:
        """Make a one-time code of six words for a newcomer; keeper only."""
        self._check_keeper()
        name = valid_label(name)
        seed, code = secrets.token_bytes(32), words.six_words()
        self._check_place(name, role, self.invitations())
        held = Secrets(seed, self.journal_key, self.keeper)
        slot = keyslot.lock(self.file.journal_id, SlotKind.INVITATION, "", code, held, strength)
        with self.sitting() as at_work:
            ticket = self._signed(Ticket(public_of_seed(seed), slot.id, name, role), self.about)
            self._check_place(name, role, self._invitations(at_work.transaction))
            at_work.transaction.put_slot(to_row(slot))
            at_work.put_shared(people.to_body(ticket))
        return code

    @whole
    def invitations(self) -> list[Invitation]:
        """Invitations nobody has used yet; keeper only."""
        self._check_keeper()
        with self.file.reading() as snapshot:
            return self._invitations(snapshot)

    @whole
    def cancel_invitation(self, name: str) -> None:
        """Take an invitation back: its code opens nothing any more, and a card made with it is not believed,
        not even one made from an older copy of the file."""
        self._check_keeper()
        with self.sitting() as at_work:
            for envelope_id, ticket in self._tickets(at_work.transaction).items():
                if folded(ticket.name) == folded(name):
                    at_work.transaction.drop_slot(ticket.slot)
                    at_work.drop_shared(envelope_id)
                    self._take_back(at_work, cancelled=ticket.key)
                    break
            else:
                raise NotFound(f"There is no open invitation for “{name}”.")
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
            verified = replace(self.roll.pins[other.id], verified=True)
            pins = {**self.roll.pins, other.id: verified}
            at_work.put(self._own(PINS, DocumentKind.PINS, self._pins_data(pins)))
        self.roll.pins = pins
        self._call_roll(dict)

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
            self._take_back(at_work, removed=other.id)
        self._call_roll(dict)
        self.greet()

    @whole
    def change_passphrase(self, passphrase: str, *, strength: KdfStrength = DEFAULT) -> None:
        """Put a new passphrase on one's own door. No key changes: who has an older copy of the file and the
        older passphrase reads on."""
        check_passphrase(passphrase)
        held = Secrets(self.master_key, self.journal_key, self.keeper)
        slot = keyslot.lock(
            self.file.journal_id, SlotKind.PASSPHRASE, self.card.label, passphrase, held, strength
        )
        with self.sitting() as at_work:
            for old in self._doors_of(at_work.transaction, self.card.label):
                at_work.transaction.drop_slot(old.id)
            at_work.transaction.put_slot(to_row(slot))

    def _doors_of(self, snapshot: Snapshot, label: str) -> list[Keyslot]:
        slots = [from_row(row) for row in snapshot.slots()]
        return [s for s in slots if s.kind is SlotKind.PASSPHRASE and folded(s.label) == folded(label)]

    def _take_back(self, at_work: Sitting, *, removed: bytes = b"", cancelled: bytes = b"") -> None:
        """Tell every member, and whoever holds an invitation still open, whom no longer to believe."""
        before = self._read_about()
        about = replace(
            before,
            removed=before.removed | ({removed} if removed else set()),
            cancelled=before.cancelled | ({cancelled} if cancelled else set()),
        )
        here = frozenset(m.id for m in self.members if not m.removed and m.id != removed)
        previous = self.shelf.current.get((self.shelf.me, ABOUT))
        at_work.put(Writing(ABOUT, DocumentKind.ABOUT, here, about.data(), previous=previous))
        for envelope_id, ticket in self._tickets(at_work.transaction).items():
            if ticket.key != cancelled:
                at_work.drop_shared(envelope_id)
                at_work.put_shared(people.to_body(self._signed(ticket, about)))

    def _signed(self, ticket: Ticket, about: About) -> Ticket:
        gone = tuple(sorted(about.removed | about.cancelled))
        return people.sign_ticket(self.identity, self.file.journal_id, replace(ticket, gone=gone))

    def _tickets(self, snapshot: Snapshot) -> dict[bytes, Ticket]:
        slots = [slot.id for slot in snapshot.slots() if slot.kind == SlotKind.INVITATION]
        return roll.open_tickets(self.file.journal_id, self.identity.public, self.shelf.shared, slots)

    def _invitations(self, snapshot: Snapshot) -> list[Invitation]:
        found = [Invitation(ticket.name, ticket.role) for ticket in self._tickets(snapshot).values()]
        return sorted(found, key=lambda invitation: folded(invitation.name))

    def _check_place(self, name: str, role: Role, promised: Iterable[Invitation]) -> None:
        here = [(m.label, m.role) for m in self.members if not m.removed]
        check_room([*here, *((i.name, i.role) for i in promised)], name, role)

    def _check_keeper(self) -> None:
        if not self.me.is_keeper:
            raise Refused("Only the keeper of this journal, who made it, invites and removes people.")

    def _other(self, label: str) -> Member:
        member = self.member(label)
        if member.id == self.shelf.me:
            raise UsageError("That is yourself.")
        return member
