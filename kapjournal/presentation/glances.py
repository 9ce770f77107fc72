"""A glance into the journal of a couple, for the list of couples."""

from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.errors import JournalLocked, KapjournalError
from kapjournal.presentation.couples import Glance

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def glance(practice: "Journal", couple: Couple) -> Glance:
    """Look into the journal of a couple, and close it again (`JournalLocked` if the practice was)."""
    if not couple.opens:
        why_not = "asks for its own passphrase" if couple.path else "its journal is not known here"
        return Glance(why_not=why_not)
    try:
        with practice.open_couple(couple.case) as journal:
            today = clock.today()
            coming = next((one for one in journal.sessions.all() if one.date >= today), None)
            dose = journal.sessions.doses.of(coming) if coming else None
            is_new = journal.notes.is_new
            has_new = any(is_new(note) for note in journal.notes.all())
            return Glance(coming, has_new, dose=dose.name if dose else "")
    except JournalLocked:
        raise
    except KapjournalError as error:
        return Glance(why_not=str(error))
