"""The two partners: who they are, and who of them may open a door beside the one that is open."""

from collections.abc import Iterable

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.errors import Refused
from kapjournal.text import shown_line

OF_PARTNERS = "This is for the two partners."
TWO_PARTNERS = "This takes two partners, and there are not two in this journal."
OPEN_ALREADY = "This door is open already. The other partner opens theirs beside it."


def partners_here(members: Iterable[Member]) -> list[Member]:
    """The partners who are here, as the reader's program met them."""
    return [one for one in members if one.role is Role.PARTNER and not one.removed]


def other_partner(me: MemberId, members: Iterable[Member]) -> Member | None:
    """The partner of a member who is here; None where there is none."""
    return next((one for one in partners_here(members) if one.id != me), None)


def check_partner(member: Member) -> None:
    """Refuse whoever is no partner."""
    if member.role is not Role.PARTNER:
        raise Refused(OF_PARTNERS)


def check_second_door(first: Member, second: Member) -> None:
    """Refuse a second door that is the first, that is no partner's, or of somebody who was removed."""
    check_partner(second)
    if second.id == first.id:
        raise Refused(OPEN_ALREADY)
    check_is_here(second)


def check_is_here(member: Member) -> None:
    """Refuse somebody who was removed."""
    if member.removed:
        raise Refused(f"{shown_line(member.label)} was removed from this journal.")
