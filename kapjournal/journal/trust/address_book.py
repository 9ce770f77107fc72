"""The address book: what a member keeps, for themselves alone, about the people of a journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kapjournal.domain.ids import DocumentId, GrantKey, MemberId, RevokedId
from kapjournal.domain.members import JournalKind
from kapjournal.journal.strict_encoding import from_hex, within_limit
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate, Successor
from kapjournal.journal.trust.pin import Pin, few


@dataclass(frozen=True, slots=True)
class LetGo:
    """What the member let go of a channel: the highest number of each computer (by its pseudonym, hex) up to
    which nothing is missed any more, and how many rows and drops are known to be lost."""

    through: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    drops: int = 0

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {"through": dict(sorted(self.through.items())), "rows": self.rows, "drops": self.drops}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "LetGo":
        """Undo `fields` (`LookupError`, `TypeError`, `ValueError`, `AttributeError`)."""
        through = {from_hex(name, 8).hex(): int(number) for name, number in fields["through"].items()}
        return cls(through, int(fields["rows"]), int(fields["drops"]))

    def joined(self, other: "LetGo") -> "LetGo":
        """What either program of the member let go."""
        names = {*self.through, *other.through}
        through = {name: max(self.through.get(name, 0), other.through.get(name, 0)) for name in names}
        return LetGo(through, max(self.rows, other.rows), max(self.drops, other.drops))


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The member's own certificate, the pins of everyone met, whom the keeper ever revoked (member ids and
    grant keys), for the keeper the grants given out and not used yet, what of each channel, by its name, the
    member let go, and the drafts that were taken over from an older file: finished or thrown away, they do
    not come again.

    What was revoked stays so whatever becomes of the keeper's word in the file, and an invitation can be
    cancelled although its grant was struck from the file.
    """

    certificate: MemberCertificate
    pins: Mapping[MemberId, Pin]
    revoked: frozenset[RevokedId] = frozenset()
    grants: tuple[InvitationGrant, ...] = ()
    let_go: Mapping[str, LetGo] = field(default_factory=dict)
    signed: Mapping[DocumentId, bytes] = field(default_factory=dict)
    successors: tuple[Successor, ...] = ()
    taken_over: frozenset[DocumentId] = frozenset()
    closed: Mapping[str, int] = field(default_factory=dict)
    """How many rows each channel had, by its name, when the keys of one of its ends were replaced."""
    heard_keeper: bool = True
    """Whether the keeper's word has come since the member joined: whoever was met before was here before."""
    kind: JournalKind = JournalKind.COURSE
    """What the keeper's word or the invitation said that this journal is; it stays so if they are struck."""

    @property
    def labels(self) -> dict[MemberId, str]:
        """Every member's label as their certificate has it, for checks; what they are called to this member
        can be something else."""
        mine = self.certificate
        return {mine.member: mine.label, **{member: pin.label for member, pin in self.pins.items()}}

    def joined(self, other: "AddressBook") -> "AddressBook":
        """This one with what another program of the same member has written since: nobody comes back, no
        grant is lost but those used or revoked. Where the two differ on a member, both programs choose alike,
        or they would write against each other for ever."""
        pins = dict(self.pins)
        for member, pin in other.pins.items():
            mine = pins.setdefault(member, pin)
            pins[member] = _joined(mine, pin)
        revoked = within_limit(self.revoked | other.revoked)
        let_go = dict(self.let_go)
        for name, one in other.let_go.items():
            let_go[name] = let_go[name].joined(one) if name in let_go else one
        signed = {**other.signed, **self.signed}
        grants = self.grants + other.grants
        successors = max(self.successors, other.successors, key=len)
        taken_over = self.taken_over | other.taken_over
        closed = {name: max(rows, other.closed.get(name, 0)) for name, rows in self.closed.items()}
        closed = {**other.closed, **closed}
        heard = self.heard_keeper or other.heard_keeper
        return AddressBook(
            self.certificate,
            pins,
            revoked,
            grants,
            let_go,
            signed,
            successors,
            taken_over,
            closed,
            heard,
            JournalKind.PRACTICE if JournalKind.PRACTICE in (self.kind, other.kind) else JournalKind.COURSE,
        ).tidied()

    def tidied(self) -> "AddressBook":
        """Drop grants that were used or revoked. Where one was given out twice, keep the later: its list of
        revoked ids is the longer, since that list only grows."""
        spent = {pin.grant for pin in self.pins.values()} | self.revoked
        kept: dict[GrantKey, InvitationGrant] = {}
        for grant in sorted(self.grants, key=lambda grant: len(grant.revoked)):
            if grant.key not in spent:
                kept[grant.key] = grant
        return replace(self, grants=tuple(kept[key] for key in sorted(kept)))


def _joined(one: Pin, other: Pin) -> Pin:
    met = min(one, other, key=lambda pin: (pin.label, pin.role, pin.invited_as, pin.grant))
    secrets = dict(one.channel_secrets)
    for pair, secret in other.channel_secrets.items():
        secrets[pair] = min(secret, secrets.get(pair, secret))
    successors = max(one.successors, other.successors, key=lambda ids: (len(ids), ids))
    newest = [pin for pin in (one, other) if pin.successors == successors]
    before = [pin for pin in (one, other) if pin.successors != successors]
    return replace(
        met,
        channel_secrets=secrets,
        successors=successors,
        verified=any(pin.verified for pin in newest),
        was_verified=any(pin.was_verified for pin in (one, other)) or any(pin.verified for pin in before),
        refuted=few(one.refuted | other.refuted),
        unacknowledged=one.unacknowledged and other.unacknowledged,
        met_late=one.met_late or other.met_late,
        order=min((pin.order for pin in (one, other) if pin.order), default=0),
        renewed=min((pin.renewed for pin in newest if pin.renewed), default=None),
    )
