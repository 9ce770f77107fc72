"""A couple and their write-ups for supervision, as the conversation about them goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.domain import supervision
from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record
from kapjournal.errors import JournalLocked, KapjournalError, Refused
from kapjournal.plain import couples
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import couple_journal
from kapjournal.presentation.write_up_heard import OPEN_THEIRS
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.write_ups import WriteUps


@dataclass(frozen=True, slots=True)
class OfCouple:
    """The write-ups of one couple."""

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


@dataclass(frozen=True, slots=True)
class WriteUp:
    """One write-up of a couple."""

    of: OfCouple
    record_id: str

    @property
    def now(self) -> Record:
        """The write-up as it is now."""
        return self.of.write_ups.get(self.record_id)


def ask_recipient(one: WriteUp, question: str) -> str:
    """Ask for one person; Enter means the recipient that the write-up names, if it names one."""
    named = one.now.text.fields.get(supervision.RECIPIENT, "").strip()
    enter = f" Enter for {shown_line(named)}:" if named else ""
    return one.of.console.ask_for(f"{question}{enter}", lambda answer: _somebody(answer or named))


def _somebody(name: str) -> str:
    if not name:
        raise Refused(supervision.NO_RECIPIENT)
    return name


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
        of.console.say(couple_journal.ASKS)
        return couples.open_journal(of.practice, of.couple) if of.console.yes(OPEN_THEIRS) else None
    try:
        return of.practice.journal.open_couple(of.couple.case)
    except JournalLocked:
        raise
    except KapjournalError:  # the use cases say why
        return None
