"""Words that two approve, as one looks at them: whose yes they lack, who reads them, and when they held."""

import datetime as dt
from collections.abc import Iterable

from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing, check_may_approve, lacking
from kapjournal.domain.members import MAX_PARTNERS, Member, Role
from kapjournal.errors import Refused


def awaits(one: Joint, me: Member, members: Iterable[Member], every: Iterable[Joint]) -> bool:
    """Whether words that nobody said no to, and that can be approved still, lack the yes of a member: a
    therapist's, as long as no other gave theirs."""
    if one.standing is not Standing.PROPOSED or me.id in one.approved_by:
        return False
    lack = lacking(one, members)
    if me not in lack and not (me.role.is_therapist and any(member.role.is_therapist for member in lack)):
        return False
    try:
        check_may_approve(one, me, every)
    except Refused:
        return False
    return True


def has_held(one: Joint) -> bool:
    """Whether it holds, or did."""
    return one.standing in (Standing.HOLDS, Standing.REPLACED, Standing.ENDED)


def held_from(one: Joint) -> dt.datetime:
    """When the last yes that it has was said (UTC)."""
    return max((said.written for said in one.responses if said.approves), default=one.written)


def held_until(one: Joint, every: Iterable[Joint]) -> dt.datetime | None:
    """When it held no longer (UTC): when a yes was taken back, or another took its place; None where neither
    is known."""
    ends = [said.written for said in one.responses if not said.approves]
    if one.standing is Standing.REPLACED:
        others = (other for other in every if other.text.kind is one.text.kind and has_held(other))
        ends += [moment for moment in map(held_from, others) if moment > held_from(one)]
    return min(ends, default=None)


def readers(text: JointText, members: Iterable[Member], *, holds: bool) -> frozenset[MemberId]:
    """Who reads words that two approve: both, therapists what they have to approve, and once it `holds` what
    the two approved for them."""
    here = [one for one in members if not one.removed]
    is_for_them = text.kind is JointKind.AGREEMENT or (holds and text.for_therapists)
    return frozenset(m.id for m in here if m.role is Role.PARTNER or (is_for_them and m.role.is_therapist))


def readers_of(one: Joint, members: Iterable[Member], *, holds: bool) -> frozenset[MemberId]:
    """The same of words that were put to the two: of partners those whose words they are. Who came in the
    place of one who left reads nothing that was said before."""
    every = list(members)
    partners = {member.id for member in every if member.role is Role.PARTNER}
    return readers(one.text, every, holds=holds) - (partners - set(the_two(one, every)))


def the_two(one: Joint, members: Iterable[Member]) -> list[MemberId]:
    """The partners whose words these are, in an order that both find: its author and who else approved it or
    may; fewer than two where there is no other."""
    partners = [member for member in members if member.role is Role.PARTNER]
    said = [member.id for member in partners if one.response_of(member.id)]
    here = [member.id for member in partners if not member.removed]
    return sorted(list(dict.fromkeys([one.author, *said, *here]))[:MAX_PARTNERS])
