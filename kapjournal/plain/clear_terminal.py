"""Leaving: what the terminal may still show, and clearing it where it can be cleared."""

import contextlib
import re
import sys

from kapjournal.plain.console import Back, Console, Leave
from kapjournal.plain.conversation_state import Conversation
from kapjournal.stdio import questions, stdout

_PADDING = re.compile(r"\$<[^>]*>")
"""A pause for old terminals in what curses returns; it is not sent."""


def say_goodbye(conversation: Conversation, *, asked: bool) -> None:
    """Say the last sentences. Only a person who `asked` to leave is there to answer a question."""
    console = conversation.console
    if any(any(page.lines) for page in conversation.interrupted.values()):
        console.say("The last line you typed before the lock was not saved.")
    console.say("You have left kapjournal.")
    with contextlib.suppress(Leave):
        offer_to_clear(console, asked=asked)


def offer_to_clear(console: Console, *, asked: bool = True) -> bool:
    """Say what the terminal may still show, and clear it if that is wanted and can be done; returns whether
    it is clear."""
    if not questions.is_terminal(sys.stdout):
        return True
    console.say("This terminal may still hold what was read, further up.")
    clearing, wholly = _clearing() if asked else ("", False)
    if not clearing:
        console.say("Closing its window lets go of that.")
        return False
    if not wholly:
        console.say("It can be cleared as far as one screen goes; what is further up stays.")
    with contextlib.suppress(Back):
        if console.yes("Clear the terminal now?"):
            stdout.verbatim(clearing)
            return True
    return False


def clear_for_next_person(console: Console) -> None:
    """Offer to clear the terminal for the next person; what stays is at least moved out of sight."""
    if not offer_to_clear(console):
        console.move_out_of_sight()


def _clearing() -> tuple[str, bool]:
    """What clears this terminal, empty if it cannot be cleared, and whether that takes the scrollback too."""
    try:
        import curses  # noqa: PLC0415 - not on every platform

        curses.setupterm()
        screen, scrollback = curses.tigetstr("clear"), curses.tigetstr("E3")
    except (ImportError, OSError, ValueError, curses.error):
        return "", False
    if not screen:
        return "", False
    return _PADDING.sub("", (screen + (scrollback or b"")).decode("latin-1")), bool(scrollback)
