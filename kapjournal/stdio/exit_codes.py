"""Where a command or a conversation ends: here alone an error becomes one sentence and an exit code."""

import signal
import traceback
from collections.abc import Callable
from typing import TypeVar

from kapjournal import exchange, signals
from kapjournal.errors import KapjournalError, of_the_system
from kapjournal.stdio import stderr, stdout

T = TypeVar("T")

PROGRAM = "kapjournal"
_READER_GONE = 128 + getattr(signal, "SIGPIPE", 13)


def outcome_of(work: Callable[[], T]) -> T | int:
    """What `work` returns; if it ends in an error or is stopped, say why and return the exit code."""
    with signals.handled():
        try:
            return work()
        except (Exception, signals.StopRequested, KeyboardInterrupt) as error:  # noqa: BLE001 - the last net
            code, sentence = _ending(error)
            if sentence:
                stderr.say(sentence)
            return code


def _ending(error: BaseException) -> tuple[int, str]:
    """The exit code for an error and what is said about it, which may be nothing."""
    match error:
        case KapjournalError():
            return error.exit_code, str(error)
        case BrokenPipeError():
            stdout.discard()
            return _READER_GONE, ""
        case signals.StopRequested() | KeyboardInterrupt():
            exchange.abandon()
            code = getattr(error, "exit_code", 128 + signal.SIGINT)
            return code, "Stopped. What was saved before stands."
    if (told := of_the_system(error)) is not None:
        return told.exit_code, str(told)
    return 1, f"Something unexpected happened ({_place(error)}). What was saved before stands."


def _place(error: BaseException) -> str:
    """The kind of error and where in this package it arose: never its words, which may be a person's."""
    frames = traceback.walk_tb(error.__traceback__)
    places = [(str(frame.f_globals.get("__name__")), line) for frame, line in frames]
    own = [place for place in places if place[0].startswith(PROGRAM)]
    name, line = own[-1] if own else (PROGRAM, 0)
    return f"{type(error).__name__} in {name}, line {line}"
