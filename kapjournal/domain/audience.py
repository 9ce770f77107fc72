"""Who reads what: which members see the course, and whom the words “with Ana” or “all” mean."""

from collections.abc import Collection, Iterable, Sequence

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role, folded
from kapjournal.errors import NotFound, Refused, UsageError


def course_members(members: Iterable[Member]) -> frozenset[MemberId]:
    """Who reads the sessions, and what `all` means: both partners and the therapists who are still here.
    Prescriber and supervisor are named one by one."""
    return frozenset(m.id for m in members if m.role.is_of_the_course and not m.removed)


def resolve(who: str, members: Sequence[Member], me: MemberId) -> frozenset[MemberId]:
    """Read labels, roles or `all`, comma separated, as the ids of members other than `me`.

    A role means every other member who has it. Nobody left, or a removed member, is `Refused`; a word that
    is neither is `NotFound`.
    """
    words = [word.strip() for word in who.split(",") if word.strip()]
    if not words:
        raise UsageError("Say with whom: labels or roles, comma separated, or “all”.")
    present = [m for m in members if not m.removed]
    chosen: set[MemberId] = set()
    for word in words:
        named = [m for m in present if folded(m.label) == folded(word)]
        if folded(word) == "all":
            chosen |= course_members(present)
        elif named:
            chosen |= {m.id for m in named}
        elif role := _role(word):
            having = {m.id for m in present if m.role is role and m.id != me}
            if not having:
                raise NotFound(f"Nobody else in this journal is a {role}.")
            chosen |= having
        elif any(m.removed and folded(m.label) == folded(word) for m in members):
            raise Refused(f"{word} was removed from this journal; nothing new can be shared with them.")
        else:
            raise NotFound(f"There is no “{word}” in this journal.")
    others = frozenset(chosen - {me})
    if not others:
        raise Refused("That names nobody but yourself.")
    return others


def one_colleague(label: str, members: Sequence[Member], me: MemberId, one_at_a_time: str) -> MemberId:
    """The one member besides `me` who is called so. `all`, a role or several are refused in the words of
    `one_at_a_time`; a removed member is `Refused`, an unknown label `NotFound`."""
    word = folded(label)
    named = [m for m in members if folded(m.label) == word]
    here = next((m for m in named if not m.removed), None)
    if here is not None and here.id != me:
        return here.id
    if here is not None:
        raise Refused("That names nobody but yourself.")
    if named:
        raise Refused(f"{label} was removed from this journal; nothing new can be shared with them.")
    if word == "all" or "," in label or _role(label):
        raise Refused(one_at_a_time)
    raise NotFound(f"There is no “{label}” in this journal.")


def _role(word: str) -> Role | None:
    return next((role for role in Role if folded(word) in (role.value, role.value + "s")), None)


def reaches_therapist(readers: Collection[MemberId], members: Iterable[Member], me: MemberId) -> bool:
    """Whether a therapist other than `me` is among the readers."""
    return any(m.role.is_therapist and m.id in readers and m.id != me for m in members)
