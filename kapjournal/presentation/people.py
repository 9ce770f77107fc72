"""What every face says of the members of a journal."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.presentation import sentences
from kapjournal.presentation.readers import in_words

if TYPE_CHECKING:
    from kapjournal.journal import Journal


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
