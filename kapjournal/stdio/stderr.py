"""The only writer to stderr: single sentences for people, harmless to a terminal."""

import contextlib
import sys

from kapjournal.text import shown_line


def say(sentence: str) -> None:
    """Write one line for a person."""
    _write(shown_line(sentence) + "\n")


def ask(question: str) -> None:
    """Write a question and leave the cursor behind it."""
    _write(shown_line(question).rstrip() + " ")


def _write(text: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # nobody is left to be told
            sys.stderr.write(text)
            sys.stderr.flush()
