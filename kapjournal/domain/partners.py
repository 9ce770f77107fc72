"""Both partners at one keyboard: who may open a door beside the one that is open."""

from collections.abc import Iterable

from kapjournal.domain.members import Member, Role
from kapjournal.errors import Refused
from kapjournal.text import shown_line

OF_PARTNERS = "This is for the two partners."
NO_SECOND_PARTNER = "There is no second partner in this journal."
OPEN_ALREADY = "This door is open already. The other partner opens theirs beside it."


def partners_here(members: Iterable[Member]) -> list[Member]:
    """The partners who are here, as the reader's program met them."""
    return [one for one in members if one.role is Role.PARTNER and not one.removed]


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
