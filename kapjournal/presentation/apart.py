"""What every face says of going apart: before sharing ends, and afterwards to everybody alike."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.journal import Journal

HEADING = "Going apart"
HAS_ENDED = (
    "Sharing has ended in this journal. What each of you could read stays as it is. Nobody is told who ended "
    "it."
)
"""Said to everybody in the same words, whoever it was."""
WORD = "end sharing"
"""What is typed to go through with it."""
ASKS_FOR_THE_WORD = f"To go through with it, type: {WORD}"
NOTHING_ENDED = "Nothing was changed: sharing goes on."
ARCHIVE_FIRST = "First a sealed archive of your own is written."
WITHOUT_ARCHIVE = "No archive is written. What you can read stays in this file too."

_WHAT_HAPPENS = (
    "Then sharing ends for all of you. Nothing more is given to anybody by anybody: pages that wait stay "
    "with whoever wrote them, and nobody more joins.",
    "Nothing is deleted. What each of you could read stays readable, and each can go on writing for "
    "themselves. What you do not want to be read any more, stop sharing, before or after: it may have been "
    "read already, and may be in copies.",
    "The others are told that sharing has ended, when they next open the journal; never who ended it, nor "
    "when. What a therapist keeps in the clinic’s own record stays there.",
    "It cannot be undone. A new journal can be begun.",
)
_SEEN_ELSEWHERE = (
    "What the file does not tell may be seen elsewhere: by whoever watches this computer, in the history of "
    "a synced folder, in the file’s own date, and in which copy it stood first."
)
_ONLY_TWO = "You are only two in this journal, so the other will know all the same."


def before(journal: "Journal") -> list[str]:
    """What happens when sharing ends, and what does not, a few sentences each."""
    here = [member for member in journal.members.all() if not member.removed]
    return [*_WHAT_HAPPENS, _SEEN_ELSEWHERE, *([_ONLY_TWO] if len(here) == 2 else [])]


def is_the_word(typed: str) -> bool:
    """Whether what was typed goes through with it."""
    return " ".join(typed.split()).casefold() == WORD


def said(journal: "Journal") -> str:
    """That sharing has ended; empty while it goes on, and to who was removed before."""
    return HAS_ENDED if journal.apart.has_ended and not journal.me.removed else ""
