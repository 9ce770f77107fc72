"""Behind a door: the main menu of a couple's journal, or the couples of a practice."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kapjournal.domain.members import JournalKind
from kapjournal.plain import main_menu, practice
from kapjournal.plain.conversation_state import Conversation, unlocked

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def _nothing() -> None:
    pass


def enter(conversation: Conversation, opened: "Journal", first: Callable[[], None] = _nothing) -> None:
    """Go on in an open journal until `Leave` or `Locked`; `first` is done before anything is said. After a
    lock the doors are those of this file, whatever was opened from it."""
    conversation.path = opened.path
    with unlocked(conversation, opened) as behind:
        first()
        if opened.kind is JournalKind.PRACTICE:
            practice.run(behind)
        else:
            main_menu.run(behind)
