"""What of the member's waits: to hear when each page goes and to whom, to send it now or to keep it."""

from dataclasses import replace
from functools import partial

from kapjournal.domain.members import Role
from kapjournal.domain.waiting import Waiting
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.course import CLOSE_UNTIL, ChosenNote, read_note
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.plain.phrasing import ended
from kapjournal.presentation import sentences
from kapjournal.presentation import waiting as saying

_HELP = f"These pages of yours wait. {saying.WAITING_IS_YOURS} Choose one to hear what can be done with it."


def is_offered(unlocked: Unlocked) -> bool:
    """Whether something of this member's can wait."""
    return unlocked.journal.me.role is Role.PARTNER


def waiting(unlocked: Unlocked) -> None:
    """Say what the partner offers, then what waits, a page a line."""
    unlocked.console.say(*saying.offered(unlocked.journal))
    offer(unlocked.console, Menu("What waits", _HELP, _pages, nothing=saying.NOTHING_WAITS), unlocked)


def _pages(unlocked: Unlocked) -> list[Entry[Unlocked]]:
    journal = unlocked.journal
    return [
        Entry(
            "",
            " ".join([ended(page.note.text.name), *saying.of_page(journal, page)]),
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


def _open(chosen: ChosenNote) -> None:
    chosen.unlocked.journal.waiting.open_now(chosen.note_id)
    read_note(chosen.unlocked, chosen.note_id)


def _take_back(chosen: ChosenNote) -> object:
    chosen.unlocked.journal.waiting.take_back(chosen.note_id)
    chosen.unlocked.console.say(saying.TAKEN_BACK)
    return CLOSE


def _remove(chosen: ChosenNote) -> object:
    if not chosen.unlocked.console.yes("Remove it for good?"):
        return None
    chosen.unlocked.journal.notes.delete(chosen.note_id, now=True)
    chosen.unlocked.console.say(sentences.DELETED)
    return CLOSE


def _waiting(chosen: ChosenNote) -> Waiting:
    pages = chosen.unlocked.journal.waiting.all()
    return next((page.waiting for page in pages if page.note.id == chosen.note_id), Waiting())


def _has_holds(chosen: ChosenNote) -> bool:
    return bool(_waiting(chosen).holds)


def _is_in_tray(chosen: ChosenNote) -> bool:
    return _waiting(chosen).tray is not None


_ENTRIES = (
    Entry[ChosenNote]("send", "Send it now.", _send_now, _has_holds),
    Entry[ChosenNote]("keep", "Keep it for me: nobody gets it.", _keep, _has_holds),
    Entry[ChosenNote]("open", "Open it and read it.", _open, lambda one: _waiting(one).opens is not None),
    replace(CLOSE_UNTIL, when=lambda one: not _is_in_tray(one) and CLOSE_UNTIL.when(one)),
    Entry[ChosenNote]("take back", "Take it back out of the tray.", _take_back, _is_in_tray),
    Entry[ChosenNote]("remove", "Remove it for good.", _remove, _is_in_tray),
    Entry[ChosenNote](
        "read",
        "Read it.",
        lambda chosen: read_note(chosen.unlocked, chosen.note_id),
        lambda chosen: not _is_in_tray(chosen),
    ),
)
_PAGE = Menu[ChosenNote]("This page", "You can send it now, keep it, or read it.", lambda _: _ENTRIES)
