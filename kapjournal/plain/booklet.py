"""Saving the booklet of what both partners approved, line by line."""

from kapjournal import paths
from kapjournal.errors import Refused
from kapjournal.exchange.booklet import FILE_NAME, FORMS, save_booklet
from kapjournal.exchange.page_file import SAVING
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.sealing import ask_sealing
from kapjournal.presentation.booklet import WHAT_IS_IN_IT, why_not


def booklet(unlocked: Unlocked) -> None:
    """Say what is in it, ask where to, and save it."""
    if why := why_not(unlocked.journal):
        raise Refused(why)
    console, suggested = unlocked.console, paths.free_in_home(FILE_NAME)
    console.say(WHAT_IS_IN_IT, f"{SAVING} {FORMS}")
    path = console.ask_for(
        f"A path for the booklet; Enter means {paths.from_here(suggested)}:",
        lambda answer: paths.typed(answer) if answer else suggested,
    )
    console.say(save_booklet(unlocked.journal, path, sealing=ask_sealing(console)))
