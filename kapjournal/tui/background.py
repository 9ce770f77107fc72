"""Slow work beside the screen: in a thread, with the outcome delivered as a message to what asked for it.

An outcome for a screen that is gone by then is dropped, so a lock never meets a late answer.
"""

from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kapjournal.errors import KapjournalError, of_the_system
from kapjournal.tui.textual_internals.taken_away import is_being_taken_away

if TYPE_CHECKING:
    from textual.worker import Worker, WorkType

T = TypeVar("T")
OnResult = Callable[[T], object]


class Owner(Protocol):
    """What work is done for: a screen, a widget or the app."""

    def run_worker(
        self,
        work: "WorkType[T]",
        name: str | None = "",
        group: str = "default",
        description: str = "",
        exit_on_error: bool = True,
        start: bool = True,
        exclusive: bool = False,
        thread: bool = False,
    ) -> "Worker[T]":
        """Start a worker that ends with its owner."""

    def call_later(self, callback: "Callable[..., Any]", *args: Any, **kwargs: Any) -> bool:
        """Call in the owner's own task, unless the owner is gone."""


def run(
    owner: Owner,
    work: Callable[[], T],
    on_result: OnResult[T],
    on_error: Callable[[str], object],
    *,
    group: str = "work",
) -> "Worker[None]":
    """Do `work` in a thread, then call `on_result(result)` or `on_error(sentence)` in the owner's task.

    The thread has the caller's context, so that it is the same time in both. What the work was given, which
    may be a person's words, is let go of once it is done: the worker may be known long after.
    """
    context, begun = copy_context(), [work]

    def in_thread() -> None:
        try:
            result = context.run(begun.pop())
        except Exception as error:  # noqa: BLE001 - whatever it was, the screen and its words must stay
            owner.call_later(_deliver, owner, partial(on_error, error_sentence(error)))
        else:
            owner.call_later(_deliver, owner, partial(on_result, result))

    return owner.run_worker(in_thread, thread=True, group=group, exit_on_error=False)


def _deliver(owner: Owner, outcome: Callable[[], object]) -> object:
    """Tell the outcome, unless the owner is being taken from the screen: its parts are gone before it is."""
    return None if is_being_taken_away(owner) else outcome()


def error_sentence(error: Exception) -> str:
    """One calm sentence for an error; of an unexpected one the type alone, for its text may quote a note."""
    if isinstance(error, KapjournalError):
        return str(error)
    if (told := of_the_system(error)) is not None:
        return str(told)
    if isinstance(error, OSError) and error.strerror:
        return f"The computer said: {error.strerror.lower()}."
    return f"Something unexpected happened ({type(error).__name__})."
