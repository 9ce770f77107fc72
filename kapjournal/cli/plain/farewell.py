"""Leaving: what the terminal may still show, and clearing it where it knows how."""

import contextlib
import re
import shutil
import sys

from kapjournal.cli import asking, printing
from kapjournal.cli.plain.seat import Host
from kapjournal.cli.plain.talk import Back, Leave, Talk

_PADDING = re.compile(r"\$<[^>]*>")
"""Where an old terminal would want a pause; it is no part of what is sent."""


def farewell(host: Host, *, asked: bool) -> None:
    """The last sentences. Only somebody who `asked` to leave can be asked something back."""
    talk = host.talk
    if host.kept and any(host.kept.lines):
        talk.say("The last line you typed before the lock was not saved.")
    talk.say("You have left kapjournal.")
    with contextlib.suppress(Leave):
        offer_to_clear(talk, asked=asked)


def offer_to_clear(talk: Talk, *, asked: bool = True) -> bool:
    """Say what the terminal may still show, and clear it if that is wanted and can be done; returns whether
    it is clear."""
    if not asking.is_terminal(sys.stdout):
        return True
    talk.say("This terminal may still hold what was read, further up.")
    clearing, wholly = _clearing() if asked else ("", False)
    if not clearing:
        talk.say("Closing its window lets go of that.")
        return False
    if not wholly:
        talk.say("It can be cleared as far as one screen goes; what is further up stays.")
    with contextlib.suppress(Back):
        if talk.yes("Clear the terminal now?"):
            printing.exactly(clearing)
            return True
    return False


def clear_away(talk: Talk) -> None:
    """Before somebody else sits down: what is not cleared is at least moved out of sight."""
    if not offer_to_clear(talk):
        printing.exactly("\n" * shutil.get_terminal_size().lines)


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
