"""The brief of a couple, and a partner's own page before a session, line by line."""

from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import supervision_brief as supervision
from kapjournal.presentation.brief import lines
from kapjournal.presentation.brief_view import read_brief
from kapjournal.presentation.own_brief import read_own_brief
from kapjournal.presentation.write_up_ledger import noted_destroyed


def brief(practice: Unlocked) -> None:
    """Ask for which couple, and say what is needed before a session."""
    known = {couple.name: couple for couple in practice.journal.couples.all()}
    couple = pick(practice.console, "Of which couple, number or name?", known)
    practice.console.say(*lines(read_brief(practice.journal, couple)), "End of the brief.")
    for act in supervision.to_ask(practice.journal, couple.case):
        question = f"{supervision.WHAT_HAPPENED} {supervision.in_a_line(act)}."
        if words := practice.console.ask(f"{question} {supervision.LEAVES_IT}"):
            practice.journal.write_ups.happened(act.id, words)
            practice.console.say(supervision.KEPT)
    for left in supervision.to_destroy(practice.journal, couple.case):
        if practice.console.yes(f"{supervision.left_in_words(left)}. {supervision.WAS_IT_DESTROYED}"):
            practice.console.say(noted_destroyed(practice.journal.write_ups.destroyed(left.id)))


def own_brief(unlocked: Unlocked) -> None:
    """Say a partner's own page before the session."""
    unlocked.console.say(*lines(read_own_brief(unlocked.journal)), "End of the page.")
