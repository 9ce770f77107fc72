"""Slow work beside the screen: in a thread, with the outcome delivered as a message to whoever asked.

An outcome for a screen that is gone by then is dropped, so a lock never meets a late answer.
"""

from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

from kapjournal.errors import KapjournalError

T = TypeVar("T")
Then = Callable[[T], object]


def run(
    node: DOMNode,
    work: Callable[[], T],
    then: Then[T],
    otherwise: Callable[[str], object],
    *,
    group: str = "work",
) -> "Worker[None]":
    """Do `work` in a thread for `node`, then call `then(result)` or `otherwise(sentence)` on its own task.

    The thread has the asker's context, so that it is the same time in both.
    """
    context = copy_context()

    def in_thread() -> None:
        try:
            result = context.run(work)
        except Exception as error:  # noqa: BLE001 - whatever it was, the screen and its words must stay
            node.call_later(partial(otherwise, in_words(error)))
        else:
            node.call_later(partial(then, result))

    return node.run_worker(in_thread, thread=True, group=group, exit_on_error=False)


def in_words(error: Exception) -> str:
    """One calm sentence for an error; of an unexpected one the type alone, for its text may quote a note."""
    if isinstance(error, KapjournalError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"The computer said: {error.strerror.lower()}."
    return f"Something unexpected happened ({type(error).__name__})."
