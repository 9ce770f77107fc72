"""What of the member's waits: to hear when each page goes and to whom, to send it now or to keep it."""

from functools import partial

from kapjournal.domain.members import Role
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.course import ChosenNote, read_note
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.presentation import waiting as saying

_HELP = f"These pages of yours wait. {saying.WAITING_IS_YOURS} Choose one to hear what can be done with it."


def is_offered(unlocked: Unlocked) -> bool:
    """Whether something of this member's can wait."""
    return unlocked.journal.me.role is Role.PARTNER


def waiting(unlocked: Unlocked) -> None:
    """Offer what waits, a page a line."""
    offer(unlocked.console, Menu("What waits", _HELP, _pages, nothing=saying.NOTHING_WAITS), unlocked)


def _pages(unlocked: Unlocked) -> list[Entry[Unlocked]]:
    journal = unlocked.journal
    return [
        Entry(
            "",
            " ".join([f"{page.note.text.name}.", *saying.of_page(journal, page)]),
            partial(_offer_page, note_id=page.note.id),
        )
        for page in journal.waiting.all()
    ]


def _offer_page(unlocked: Unlocked, note_id: str) -> None:
    offer(unlocked.console, _PAGE, ChosenNote(unlocked, note_id))


def _send_now(chosen: ChosenNote) -> object:
    note = chosen.unlocked.journal.waiting.send_now(chosen.note_id)
    chosen.unlocked.console.say(*saying.after_sharing(chosen.unlocked.journal, note))
    return CLOSE


def _keep(chosen: ChosenNote) -> object:
    chosen.unlocked.journal.waiting.keep(chosen.note_id)
    chosen.unlocked.console.say(saying.KEPT)
    return CLOSE


_ENTRIES = (
    Entry[ChosenNote]("send", "Send it now.", _send_now),
    Entry[ChosenNote]("keep", "Keep it for me: nobody gets it.", _keep),
    Entry[ChosenNote]("read", "Read it.", lambda chosen: read_note(chosen.unlocked, chosen.note_id)),
)
_PAGE = Menu[ChosenNote]("This page", "You can send it now, keep it, or read it.", lambda _: _ENTRIES)
