"""The only writer to stderr: single sentences for people, harmless to a terminal."""

import contextlib
import sys
from collections.abc import Collection, Iterable

from kapjournal import config
from kapjournal.content import crisis
from kapjournal.domain.audience import reaches_therapist
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.text import shown_line


def say(sentence: str) -> None:
    """Write one line for a person."""
    _write(shown_line(sentence) + "\n")


def not_monitored(readers: Collection[MemberId], members: Iterable[Member], me: MemberId) -> None:
    """Beside what goes to a therapist: that nobody is watching, and whom to call."""
    if reaches_therapist(readers, members, me):
        say(crisis.not_monitored(config.load().settings.country))


def ask(question: str) -> None:
    """Write a question and leave the cursor behind it."""
    _write(shown_line(question).rstrip() + " ")


def _write(text: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # nobody is left to be told
            sys.stderr.write(text)
            sys.stderr.flush()
