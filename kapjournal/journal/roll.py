"""The roll: who the members are, pinned once and never silently replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kapjournal.crypto.identity import Identity, PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.members import Member, Role, check_room, folded
from kapjournal.errors import Refused
from kapjournal.journal.people import Card, Letter, Paper, Ticket, check_card, check_ticket


@dataclass(frozen=True, slots=True)
class Pin:
    """One other member as first met. `channel` is the key of the channel from them to me, once it came."""

    label: str
    role: Role
    invited_as: str
    ticket: bytes
    channel: bytes
    verified: bool = False

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "label": self.label,
            "role": self.role.value,
            "invited_as": self.invited_as,
            "ticket": self.ticket.hex(),
            "channel": self.channel.hex(),
            "verified": self.verified,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Pin":
        """Undo `fields` (`LookupError`, `TypeError`, `ValueError`)."""
        return cls(
            label=str(fields["label"]),
            role=Role(fields["role"]),
            invited_as=str(fields["invited_as"]),
            ticket=bytes.fromhex(fields["ticket"]),
            channel=bytes.fromhex(fields["channel"]),
            verified=bool(fields["verified"]),
        )


@dataclass(slots=True)
class Shared:
    """What lies on the shared channel, by envelope id, unbelieved."""

    tickets: dict[bytes, Ticket] = field(default_factory=dict)
    cards: dict[bytes, Card] = field(default_factory=dict)
    letters: dict[bytes, Letter] = field(default_factory=dict)

    def add(self, envelope_id: bytes, found: Paper) -> None:
        """Put one thing where it belongs."""
        match found:
            case Ticket():
                self.tickets[envelope_id] = found
            case Card():
                self.cards[envelope_id] = found
            case Letter():
                self.letters[envelope_id] = found

    def drop(self, envelope_id: bytes) -> None:
        """Forget what lay in an envelope that is gone."""
        for kept in (self.tickets, self.cards, self.letters):
            kept.pop(envelope_id, None)


@dataclass(slots=True)
class Roll:
    """Members other than oneself, and sentences on what about them does not add up."""

    pins: dict[bytes, Pin]
    alarms: list[str] = field(default_factory=list)


def call(
    journal: bytes,
    me: Identity,
    mine: Card,
    keeper: bytes,
    pins: Mapping[bytes, Pin],
    shared: Shared,
    gone: Collection[bytes],
) -> Roll:
    """Compare what lies on the shared channel with what was pinned, and pin newcomers.

    Who is `gone` (identities and tickets the keeper took back) keeps no place and is not met anew. A card
    counts only with a ticket of the keeper's. Two cards on one ticket, a card that changed, a label or a
    place that is taken: alarms, and nothing is changed by them.
    """
    roll = Roll(dict(pins))
    cards = _genuine_cards(journal, me, keeper, shared, roll)
    on_ticket: dict[bytes, set[bytes]] = {}
    for card in cards:
        if card.ticket:
            on_ticket.setdefault(card.ticket.key, set()).add(card.keys.hash)
    for card in sorted(cards, key=lambda card: (card.ticket is not None, card.label)):
        _meet(card, mine, on_ticket, gone, roll)
    _read_letters(journal, me, {card.keys.hash: card.keys for card in cards}, shared, roll)
    return roll


def _genuine_cards(journal: bytes, me: Identity, keeper: bytes, shared: Shared, roll: Roll) -> list[Card]:
    keeper_keys = next((c.keys for c in shared.cards.values() if c.keys.hash == keeper), None)
    if me.hash == keeper:
        keeper_keys = me.public
    genuine: list[Card] = []
    for card in shared.cards.values():
        try:
            check_card(card, journal, keeper, keeper_keys)
        except NotGenuine:
            if keeper_keys is not None and card.keys.hash not in roll.pins:
                roll.alarms.append(
                    f"Somebody put a card for “{card.label}” into the journal that the keeper "
                    "never gave a ticket for. It is not believed."
                )
            continue
        genuine.append(card)
    return genuine


def _meet(
    card: Card,
    mine: Card,
    on_ticket: Mapping[bytes, Collection[bytes]],
    gone: Collection[bytes],
    roll: Roll,
) -> None:
    identity = card.keys.hash
    if identity == mine.keys.hash:
        return
    known = roll.pins.get(identity)
    ticket = card.ticket.key if card.ticket else b""
    if known:
        if (known.label, known.role, known.ticket) != (card.label, card.role, ticket):
            roll.alarms.append(f"The card of {known.label} was changed after you met. The first one counts.")
        return
    if identity in gone or ticket in gone:
        return
    if len(on_ticket.get(ticket, ())) > 1 or any(
        ticket and pin.ticket == ticket for pin in roll.pins.values()
    ):
        roll.alarms.append(
            f"Two people used the same invitation; “{card.label}” is one of them. Ask the keeper "
            "to remove them and invite again."
        )
        return
    try:
        present = [
            (pin.label, pin.role)
            for known_identity, pin in roll.pins.items()
            if known_identity not in gone and pin.ticket not in gone
        ]
        check_room([*present, (mine.label, mine.role)], card.label, card.role)
    except Refused:
        roll.alarms.append(
            f"“{card.label}” joined with a label or a place that is taken, and is not believed."
        )
        return
    invited_as = card.ticket.name if card.ticket else card.label
    roll.pins[identity] = Pin(card.label, card.role, invited_as, ticket, b"")


def _read_letters(
    journal: bytes, me: Identity, keys: Mapping[bytes, PublicIdentity], shared: Shared, roll: Roll
) -> None:
    for letter in shared.letters.values():
        pin = roll.pins.get(letter.sender)
        if letter.receiver != me.hash or pin is None or letter.sender not in keys:
            continue
        try:
            channel = me.open_key_message(journal, keys[letter.sender], letter.sealed)
        except NotGenuine:
            roll.alarms.append(f"A letter in the name of {pin.label} is not theirs.")
            continue
        if not pin.channel:
            roll.pins[letter.sender] = replace(pin, channel=channel)
        elif pin.channel != channel:
            roll.alarms.append(f"{pin.label} sent another channel key than before. The first one counts.")


def members_of(roll: Roll, mine: Card, keeper: bytes, gone: Collection[bytes]) -> tuple[Member, ...]:
    """Everybody, oneself included, the keeper first, then by label; `gone` as in `call`."""
    me = Member(
        mine.keys.hash,
        mine.label,
        mine.role,
        mine.ticket.name if mine.ticket else mine.label,
        is_keeper=mine.keys.hash == keeper,
        verified=True,
        removed=mine.keys.hash in gone,
    )
    others = [
        Member(
            identity,
            pin.label,
            pin.role,
            pin.invited_as,
            is_keeper=identity == keeper,
            verified=pin.verified,
            removed=identity in gone or pin.ticket in gone,
        )
        for identity, pin in roll.pins.items()
    ]
    return tuple(sorted([me, *others], key=lambda m: (not m.is_keeper, folded(m.label))))


def tickets_of(journal: bytes, keeper: PublicIdentity, shared: Shared) -> dict[bytes, Ticket]:
    """The tickets on the shared channel that the keeper signed, by envelope id."""
    genuine: dict[bytes, Ticket] = {}
    for envelope_id, ticket in shared.tickets.items():
        try:
            check_ticket(ticket, journal, keeper)
        except NotGenuine:
            continue
        genuine[envelope_id] = ticket
    return genuine
