"""A couple of a practice and their journal beside it, as the conversation about them goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.domain.couples import Couple
from kapjournal.errors import JournalLocked, KapjournalError
from kapjournal.plain import couples
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation.couple_journal import ASKS, OPEN_IT

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.write_ups import WriteUps


@dataclass(frozen=True, slots=True)
class OfCouple:
    """One couple of the practice that is open."""

    practice: Unlocked
    couple: Couple

    @property
    def console(self) -> Console:
        """The console the therapist sits at."""
        return self.practice.console

    @property
    def write_ups(self) -> "WriteUps":
        """The use cases."""
        return self.practice.journal.write_ups


@contextmanager
def their_journal(of: OfCouple) -> "Iterator[Journal | None]":
    """The couple's journal while the block runs; None if it cannot be read, or asks for a passphrase of its
    own and the therapist leaves it so: what is done without it says what is missing then."""
    opened = _opened(of)
    if opened is None:
        yield None
        return
    with opened:
        of.console.opened_beside(opened.close)
        try:
            yield opened
        finally:
            of.console.closed_beside()


def _opened(of: OfCouple) -> "Journal | None":
    if not of.couple.opens:
        of.console.say(ASKS)
        return couples.open_journal(of.practice, of.couple) if of.console.yes(OPEN_IT) else None
    try:
        return of.practice.journal.open_couple(of.couple.case)
    except JournalLocked:
        raise
    except KapjournalError:  # the use cases say why
        return None
