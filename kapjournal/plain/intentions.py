"""The thread of intentions, said aloud from the first to the last."""

from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import intentions as saying


def intentions(unlocked: Unlocked) -> None:
    """Say every intention the member can read, their own first."""
    threads = saying.read_threads(unlocked.journal)
    for author, some in threads.of.items():
        is_mine = author == unlocked.journal.me.id
        whose = "Your intentions" if is_mine else f"Intentions of {unlocked.name(author)}"
        unlocked.console.say(f"{whose}, from the first on:")
        for line in saying.in_a_list(some):
            unlocked.console.say(line)
    if not threads.of:
        unlocked.console.say(saying.NONE_YET)


def say_now(unlocked: Unlocked) -> None:
    """Say the intention of this partner that holds now, if there is one."""
    said = saying.now(unlocked.journal, saying.read_threads(unlocked.journal))
    unlocked.console.say(*said.split("\n"))
