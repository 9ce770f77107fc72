"""Saving one note as a page to print, line by line."""

from kapjournal import paths
from kapjournal.domain.notes import Note
from kapjournal.exchange.page_file import SAVING
from kapjournal.exchange.printed_note import FILE_NAME, FORMS, print_note
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.sealing import ask_sealing


def save(unlocked: Unlocked, note: Note) -> None:
    """Ask where to, say what that means, and save it."""
    console, suggested = unlocked.console, paths.free_in_home(FILE_NAME)
    console.say(f"{SAVING} {FORMS}")
    path = console.ask_for(
        f"A path for the page; Enter means {paths.from_here(suggested)}:",
        lambda answer: paths.typed(answer) if answer else suggested,
    )
    console.say(print_note(unlocked.journal, note, path, sealing=ask_sealing(console)))
