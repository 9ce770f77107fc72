"""What is sent to the terminal outside of painting: nothing of a note may stay behind in it."""

import errno
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from kapjournal.errors import of_the_system

NEUTRAL_TITLE = "Terminal"

_TITLE = f"\x1b]2;{NEUTRAL_TITLE}\x07"
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Home, clear the screen, clear the scrollback."""


def set_neutral_title() -> None:
    """Give the terminal a title that says nothing: a shell may have put the command there, with a label."""
    _send(_TITLE)


def wipe() -> None:
    """Clear what the terminal remembers, title included."""
    _send(_CLEAR + _TITLE)


def has_hung_up() -> bool:
    """Whether the terminal hung up; Textual would read its end over and over."""
    import termios  # noqa: PLC0415 - not on every platform

    if sys.__stdin__ is None:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except termios.error as error:
        return error.args[0] in (errno.EIO, errno.ENXIO)
    return False


def _send(codes: str) -> None:
    """Send codes to the terminal, where one is attached."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None and stream.isatty():
            with suppress(OSError):  # the terminal is gone, and its memory with it
                stream.write(codes)
                stream.flush()
            return


def crash_report(error: BaseException) -> str:
    """The text to print after a defect: where it was and of what type, never a value or a message.

    Both could quote a note: Textual's own report would render every local variable.
    """
    frames = [
        f"  {Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-6)
    ]
    return "\n".join(
        [
            str(of_the_system(error) or "kapjournal met an error it did not expect, and closed."),
            "What you wrote is in your drafts, up to the last two seconds.",
            f"For a report ({type(error).__name__}):",
            *frames,
        ]
    )
