"""Ctrl+C, Ctrl+\\, TERM and HUP: each becomes an exception, but never in the middle of a transaction."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

_NAMES = ("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP")
_SIGNALS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


class StopRequested(BaseException):
    """A signal asks the program to end. Not an `Exception`, so that no handler of errors catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.exit_code = 128 + number


class _Hold:
    """How many blocks are deferring signals, and the signal that came meanwhile."""

    depth = 0
    waiting: int | None = None


_hold = _Hold()


@contextmanager
def handled() -> Iterator[None]:
    """Raise `StopRequested` for each signal during the block; a signal that was ignored stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    listened = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    hook = sys.unraisablehook
    try:
        for number in listened:
            signal.signal(number, _stop)
        sys.unraisablehook = partial(_keep, hook)
        yield
    except BaseException:
        _hold.waiting = None  # the program ends all the same
        raise
    finally:
        sys.unraisablehook = hook
        for number in listened:
            signal.signal(number, before[number])
    _raise_waiting()


@contextmanager
def deferred() -> Iterator[None]:
    """Let a signal wait until the block ends.

    For transactions, and for the time between a change and showing the secret that belongs to it.
    """
    if threading.current_thread() is not threading.main_thread():  # signals come to the main thread alone
        yield
        return
    _hold.depth += 1
    try:
        yield
    finally:
        _hold.depth -= 1
        if not _hold.depth:
            _raise_waiting()


def give_way() -> None:
    """Raise `StopRequested` now if a signal waits: between the steps of a long transaction, which is then
    undone."""
    if _hold.waiting is not None and threading.current_thread() is threading.main_thread():
        raise StopRequested(_hold.waiting)


def _stop(number: int, _frame: FrameType | None) -> None:
    if _hold.depth:
        _hold.waiting = number
    else:
        raise StopRequested(number)


def _raise_waiting() -> None:
    if _hold.waiting is not None:
        number, _hold.waiting = _hold.waiting, None
        raise StopRequested(number)


def _keep(otherwise: Callable[["sys.UnraisableHookArgs"], object], told: "sys.UnraisableHookArgs") -> None:
    """Python ends with nothing but a message whatever is raised while it tidies up an object; a signal that
    comes in such a moment waits for the end of the next block that defers, or of all."""
    if isinstance(told.exc_value, StopRequested):
        _hold.waiting = told.exc_value.number
    else:
        otherwise(told)
