"""Pinning: each member is noted when first met and never silently replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kapjournal.crypto.identity import Identity, PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import GrantKey, JournalId, MemberId, RevokedId
from kapjournal.domain.members import Member, Role, check_room, folded
from kapjournal.errors import Refused
from kapjournal.journal.trust.certificates import MemberCertificate, SharedRecords, check_certificate


@dataclass(frozen=True, slots=True)
class Pin:
    """Another member as first met.

    `grant` is the public key of the grant they joined with, empty for the keeper. `channel_secret` gives
    the key of the channel on which they write to this member; it is empty until their key message has
    come."""

    label: str
    role: Role
    invited_as: str
    grant: GrantKey
    channel_secret: bytes = b""
    verified: bool = False
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
            "channel_secret": self.channel_secret.hex(),
            "verified": self.verified,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Pin":
        """Undo `fields` (`LookupError`, `TypeError`, `ValueError`)."""
        return cls(
            label=str(fields["label"]),
            role=Role(fields["role"]),
            invited_as=str(fields["invited_as"]),
            grant=GrantKey(bytes.fromhex(fields["grant"])),
            channel_secret=bytes.fromhex(fields["channel_secret"]),
            verified=bool(fields["verified"]),
            unknown={key: value for key, value in fields.items() if key not in _PIN_FIELDS},
        )

    def matches(self, certificate: MemberCertificate) -> bool:
        """Whether a certificate still says what it said when its member was met."""
        said = certificate.label, certificate.role, certificate.grant_key
        return (self.label, self.role, self.grant) == said


_PIN_FIELDS = frozenset({"label", "role", "invited_as", "grant", "channel_secret", "verified"})


@dataclass(slots=True)
class PinnedMembers:
    """Everyone pinned but the member whose program this is, and what about them does not add up."""

    pins: dict[MemberId, Pin]
    alarms: list[Finding] = field(default_factory=list)


def reconcile(
    journal: JournalId,
    me: Identity,
    mine: MemberCertificate,
    keeper: MemberId,
    pins: Mapping[MemberId, Pin],
    shared: SharedRecords,
    revoked: Collection[RevokedId],
) -> PinnedMembers:
    """Compare what lies on the shared channel with the pins, and pin newcomers.

    Who is `revoked` (member ids and grant keys) keeps no place and is not met anew. A certificate counts only
    with a grant of the keeper's. Two certificates on one grant, a certificate that changed, a label or a
    place that is taken: alarms, and nothing is changed by them.
    """
    pinned = PinnedMembers(dict(pins))
    certificates = _genuine_certificates(journal, me, keeper, shared, pinned)
    on_grant: dict[GrantKey, set[MemberId]] = {}
    for certificate in certificates:
        if certificate.grant:
            on_grant.setdefault(certificate.grant.key, set()).add(certificate.keys.hash)
    for certificate in sorted(certificates, key=lambda one: (one.grant is not None, one.label)):
        _meet(certificate, mine, on_grant, revoked, pinned)
    keys = {certificate.keys.hash: certificate.keys for certificate in certificates}
    _take_channel_secrets(journal, me, keys, shared, pinned)
    return pinned


def _genuine_certificates(
    journal: JournalId, me: Identity, keeper: MemberId, shared: SharedRecords, pinned: PinnedMembers
) -> list[MemberCertificate]:
    keeper_keys = me.public if me.hash == keeper else shared.keys_of(keeper)
    genuine: list[MemberCertificate] = []
    for certificate in shared.certificates.values():
        try:
            check_certificate(certificate, journal, keeper, keeper_keys)
        except NotGenuine:
            if keeper_keys is not None and certificate.keys.hash not in pinned.pins:
                pinned.alarms.append(Finding(FindingKind.CERTIFICATE_UNINVITED, label=certificate.label))
            continue
        genuine.append(certificate)
    return genuine


def _meet(
    certificate: MemberCertificate,
    mine: MemberCertificate,
    on_grant: Mapping[GrantKey, Collection[MemberId]],
    revoked: Collection[RevokedId],
    pinned: PinnedMembers,
) -> None:
    member = certificate.keys.hash
    if member == mine.keys.hash:
        return
    known = pinned.pins.get(member)
    if known:
        if not known.matches(certificate):
            pinned.alarms.append(Finding(FindingKind.CERTIFICATE_CHANGED, member))
        return
    grant = certificate.grant_key
    if member in revoked or grant in revoked:
        return
    if len(on_grant.get(grant, ())) > 1 or any(grant and pin.grant == grant for pin in pinned.pins.values()):
        pinned.alarms.append(Finding(FindingKind.INVITATION_USED_TWICE, label=certificate.label))
        return
    present = [
        (pin.label, pin.role)
        for other, pin in pinned.pins.items()
        if other not in revoked and pin.grant not in revoked
    ]
    try:
        check_room([*present, (mine.label, mine.role)], certificate.label, certificate.role)
    except Refused:
        pinned.alarms.append(Finding(FindingKind.LABEL_OR_PLACE_TAKEN, label=certificate.label))
        return
    pinned.pins[member] = Pin(certificate.label, certificate.role, certificate.invited_as, grant)


def _take_channel_secrets(
    journal: JournalId,
    me: Identity,
    keys: Mapping[MemberId, PublicIdentity],
    shared: SharedRecords,
    pinned: PinnedMembers,
) -> None:
    for message in shared.key_messages.values():
        pin = pinned.pins.get(message.sender)
        if message.receiver != me.hash or pin is None or message.sender not in keys:
            continue
        try:
            secret = me.open_key_message(journal, keys[message.sender], message.sealed)
        except NotGenuine:
            pinned.alarms.append(Finding(FindingKind.KEY_MESSAGE_FORGED, message.sender))
            continue
        if not pin.channel_secret:
            pinned.pins[message.sender] = replace(pin, channel_secret=secret)
        elif pin.channel_secret != secret:
            pinned.alarms.append(Finding(FindingKind.KEY_CHANGED, message.sender))


def members_of(
    pins: Mapping[MemberId, Pin], mine: MemberCertificate, keeper: MemberId, revoked: Collection[RevokedId]
) -> tuple[Member, ...]:
    """Everyone, the member whose program this is included, the keeper first, then by label."""
    me = Member(
        mine.keys.hash,
        mine.label,
        mine.role,
        mine.invited_as,
        is_keeper=mine.keys.hash == keeper,
        verified=True,
        removed=mine.keys.hash in revoked,
    )
    others = [
        Member(
            member,
            pin.label,
            pin.role,
            pin.invited_as,
            is_keeper=member == keeper,
            verified=pin.verified,
            removed=member in revoked or pin.grant in revoked,
        )
        for member, pin in pins.items()
    ]
    return tuple(sorted([me, *others], key=lambda member: (not member.is_keeper, folded(member.label))))
