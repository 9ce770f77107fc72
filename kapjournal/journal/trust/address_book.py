"""The address book: what a member keeps, for themselves alone, about the people of a journal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kapjournal.domain.ids import GrantKey, MemberId, RevokedId
from kapjournal.journal.strict_encoding import within_limit
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate
from kapjournal.journal.trust.pinning import Pin


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The member's own certificate, the pins of everyone met, whom the keeper ever revoked (member ids and
    grant keys) and, for the keeper, the grants given out and not used yet.

    What was revoked stays so whatever becomes of the keeper's word in the file, and an invitation can be
    cancelled although its grant was struck from the file.
    """

    certificate: MemberCertificate
    pins: Mapping[MemberId, Pin]
    revoked: frozenset[RevokedId] = frozenset()
    grants: tuple[InvitationGrant, ...] = ()

    def joined(self, other: "AddressBook") -> "AddressBook":
        """This one with what another program of the same member has written since: nobody comes back, no
        grant is lost but those used or revoked. Where the two differ on a member, both programs choose alike,
        or they would write against each other for ever."""
        pins = dict(self.pins)
        for member, pin in other.pins.items():
            mine = pins.setdefault(member, pin)
            secret = min(filter(None, (mine.channel_secret, pin.channel_secret)), default=b"")
            met = min(mine, pin, key=lambda pin: (pin.label, pin.role, pin.invited_as, pin.grant))
            verified = mine.verified or pin.verified
            pins[member] = replace(met, verified=verified, channel_secret=secret)
        revoked = within_limit(self.revoked | other.revoked)
        return AddressBook(self.certificate, pins, revoked, self.grants + other.grants).tidied()

    def tidied(self) -> "AddressBook":
        """Drop grants that were used or revoked. Where one was given out twice, keep the later: its list of
        revoked ids is the longer, since that list only grows."""
        spent = {pin.grant for pin in self.pins.values()} | self.revoked
        kept: dict[GrantKey, InvitationGrant] = {}
        for grant in sorted(self.grants, key=lambda grant: len(grant.revoked)):
            if grant.key not in spent:
                kept[grant.key] = grant
        return replace(self, grants=tuple(kept[key] for key in sorted(kept)))
