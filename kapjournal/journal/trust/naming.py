"""Naming: what each member is called to the member whose program this is.

Everybody is called by their label, but to a supervisor who joined: they hear no label of a partner with whom
they never compared the 60 digits. All faces take what they say from here. The certificates on the shared
channel go on to have the label, which checks of labels that are taken go by.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from kapjournal.domain.findings import Finding
from kapjournal.domain.ids import MemberId, RevokedId
from kapjournal.domain.members import Member, Role, folded, reads_like_stand_in, stand_in
from kapjournal.journal.trust.certificates import MemberCertificate
from kapjournal.journal.trust.pin import Pin

_STRANGER = "a newcomer"
"""Said of a label that nobody here has to a member who is not told all labels."""


def members_of(
    pins: Mapping[MemberId, Pin], mine: MemberCertificate, keeper: MemberId, revoked: Collection[RevokedId]
) -> tuple[Member, ...]:
    """Everyone, the member whose program this is included, the keeper first, then by what they are called."""
    me = Member(
        mine.member,
        mine.label,
        mine.role,
        mine.invited_as,
        is_keeper=mine.member == keeper,
        verified=True,
        removed=mine.member in revoked,
    )
    stand_ins = _stand_ins(pins, mine, keeper)
    others = [
        Member(
            member,
            stand_ins.get(member, pin.label),
            pin.role,
            stand_ins.get(member, pin.invited_as),
            is_keeper=member == keeper,
            verified=pin.verified,
            removed=member in revoked or pin.grant in revoked,
            was_verified=pin.was_verified,
            new_keys_since=pin.renewed,
            unacknowledged=pin.unacknowledged,
            called_by_role=member in stand_ins,
        )
        for member, pin in pins.items()
    ]
    return tuple(sorted([me, *others], key=lambda member: (not member.is_keeper, folded(member.label))))


def with_labels_told(
    alarms: Iterable[Finding], pins: Mapping[MemberId, Pin], mine: MemberCertificate, keeper: MemberId
) -> list[Finding]:
    """The same alarms, with no label in them that the member is not told."""
    if not _is_told_roles(mine, keeper):
        return list(alarms)
    stand_ins = _stand_ins(pins, mine, keeper)
    told = {pin.label: stand_ins.get(member, pin.label) for member, pin in pins.items()}
    told[mine.label] = mine.label
    return [
        replace(alarm, label=told.get(alarm.label, _STRANGER)) if alarm.label else alarm for alarm in alarms
    ]


def _stand_ins(
    pins: Mapping[MemberId, Pin], mine: MemberCertificate, keeper: MemberId
) -> dict[MemberId, str]:
    """Who is called by their role and how; whoever was met first comes first, and of those met at once the
    one with the smaller id: no label has a say in it. A label that reads like a stand-in gets one, too."""
    if not _is_told_roles(mine, keeper):
        return {}
    stand_ins = {}
    for role in Role:
        having = sorted((pin.order, member) for member, pin in pins.items() if pin.role is role)
        for number, (_, member) in enumerate(having):
            pin = pins[member]
            is_client = role is Role.PARTNER and not (pin.verified or pin.was_verified)
            if is_client or reads_like_stand_in(pin.label):
                stand_ins[member] = stand_in(number, role)
    return stand_ins


def _is_told_roles(mine: MemberCertificate, keeper: MemberId) -> bool:
    """Whether this is a supervisor who joined. One who keeps the journal invited the others by name."""
    return mine.role is Role.SUPERVISOR and mine.member != keeper
