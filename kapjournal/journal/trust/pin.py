"""A pin: what a member noted of another when they first met, and since."""

import datetime as dt
import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as fields_of
from typing import Any

from kapjournal import clock
from kapjournal.domain.ids import GrantKey, IdentityId, MemberId
from kapjournal.domain.members import Role
from kapjournal.journal.strict_encoding import from_hex, moment_from_text, moment_to_text
from kapjournal.journal.trust.certificates import MAX_SUCCESSORS, MemberCertificate

IdentityPair = tuple[IdentityId, IdentityId]
"""The identities at the ends of a channel: sender, receiver."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Another member as first met.

    `grant` is the public key of the grant they joined with, empty for the keeper. `channel_secrets` give the
    keys of the channels on which they write to this member, by the identities at both ends; there is none
    until their key message has come. `successors` are the identities that took the place of their first, and
    `verified` is about the newest, `was_verified` about any before. `renewed` is when the newest took the
    place of another that was known here. `refuted` are rivals of theirs that were known when the digits were
    compared: whoever compared them knows that those are not theirs. One who is `unacknowledged` joined when
    this member was here already, and this member has not said yet that they know of it. `met_late` are those
    whom the keeper's program met when their invitation had run out: it cannot tell since when they are here.
    `order` is greater for those met later, and the same for those met at once; 0 if no program noted it.
    """

    label: str
    role: Role
    invited_as: str
    grant: GrantKey
    channel_secrets: Mapping[IdentityPair, bytes] = field(default_factory=dict)
    successors: tuple[IdentityId, ...] = ()
    verified: bool = False
    was_verified: bool = False
    renewed: dt.datetime | None = None
    refuted: frozenset[IdentityId] = frozenset()
    unacknowledged: bool = False
    met_late: bool = False
    order: int = 0
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What a newer program noted beside; it stays."""

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            **self.unknown,
            "label": self.label,
            "role": self.role.value,
            "invited_as": self.invited_as,
            "grant": self.grant.hex(),
            "channel_secrets": [
                [sender.hex(), receiver.hex(), secret.hex()]
                for (sender, receiver), secret in sorted(self.channel_secrets.items())
            ],
            "successors": [identity.hex() for identity in self.successors],
            "verified": self.verified,
            "was_verified": self.was_verified,
            "renewed": moment_to_text(self.renewed) if self.renewed else None,
            "refuted": sorted(identity.hex() for identity in self.refuted),
            "unacknowledged": self.unacknowledged,
            "met_late": self.met_late,
            "order": self.order,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Pin":
        """Undo `fields` (`LookupError`, `TypeError`, `ValueError`)."""
        return cls(
            label=str(fields["label"]),
            role=Role(fields["role"]),
            invited_as=str(fields["invited_as"]),
            grant=GrantKey(bytes.fromhex(fields["grant"])),
            channel_secrets={
                (IdentityId(from_hex(sender, 32)), IdentityId(from_hex(receiver, 32))): from_hex(secret, 32)
                for sender, receiver, secret in fields["channel_secrets"]
            },
            successors=tuple(IdentityId(from_hex(identity, 32)) for identity in fields["successors"]),
            verified=bool(fields["verified"]),
            was_verified=bool(fields.get("was_verified")),
            renewed=moment_from_text(fields["renewed"]) if fields.get("renewed") else None,
            refuted=frozenset(IdentityId(from_hex(identity, 32)) for identity in fields.get("refuted", ())),
            unacknowledged=bool(fields.get("unacknowledged")),
            met_late=bool(fields.get("met_late")),
            order=operator.index(fields.get("order", 0)),
            unknown={key: value for key, value in fields.items() if key not in _PIN_FIELDS},
        )

    def has_met(self, receiver: IdentityId) -> bool:
        """Whether their newest identity can write to an identity of this member's."""
        newest = self.successors[-1] if self.successors else None
        return any(
            mine == receiver and (newest is None or theirs == newest) for theirs, mine in self.channel_secrets
        )

    def matches(self, certificate: MemberCertificate) -> bool:
        """Whether a certificate still says what it said when its member was met."""
        said = certificate.label, certificate.role, certificate.grant_key
        return (self.label, self.role, self.grant) == said

    def compared(self, rivals: Collection[IdentityId]) -> "Pin":
        """The same person, once the digits were the same. Of too many rivals the rest stays told."""
        refuted = few(self.refuted.union(rivals))
        return replace(self, verified=True, refuted=refuted, unacknowledged=False)

    def newest(self, member: MemberId) -> IdentityId:
        """The identity of a member's newest keys that were met."""
        return self.successors[-1] if self.successors else IdentityId(member)

    def renewed_to(self, successors: Sequence[IdentityId], *, was_known: bool) -> "Pin":
        """The same person with newer keys, of which nobody has compared digits."""
        return replace(
            self,
            successors=tuple(successors),
            verified=False,
            was_verified=self.verified or self.was_verified,
            renewed=clock.now() if was_known else None,
        )


def few(identities: Collection[IdentityId]) -> frozenset[IdentityId]:
    """As many rivals as are kept, the same ones in every program."""
    return frozenset(sorted(identities)[:MAX_SUCCESSORS])


_PIN_FIELDS = frozenset(field.name for field in fields_of(Pin)) - {"unknown"}
