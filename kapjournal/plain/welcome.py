"""What is said first behind every door: whose it is, and what there is to know of the file and its people."""

from kapjournal.plain import people
from kapjournal.plain.conversation_state import KeeperTurn, Unlocked
from kapjournal.presentation import findings, will
from kapjournal.presentation.people import keys_met


def welcome(unlocked: Unlocked) -> None:
    """Say whose door is open, what is not as it was left, and what there is to know about people."""
    unlocked.console.say(f"The door of {unlocked.journal.me.label} is open.")
    say_findings(unlocked)
    people.say_notices(unlocked)
    people.say_who_waits(unlocked)
    unlocked.console.say(will.reminder(unlocked.journal))
    turn, unlocked.conversation.turn = unlocked.conversation.turn, None
    if isinstance(turn, KeeperTurn) and turn.path == unlocked.journal.path:
        say_who_met(unlocked, turn)


def say_findings(unlocked: Unlocked) -> None:
    """Say what is not as its author left it, if anything."""
    if found := unlocked.journal.findings:
        unlocked.console.say(f"{findings.NOT_AS_LEFT}:", *findings.sentences(found, unlocked.journal))


def say_who_met(unlocked: Unlocked, turn: KeeperTurn) -> None:
    """Tell the keeper who opened again that the newcomer of this keyboard can share now."""
    unlocked.console.say(keys_met(unlocked.journal, turn.keeper, turn.newcomer))
