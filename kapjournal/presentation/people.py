"""What every face says of the members of a journal."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note
from kapjournal.presentation import sentences
from kapjournal.presentation.readers import ONLY_YOU, in_words, listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


NOT_COMPARED = "not compared yet"
"""Said of somebody whose 60 digits the member has not compared."""


def others(members: Iterable[Member], me: MemberId) -> list[Member]:
    """Every other member who is still here: those a note can be shared with."""
    return [member for member in members if member.id != me and not member.removed]


def remarks(member: Member, me: MemberId) -> list[str]:
    """What is said of a member beside label and role, to the member `me`."""
    is_me = member.id == me
    said = {
        "you": is_me,
        "keeper": member.is_keeper,
        "verified": member.verified and not is_me,
        "removed": member.removed,
    }
    return [word for word, true in said.items() if true]


def with_role(member: Member) -> str:
    """A member as somebody to share with: “Ben, partner”, and that nobody has compared the digits, if so."""
    remark = "" if member.verified else f" · {NOT_COMPARED}"
    return f"{shown_line(member.label)}, {member.role.value}{remark}"


def named(journal: "Journal", readers: Collection[MemberId]) -> str:
    """All `readers` one by one, never “all of you”: “You, Ben (not compared yet) and Dr Lee”."""
    others = _others_by_name(journal, readers)
    return listed(["You", *others]) if others else ONLY_YOU


def _others_by_name(journal: "Journal", readers: Collection[MemberId]) -> list[str]:
    members = sorted(journal.members.all(), key=lambda one: folded(one.label))
    return [
        one.label if one.verified else f"{one.label} ({NOT_COMPARED})"
        for one in members
        if one.id in readers and one.id != journal.me.id
    ]


def others_named(journal: "Journal", readers: Collection[MemberId]) -> str:
    """The same without the member: “Ben (not compared yet) and Dr Lee”."""
    return listed(_others_by_name(journal, readers))


def waits_for_keeper(journal: "Journal") -> str:
    """To a newcomer, until the keeper has opened the journal: who that is. Empty for everybody else."""
    if not journal.members.awaits_keeper:
        return ""
    keeper = next((member.label for member in journal.members.all() if member.is_keeper), "The keeper")
    return sentences.waits_for(keeper)


def keys_met(journal: "Journal", keeper: str, newcomer: str) -> str:
    """To the keeper who opened again after a newcomer joined at this keyboard; empty if anybody else opened,
    or if the keys have not met."""
    met = journal.me.label == keeper and journal.members.can_share_with(newcomer)
    return sentences.met(newcomer) if met else ""


def readers_in_words(journal: "Journal", readers: Collection[MemberId]) -> str:
    """All `readers` by name: “Only you”, “You and Ben”, “All of you”."""
    return in_words(readers, journal.members.all(), journal.me.id)


def others_in_words(journal: "Journal", note: Note) -> str:
    """The readers of a note besides its author; empty if there are none."""
    others = note.readers - {note.author}
    return readers_in_words(journal, others) if others else ""
