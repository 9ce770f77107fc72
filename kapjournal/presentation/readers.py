"""Who can read a note, in words for the member whose door is open, such as “You and Ben”."""

from collections.abc import Collection, Sequence

from kapjournal.domain.audience import course_members
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, folded

ALL_OF_YOU, ONLY_YOU = "All of you", "Only you"


def in_words(readers: Collection[MemberId], members: Sequence[Member], me: MemberId) -> str:
    """Say who can read something to the person `me`: “Only you”, “You and Ben”, “All of you”."""
    here = course_members(members)
    if len(here) > 2 and set(readers) == here:
        return ALL_OF_YOU
    known = {m.id: m.label for m in members}
    others = [known.get(reader, "somebody unknown") for reader in readers if reader != me]
    others.sort(key=folded)
    if not others:
        return ONLY_YOU
    if me not in readers:
        return listed(others)
    return listed(["You", *others])


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: “Ana”, “Ana and Ben”, “Ana, Ben and Dr Lee”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
