"""Questions to the person at the terminal, where there is one."""

import getpass
import os
import sys

from kapjournal.errors import UsageError
from kapjournal.stdio import stderr


class EndOfInput(UsageError):
    """The input ended where an answer was expected."""

    def __init__(self) -> None:
        super().__init__("Nothing was typed.")


def is_interactive() -> bool:
    """Whether a question can be asked and answered: stdin and stderr are a terminal."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def can_ask_secret() -> bool:
    """Whether a passphrase can be asked for: also while stdin is a pipe, if there is a terminal behind it."""
    if is_terminal(sys.stdin):
        return True
    if not is_terminal(sys.stderr):
        return False
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | getattr(os, "O_NOCTTY", 0)))
    except OSError:
        return False
    return True


def secret(question: str) -> str:
    """What the person types unseen; may be empty."""
    try:
        answer = getpass.getpass(question.rstrip() + " ")
        answer.encode()
    except EOFError:
        raise EndOfInput from None
    except UnicodeError:
        raise UsageError("This terminal did not send UTF-8, so what was typed cannot be read.") from None
    return answer


def ask(question: str) -> str:
    """What the person types in sight, trimmed; may be empty."""
    stderr.ask(question)
    line = sys.stdin.readline()
    if not line:
        raise EndOfInput
    return line.strip()


def confirm(question: str) -> bool:
    """Whether the person says yes; anything else is no."""
    return ask(f"{question} [y/N]").casefold() in ("y", "yes")


def is_piped() -> bool:
    """Whether stdin brings something other than a person's typing."""
    return sys.stdin is not None and not is_terminal(sys.stdin)


def is_terminal(stream: object) -> bool:
    """Whether a stream is a terminal."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
