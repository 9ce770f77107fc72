"""Pinning: each member is noted when first met and never silently replaced."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kapjournal.crypto.identity import Identity, PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.confusables import look_alikes
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import GrantKey, IdentityId, JournalId, MemberId, RevokedId
from kapjournal.domain.members import check_room
from kapjournal.errors import Refused
from kapjournal.journal.trust.certificates import (
    MemberCertificate,
    check_certificate,
    verified_by,
)
from kapjournal.journal.trust.pin import Pin
from kapjournal.journal.trust.shared_records import SharedRecords
from kapjournal.journal.trust.successors import identities_of, keys_of


@dataclass(slots=True)
class PinnedMembers:
    """Everyone pinned but the member whose program this is, the public keys each ever had, as far as the file
    has them, and what about them does not add up."""

    pins: dict[MemberId, Pin]
    alarms: list[Finding] = field(default_factory=list)
    identities: dict[MemberId, tuple[PublicIdentity, ...]] = field(default_factory=dict)
    rivals: dict[MemberId, frozenset[IdentityId]] = field(default_factory=dict)
    """Identities that claim to be a member's and do not count."""

    def without_alarms_of(self, revoked: Collection[RevokedId]) -> "PinnedMembers":
        """Leave out what concerns who was removed: nothing is shared with them any more."""
        gone = {member for member, pin in self.pins.items() if member in revoked or pin.grant in revoked}
        self.alarms = [alarm for alarm in self.alarms if alarm.member not in gone]
        return self


def reconcile(
    journal: JournalId,
    own: Sequence[Identity],
    mine: MemberCertificate,
    keeper: MemberId,
    pins: Mapping[MemberId, Pin],
    shared: SharedRecords,
    revoked: Collection[RevokedId],
    vouched: Collection[MemberId] | None = None,
    *,
    meets_newcomers: bool = True,
    announces: bool = False,
) -> PinnedMembers:
    """Compare what lies on the shared channel with the pins, and pin newcomers if `meets_newcomers`; these
    are announced to this member if it `announces`.

    `own` are this member's identities, the newest last. Who is `revoked` (member ids and grant keys) keeps
    no place and is not met anew. A certificate counts only with a grant of the keeper's; one that the
    keeper signed with keys since replaced, and that is new here, only if the keeper's word names its owner
    among the `vouched` (None where that word has not come). So does one whose grant has run out, once that
    word has come: the keeper's program alone meets who joined with it. Two certificates on one grant, a
    certificate that changed, a label or a place that is taken, two successors for one number: alarms, and
    nothing is changed by them. So are invitations that had run out and labels that look alike or were a
    former member's, until the digits were compared.
    """
    pinned = PinnedMembers(dict(pins))
    certificates = _genuine_certificates(journal, own, mine, keeper, shared, pinned, vouched)
    order = 1 + max((pin.order for pin in pins.values()), default=0)
    on_grant: dict[GrantKey, set[MemberId]] = {}
    for certificate in certificates:
        if certificate.grant:
            on_grant.setdefault(certificate.grant.key, set()).add(certificate.member)
    for certificate in sorted(certificates, key=lambda one: (one.grant is not None, one.label)):
        if meets_newcomers or certificate.member in pins:
            _meet(certificate, mine, on_grant, revoked, pinned, order, announces=announces)
    for certificate in certificates:
        _take_successors(journal, certificate, shared, pinned, was_known=certificate.member in pins)
    _take_channel_secrets(journal, own, shared, pinned)
    late = (member for member, pin in pinned.pins.items() if pin.met_late and not pin.verified)
    pinned.alarms += [Finding(FindingKind.INVITATION_RAN_OUT, member) for member in late]
    labels = [mine.label, *(pin.label for pin in pinned.pins.values())]
    alike = look_alikes(labels)
    pinned.alarms += [
        Finding(FindingKind.LABEL_CONFUSABLE, member, label=alike[pin.label])
        for member, pin in pinned.pins.items()
        if pin.label in alike and not pin.verified
    ]
    return pinned.without_alarms_of(revoked)


