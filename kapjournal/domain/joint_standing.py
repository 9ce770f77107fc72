"""How it stands with words that two approve: whose yes they lack, who reads them, and when they held."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing, check_may_approve
from kapjournal.domain.members import MAX_PARTNERS, Member, Role
from kapjournal.errors import Refused


def standing(
    found: Iterable[Joint],
    members: Collection[Member],
    *,
    me: MemberId | None = None,
    gone: Iterable[Joint] = (),
    is_over: bool = False,
) -> list[Joint]:
    """How it stands with each, oldest first. Once the two went apart, `is_over`, nothing that one has to keep
    to holds between them; what was said stays as it was. Of what is `gone` the words are not here, only
    answers to them: it says nothing, but what held so is not replaced by what was before it. That something
    held is known to `me` from their own program, or from two: one alone could say so of what nobody approved.

    Of a kind of which only one holds, another takes its place once that held and one of the two answered it
    later, by their own clock alone. If each says the later one is another, none holds: of two who disagree,
    nobody is bound to what they did not choose last.
    """
    judged = [replace(one, standing=_by_itself(one, members, me)) for one in found]
    partners = [member.id for member in members if member.role is Role.PARTNER]
    last: dict[tuple[JointKind, MemberId], dt.datetime] = {}
    for one in filter(_may_have_held, [*judged, *gone]):
        for who, written in _answered(one, partners):
            place = one.text.kind, who
            last[place] = max(written, last.get(place, written))

    def is_past(one: Joint) -> bool:
        return any(written < last[one.text.kind, who] for who, written in _answered(one, partners))

    past = (one.text.kind.is_single and one.standing is Standing.HOLDS and is_past(one) for one in judged)
    after = (
        replace(one, standing=Standing.REPLACED) if replaced else one
        for one, replaced in zip(judged, past, strict=True)
    )
    if is_over:
        after = (replace(one, standing=Standing.ENDED) if _binds(one) else one for one in after)
    return sorted(after, key=lambda one: one.order)


def _by_itself(one: Joint, members: Collection[Member], me: MemberId | None) -> Standing:
    if is_approved(one, members):
        left = one.text.kind.ends_with_either and any(m.removed for m in _partners_who_approved(one, members))
        return Standing.ENDED if left else Standing.HOLDS
    found = {response.member for response in one.responses if response.held}
    if me in found or len(found) > 1:
        return Standing.ENDED
    said_no = any(not response.approves for response in one.responses)
    return Standing.DECLINED if said_no or one.author not in one.approved_by else Standing.PROPOSED


def is_approved(one: Joint, members: Collection[Member]) -> bool:
    """Whether no yes is lacking. An authorisation is of two, also in a journal of one alone."""
    is_of_two = len(_partners_who_approved(one, members)) >= MAX_PARTNERS
    return not lacking(one, members) and (is_of_two or one.text.kind is not JointKind.AUTHORISATION)


def _partners_who_approved(one: Joint, members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.role is Role.PARTNER and member.id in one.approved_by]


def lacking(one: Joint, members: Iterable[Member]) -> list[Member]:
    """Who has not approved it of those who have to: two partners, and for an agreement one therapist, the
    first for all of them. Of partners who left it is enough that they had, but for an authorisation: that is
    of everybody who ever was one, or who struck the other could give it with somebody in their place."""
    every = list(members)
    approved = [member for member in every if member.id in one.approved_by]
    if one.text.kind is JointKind.AUTHORISATION:
        return [m for m in every if m.role is Role.PARTNER and m not in approved]
    found = list[Member]()
    if sum(member.role is Role.PARTNER for member in approved) < MAX_PARTNERS:
        found += [m for m in every if m.role is Role.PARTNER and not m.removed and m not in approved]
        found = found or [m for m in every if m.role is Role.PARTNER and m not in approved]
    therapists = [member for member in every if member.role.is_therapist and not member.removed]
    if one.text.kind is JointKind.AGREEMENT and therapists and not any(m.role.is_therapist for m in approved):
        found.append(therapists[0])
    return found


def _may_have_held(one: Joint) -> bool:
    return one.standing in (Standing.HOLDS, Standing.ENDED) or any(said.held for said in one.responses)


def _binds(one: Joint) -> bool:
    return one.text.kind.ends_with_either and one.standing is Standing.HOLDS


def _answered(one: Joint, partners: Iterable[MemberId]) -> list[tuple[MemberId, dt.datetime]]:
    """When each of the partners who answered it did."""
    said = (one.response_of(who) for who in partners)
    return [(response.member, response.written) for response in said if response]


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
