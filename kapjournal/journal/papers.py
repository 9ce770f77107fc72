"""What a member keeps for oneself about the people of a journal; there is one such document each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.journal import people
from kapjournal.journal.about import from_hexes, hexes
from kapjournal.journal.people import Card, Ticket
from kapjournal.journal.roll import Pin
from kapjournal.journal.version import sized

PAPERS = digest(purpose("papers document"))[:16]


@dataclass(frozen=True, slots=True)
class Papers:
    """One's own card, the pins of everybody met, whom the keeper ever took back, and, if one is the keeper,
    the tickets given out that nobody has used.

    What was taken back stays so whatever becomes of the keeper's word in the file, and an invitation can be
    cancelled although somebody struck its ticket.
    """

    card: Card
    pins: Mapping[bytes, Pin]
    gone: frozenset[bytes] = frozenset()
    tickets: tuple[Ticket, ...] = ()

    def data(self) -> dict[str, Any]:
        """For the document."""
        return {
            "card": self.card.fields(),
            "pins": {identity.hex(): pin.fields() for identity, pin in sorted(self.pins.items())},
            "gone": hexes(self.gone),
            "tickets": [ticket.fields() for ticket in self.tickets],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "Papers":
        """Undo `data`, or raise `NotGenuine`."""
        try:
            fields = data or {}
            return cls(
                people.card_from(fields["card"]),
                {sized(identity, 32): Pin.from_fields(pin) for identity, pin in fields["pins"].items()},
                from_hexes(fields["gone"]),
                tuple(people.ticket_from(ticket) for ticket in fields["tickets"]),
            )
        except (LookupError, TypeError, ValueError, AttributeError):
            raise NotGenuine("The list of members is not of its form.") from None

    def joined(self, other: "Papers") -> "Papers":
        """These with what another program of one's own has written since: nobody comes back, no ticket is
        lost but those used or taken back. Where the two differ on somebody, both programs choose alike, or
        they would write against each other for ever."""
        gone = self.gone | other.gone
        pins = dict(self.pins)
        for identity, pin in other.pins.items():
            mine = pins.setdefault(identity, pin)
            channel = min(filter(None, (mine.channel, pin.channel)), default=b"")
            met = min(mine, pin, key=lambda pin: (pin.label, pin.role, pin.invited_as, pin.ticket))
            pins[identity] = replace(met, verified=mine.verified or pin.verified, channel=channel)
        return Papers(self.card, pins, gone, self.tickets + other.tickets).tidied()

    def tidied(self) -> "Papers":
        """Without tickets that were used or taken back; of one ticket given out twice the later, whose list
        of those gone is longer."""
        spent = {pin.ticket for pin in self.pins.values()} | self.gone
        kept: dict[bytes, Ticket] = {}
        for ticket in sorted(self.tickets, key=lambda ticket: len(ticket.gone)):
            if ticket.key not in spent:
                kept[ticket.key] = ticket
        return replace(self, tickets=tuple(kept[key] for key in sorted(kept)))
