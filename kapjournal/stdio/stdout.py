"""The only writer to stdout: data, in UTF-8, flushed before the command goes on.

Words from a journal pass `shown` here, so that no command can forget it; JSON escapes what a terminal
would obey. `verbatim` is for words only where they are asked for to the letter (`note show --raw`).
"""

import contextlib
import os
import sys
from pathlib import Path

from kapjournal.errors import CannotSave
from kapjournal.exchange import as_json
from kapjournal.stdio.questions import is_terminal
from kapjournal.text import shown, shown_line


def row(*cells: object) -> None:
    """Write one line of cells with tabs between them."""
    _write("\t".join(map(_cell, cells)) + "\n")


def field(name: str, value: object) -> None:
    """Write one line `name: value`."""
    _write(f"{name}: {_cell(value)}\n")


def text(text: str) -> None:
    """Write a text of several lines, made safe for a terminal."""
    _write(shown(text) if text.endswith("\n") else shown(text) + "\n")


def question(sentence: str) -> None:
    """Write one line and leave it open, for the answer to stand behind it."""
    _write(shown_line(sentence).rstrip() + " ")


def verbatim(text: str) -> None:
    """Write a text to the letter: nothing is added, escaped or taken away."""
    _write(text)


def json(value: object) -> None:
    """Write a value as JSON."""
    _write(as_json(value, indent=2) + "\n")


def discard() -> None:
    """Point stdout at nothing, once its reader has gone, so that leaving says nothing about that either."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _cell(value: object) -> str:
    """A value on one line. The bytes of a path that are no letters stay for a script, which needs the path;
    a person sees signs in their place."""
    if not isinstance(value, Path) or is_terminal(sys.stdout):
        return shown_line(str(value))
    return "".join(one if "\udc80" <= one <= "\udcff" else shown_line(one) for one in str(value))


def _write(text: str) -> None:
    if sys.stdout is None:
        raise CannotSave("There is no standard output to write to.")
    data = text.encode("utf-8", "surrogateescape")  # a path may hold bytes that are no letters
    try:
        if buffer := getattr(sys.stdout, "buffer", None):
            sys.stdout.flush()
            buffer.write(data)
            buffer.flush()
        else:
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotSave(
            f"The output could not be written ({error.strerror}). What was saved stands."
        ) from None
