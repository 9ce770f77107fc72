"""A second door at the same keyboard: the other partner types their passphrase, and both are open until what
the two do together is over."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kapjournal.domain.members import Member, Role
from kapjournal.errors import UnlockFailed
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation.second_door import asks_for_passphrase
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_TRIES = 3


@contextmanager
def both_doors(unlocked: Unlocked) -> "Iterator[tuple[Journal, Journal]]":
    """The open journals of the two partners while the block runs, that of the member first; whoever is not
    there yet is asked for their passphrase (`Back` if that opens nothing)."""
    first = unlocked.journal
    with ExitStack() as opened:
        doors = [first] if first.me.role is Role.PARTNER else []
        for member in journal.beside(first):
            doors.append(opened.enter_context(_beside(unlocked, member)))
        mine, theirs = doors
        yield mine, theirs


@contextmanager
def _beside(unlocked: Unlocked, member: Member) -> "Iterator[Journal]":
    with _opened(unlocked, member) as second:
        unlocked.console.opened_beside(second.close)
        try:
            yield second
        finally:
            unlocked.console.closed_beside()


def _opened(unlocked: Unlocked, member: Member) -> "Journal":
    console, question = unlocked.console, asks_for_passphrase(unlocked.journal, member.label)
    for left in reversed(range(_TRIES)):
        passphrase = console.secret(f"{question} The passphrase of {member.label}:", "It is not shown.")
        console.say("Opening.")
        folder = unlocked.conversation.record_folder
        try:
            return journal.open_second_door(unlocked.journal, member, passphrase, folder)
        except UnlockFailed as error:
            console.say(str(error), "" if left else "That was the third time.")
    raise Back
