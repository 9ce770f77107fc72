"""Where a command begins and ends: here alone an error becomes one sentence and an exit code."""

import signal
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kapjournal import exchange, signals
from kapjournal.cli import printing, telling
from kapjournal.cli.app import command
from kapjournal.cli.call import Call
from kapjournal.cli.launch import Launch
from kapjournal.errors import KapjournalError, UsageError

if TYPE_CHECKING:
    from kapjournal.journal import KdfStrength

PROGRAM = "kapjournal"
_READER_GONE = 128 + getattr(signal, "SIGPIPE", 13)


def run(
    argv: Sequence[str], *, strength: "KdfStrength | None" = None, memory: Path | None = None
) -> int | Launch:
    """Carry out a command line in this process; returns its exit code, or the request to open the screens.

    `strength` is what new keyslots cost and `memory` the folder of what this computer remembers; None means
    the usual ones. Neither is an option of the command line.
    """
    call = Call(strength=strength, memory=memory)

    def invoke() -> object:
        with command().make_context(PROGRAM, list(argv), obj=call) as context:
            return context.command.invoke(context)

    outcome = caught(invoke)
    return outcome if isinstance(outcome, int | Launch) else 0


def caught(work: Callable[[], object]) -> object:
    """Do what was asked for; if it ends in an error or is stopped, say why and return the exit code."""
    with signals.handled():
        try:
            return work()
        except (Exception, signals.Stopped, KeyboardInterrupt) as error:  # noqa: BLE001 - the last net
            code, sentence = _ending(error)
            if sentence:
                telling.say(sentence)
            return code


def _ending(error: BaseException) -> tuple[int, str]:
    """The exit code for an error and what is said about it, which may be nothing."""
    match error:
        case KapjournalError():
            return error.exit_code, str(error)
        case typer.Exit():
            return error.exit_code, ""
        case typer.TyperException():
            return UsageError.exit_code, _usage(error)
        case BrokenPipeError():
            printing.drop()
            return _READER_GONE, ""
        case signals.Stopped() | KeyboardInterrupt():
            exchange.abandon()
            code = getattr(error, "exit_code", 128 + signal.SIGINT)
            return code, "Stopped. What was saved before stands."
    return 1, f"Something unexpected happened ({_place(error)}). What was saved before stands."


def _usage(error: typer.TyperException) -> str:
    sentence = " ".join(error.format_message().split()).replace("?.", "?")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    return f"{sentence} See: {path.strip()} --help"


def _place(error: BaseException) -> str:
    """The kind of error and where in this package it arose: never its words, which may be somebody's."""
    frames = traceback.walk_tb(error.__traceback__)
    places = [(str(frame.f_globals.get("__name__")), line) for frame, line in frames]
    own = [place for place in places if place[0].startswith(PROGRAM)]
    name, line = own[-1] if own else (PROGRAM, 0)
    return f"{type(error).__name__} in {name}, line {line}"
