"""Looking from a practice into the journal of a couple, for what of theirs is to leave."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol, TypeVar

from kapjournal.domain.ids import CaseId
from kapjournal.errors import JournalLocked, KapjournalError
from kapjournal.journal.authorisations import Authorisations
from kapjournal.journal.members import Members
from kapjournal.journal.notes import Notes
from kapjournal.journal.page_consents import PageConsents
from kapjournal.journal.sessions import Sessions


class CouplesJournal(Protocol):
    """The open journal of a couple: what of it write-ups and packs need."""

    members: Members
    sessions: Sessions
    notes: Notes
    authorisations: Authorisations
    page_consents: PageConsents

    @property
    def title(self) -> str:
        """What its keeper called it."""

    def refresh(self) -> bool:
        """Take in what other programs wrote."""


OpenCouple = Callable[[CaseId], AbstractContextManager[CouplesJournal]]
J = TypeVar("J", bound=CouplesJournal)


@contextmanager
def looked_into(
    open_couple: Callable[[CaseId], AbstractContextManager[J]], case: CaseId, theirs: J | None
) -> Iterator[J | str]:
    """The journal of a couple, `theirs` where a face has it open, or in a sentence why it cannot be read
    (`JournalLocked`)."""
    try:
        opened = nullcontext(theirs) if theirs is not None else open_couple(case)
    except JournalLocked:
        raise
    except KapjournalError as error:
        yield str(error)
        return
    with opened as journal:
        journal.refresh()  # a face may have it open for hours, and something was taken back since
        yield journal
