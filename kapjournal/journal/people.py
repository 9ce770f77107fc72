"""Tickets, cards and letters: how somebody becomes a member, and how channel keys reach them.

They lie on the shared channel, which every member can write; so nothing on it is believed but by signature.
A ticket is the keeper's word for one newcomer. A card holds its owner's public keys and carries its ticket,
signed by the ticket's one-time key and by the owner. A letter holds the key of one channel.
"""

from dataclasses import dataclass, replace
from typing import Any

from kapjournal.crypto.identity import (
    PUBLIC_BYTES,
    Identity,
    PublicIdentity,
    sign_with_seed,
    verify,
)
from kapjournal.crypto.primitives import NotGenuine, counted, purpose
from kapjournal.domain.members import Role, valid_label
from kapjournal.errors import KapjournalError
from kapjournal.journal.version import from_json, sized, to_json

_NO_TICKET = bytes(32)


class Paper:
    """What may lie on the shared channel: a ticket, a card or a letter."""

    __slots__ = ()

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """The body of its envelope."""
        return to_json(self.fields())


@dataclass(frozen=True, slots=True)
class Ticket(Paper):
    """The keeper's word that whoever holds the seed behind `key` may join as `name` in `role`.

    `gone` are the identities and tickets the keeper had taken back by then: a newcomer meets the others
    before the keeper's program can tell them, and must not meet those.
    """

    key: bytes
    slot: bytes
    name: str
    role: Role
    gone: tuple[bytes, ...] = ()
    signature: bytes = b""

    def message(self, journal: bytes) -> bytes:
        """What the keeper signs."""
        return purpose(
            "ticket",
            journal,
            self.key,
            self.slot,
            counted(self.name.encode()),
            counted(self.role.encode()),
            counted(b"".join(self.gone)),
        )

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "ticket",
            "key": self.key.hex(),
            "slot": self.slot.hex(),
            "name": self.name,
            "role": self.role.value,
            "gone": [one.hex() for one in self.gone],
            "signature": self.signature.hex(),
        }


@dataclass(frozen=True, slots=True)
class Card(Paper):
    """Who somebody is: public keys, label, role; `ticket` is None on the keeper's own."""

    keys: PublicIdentity
    label: str
    role: Role
    ticket: Ticket | None
    by_ticket: bytes = b""
    by_self: bytes = b""

    def message(self, journal: bytes) -> bytes:
        """What both the ticket's key and the owner sign."""
        return purpose(
            "card",
            journal,
            self.ticket.key if self.ticket else _NO_TICKET,
            self.keys.to_bytes(),
            counted(self.label.encode()),
            counted(self.role.encode()),
        )

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "card",
            "keys": self.keys.to_bytes().hex(),
            "label": self.label,
            "role": self.role.value,
            "ticket": self.ticket.fields() if self.ticket else None,
            "by_ticket": self.by_ticket.hex(),
            "by_self": self.by_self.hex(),
        }


@dataclass(frozen=True, slots=True)
class Letter(Paper):
    """The secret of the channel from `sender` to `receiver` (identity hashes), for the receiver alone."""

    sender: bytes
    receiver: bytes
    sealed: bytes

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "letter",
            "sender": self.sender.hex(),
            "receiver": self.receiver.hex(),
            "letter": self.sealed.hex(),
        }


def sign_ticket(keeper: Identity, journal: bytes, ticket: Ticket) -> Ticket:
    """A ticket as the keeper gives it out."""
    return replace(ticket, signature=keeper.sign(ticket.message(journal)))


def sign_card(
    me: Identity, journal: bytes, label: str, role: Role, ticket: Ticket | None, seed: bytes | None
) -> Card:
    """Make one's own card, with the ticket and its seed, or as keeper with neither."""
    unsigned = Card(me.public, label, role, ticket)
    message = unsigned.message(journal)
    by_ticket = sign_with_seed(seed, message) if seed else b""
    return Card(me.public, label, role, ticket, by_ticket, me.sign(message))


def check_ticket(ticket: Ticket, journal: bytes, keeper: PublicIdentity) -> None:
    """Raise `NotGenuine` unless the keeper signed this ticket."""
    keeper.verify(ticket.signature, ticket.message(journal))


def check_card(card: Card, journal: bytes, keeper_hash: bytes, keeper: PublicIdentity | None) -> None:
    """Raise `NotGenuine` unless the card is the keeper's own, or rests on a ticket by the keeper."""
    message = card.message(journal)
    card.keys.verify(card.by_self, message)
    if card.ticket is None:
        if card.keys.hash != keeper_hash:
            raise NotGenuine("A card has no ticket.")
        return
    if keeper is None or card.keys.hash == keeper_hash or card.role is not card.ticket.role:
        raise NotGenuine("A card does not fit its ticket.")
    check_ticket(card.ticket, journal, keeper)
    verify(card.ticket.key, card.by_ticket, message)


def read(body: bytes) -> Paper:
    """What a body on the shared channel is, not yet believed; `NotGenuine` if it is nothing of ours."""
    fields = from_json(body)
    try:
        match fields["kind"]:
            case "ticket":
                return ticket_from(fields)
            case "card":
                return card_from(fields)
            case "letter":
                return Letter(
                    sized(fields["sender"], 32),
                    sized(fields["receiver"], 32),
                    bytes.fromhex(fields["letter"]),
                )
    except (TypeError, ValueError, LookupError, AttributeError, KapjournalError):
        pass
    raise NotGenuine("Something among the members' cards and letters is not of their form.")


def card_from(fields: dict[str, Any]) -> Card:
    """Undo `Card.fields` (`TypeError`, `ValueError`, `LookupError`, `KapjournalError`)."""
    ticket = fields["ticket"]
    return Card(
        PublicIdentity.from_bytes(sized(fields["keys"], PUBLIC_BYTES)),
        valid_label(fields["label"]),
        Role(fields["role"]),
        ticket_from(ticket) if ticket is not None else None,
        bytes.fromhex(fields["by_ticket"]),
        bytes.fromhex(fields["by_self"]),
    )


def ticket_from(fields: dict[str, Any]) -> Ticket:
    """Undo `Ticket.fields` (errors as for `card_from`)."""
    return Ticket(
        sized(fields["key"], 32),
        sized(fields["slot"], 16),
        valid_label(fields["name"]),
        Role(fields["role"]),
        tuple([sized(one, 32) for one in fields["gone"]]),
        bytes.fromhex(fields["signature"]),
    )
