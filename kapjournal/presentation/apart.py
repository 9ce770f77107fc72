"""What every face says before sharing ends, and how it goes: the archive first."""

from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.errors import GivenUp, Refused
from kapjournal.presentation import copies
from kapjournal.presentation.people import SHARING_HAS_ENDED
from kapjournal.progress import Progress, in_silence
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

HEADING = "Going apart"
WORD = "end sharing"
"""What is typed to go through with it."""
ASKS_FOR_THE_WORD = f"To go through with it, type: {WORD}"
NOTHING_ENDED = "Nothing was changed: sharing goes on."
ARCHIVE_FIRST = f"First a sealed archive of your own is written. {copies.FOR_OWN_COMPUTER}"
WITHOUT_ARCHIVE = "No archive is written. What you can read stays in this file too."

_WHAT_HAPPENS = (
    "Sharing ends for all of you: nobody gives anything more to anybody, what waits stays with its author, "
    "and nobody more joins.",
    "Nothing is deleted: what each could read stays readable, and each writes on for themselves. What the "
    "others should not read any more, stop sharing, before or after.",
    "They are told when they next open the journal; never who ended it, nor when. A therapist’s own record "
    "stays as it is.",
    "It cannot be undone. A new journal can be begun.",
)
_SEEN_ELSEWHERE = (
    "The file does not tell who did. A watched computer, a synced folder’s history, the file’s date or which "
    "copy has it first may."
)
_ONLY_TWO = "You are only two in this journal, so the other will know all the same."


def before(journal: "Journal") -> list[str]:
    """What happens when sharing ends, and what does not, a few sentences each."""
    here = [member for member in journal.members.all() if not member.removed]
    return [*_WHAT_HAPPENS, _SEEN_ELSEWHERE, *([_ONLY_TWO] if len(here) == 2 else [])]


def is_the_word(typed: str) -> bool:
    """Whether what was typed goes through with it."""
    return " ".join(typed.split()).casefold() == WORD


def why_not(journal: "Journal") -> str:
    """Why sharing cannot be ended; empty if it can."""
    try:
        journal.apart.check_may_end()
    except Refused as refused:
        return str(refused)
    return ""


def go_apart(journal: "Journal", archive: Path | None, follow: Progress = in_silence) -> list[str]:
    """Write the archive, unless it is declined, and only then end sharing; what that did, in sentences. Given
    up while the archive is written, nothing of it is left, and sharing goes on."""
    if archive is not None:
        try:
            journal.copies.for_own_computer(archive, follow)
            _hear_a_late_stop(archive, follow)
        except GivenUp:
            raise GivenUp(f"It was given up. {NOTHING_ENDED}") from None
    journal.apart.end()
    written = [f"Your archive is written: {shown_line(str(archive))}"] if archive is not None else []
    return [*written, SHARING_HAS_ENDED]


def _hear_a_late_stop(archive: Path, follow: Progress) -> None:
    """It may have been asked for while the disk was waited for."""
    try:
        follow(1, 1)
    except GivenUp:
        archive.unlink(missing_ok=True)
        raise