def _genuine_certificates(
    journal: JournalId,
    own: Sequence[Identity],
    mine: MemberCertificate,
    keeper: MemberId,
    shared: SharedRecords,
    pinned: PinnedMembers,
    vouched: Collection[MemberId] | None,
) -> list[MemberCertificate]:
    if mine.member == keeper:
        keeper_keys = tuple(identity.public for identity in own)
    else:
        known_keys = pinned.pins[keeper].successors if keeper in pinned.pins else ()
        keeper_keys = keys_of(journal, keeper, shared, known_keys)
    pin = pinned.pins.get(keeper)
    newest = pin.newest(keeper) if pin else IdentityId(keeper)
    genuine: list[MemberCertificate] = []
    for certificate in shared.certificates.values():
        known = certificate.member in pinned.pins or certificate.member == mine.member
        try:
            check_certificate(certificate, journal, keeper, keeper_keys)
            if not known and _waits_for_keeper(certificate, mine, keeper, vouched):
                continue
            if known or _is_vouched(certificate, journal, keeper_keys, newest, vouched):
                genuine.append(certificate)
                continue
            if vouched is None:
                continue
        except NotGenuine:
            pass
        if keeper_keys and not known:
            pinned.alarms.append(Finding(FindingKind.CERTIFICATE_UNINVITED, label=certificate.label))
    return genuine


def _waits_for_keeper(
    certificate: MemberCertificate,
    mine: MemberCertificate,
    keeper: MemberId,
    vouched: Collection[MemberId] | None,
) -> bool:
    """Whether a newcomer's grant has run out by this computer's clock, and the keeper has not met them. A
    program that has not heard from the keeper either takes everybody as they are."""
    if mine.member == keeper or vouched is None or certificate.member in vouched:
        return False
    return certificate.grant is not None and certificate.grant.has_run_out


def _is_vouched(
    certificate: MemberCertificate,
    journal: JournalId,
    keeper_keys: Sequence[PublicIdentity],
    newest: IdentityId,
    vouched: Collection[MemberId] | None,
) -> bool:
    """Whether a certificate that is new here can be believed: whoever has the keeper's old keys signs too,
    and may have struck the `newest` that were met from the file."""
    if certificate.grant is None:
        return True
    if newest not in [keys.hash for keys in keeper_keys]:
        return certificate.member in (vouched or ())
    if len(keeper_keys) == 1:
        return True
    signer = verified_by(keeper_keys, certificate.grant.signature, certificate.grant.message(journal))
    return signer == keeper_keys[-1] or certificate.member in (vouched or ())


def _meet(
    certificate: MemberCertificate,
    mine: MemberCertificate,
    on_grant: Mapping[GrantKey, Collection[MemberId]],
    revoked: Collection[RevokedId],
    pinned: PinnedMembers,
    order: int,
    *,
    announces: bool,
) -> None:
    member = certificate.member
    if member == mine.member:
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
    late = mine.grant is None and certificate.grant is not None and certificate.grant.has_run_out
    pinned.pins[member] = Pin(
        certificate.label,
        certificate.role,
        certificate.invited_as,
        grant,
        unacknowledged=announces,
        met_late=late,
        order=order,
    )


def _take_successors(
    journal: JournalId,
    certificate: MemberCertificate,
    shared: SharedRecords,
    pinned: PinnedMembers,
    *,
    was_known: bool,
) -> None:
    """Pin new keys of a member who is pinned; nobody has compared digits of these."""
    member = certificate.member
    pin = pinned.pins.get(member)
    if pin is None or member in pinned.identities:
        return
    records = shared.successors.values()
    found = identities_of(journal, member, certificate.keys, records, pin.successors)
    pinned.identities[member] = found.keys
    pinned.rivals[member] = found.rivals
    if found.is_undecided:
        pinned.alarms.append(Finding(FindingKind.SUCCESSOR_UNDECIDED, member))
    elif not (pin.verified and found.rivals <= pin.refuted):
        pinned.alarms += [Finding(FindingKind.SUCCESSOR_DISPUTED, member)] if found.rivals else []
    if len(found.ids) - 1 > len(pin.successors):
        pinned.pins[member] = pin.renewed_to(found.ids[1:], was_known=was_known)


def _take_channel_secrets(
    journal: JournalId, own: Sequence[Identity], shared: SharedRecords, pinned: PinnedMembers
) -> None:
    senders = {public.hash: (member, public) for member, keys in pinned.identities.items() for public in keys}
    receivers = {identity.hash: identity for identity in own}
    for message in shared.key_messages.values():
        if message.receiver not in receivers or message.sender not in senders:
            continue
        member, public = senders[message.sender]
        pin, pair = pinned.pins[member], (message.sender, message.receiver)
        try:
            secret = receivers[message.receiver].open_key_message(journal, public, message.sealed)
        except NotGenuine:
            pinned.alarms.append(Finding(FindingKind.KEY_MESSAGE_FORGED, member))
            continue
        if pair not in pin.channel_secrets:
            secrets = {**pin.channel_secrets, pair: secret}
            pinned.pins[member] = replace(pin, channel_secrets=secrets)
        elif pin.channel_secrets[pair] != secret:
            pinned.alarms.append(Finding(FindingKind.KEY_CHANGED, member))
