"""The brief of a couple, line by line."""

from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation.brief import lines
from kapjournal.presentation.brief_view import read_brief


def brief(practice: Unlocked) -> None:
    """Ask for which couple, and say what is needed before a session."""
    known = {couple.name: couple for couple in practice.journal.couples.all()}
    couple = pick(practice.console, "Of which couple, number or name?", known)
    practice.console.say(*lines(read_brief(practice.journal, couple)), "End of the brief.")
