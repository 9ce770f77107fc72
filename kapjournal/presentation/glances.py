"""A glance into the journal of a couple, for the list of couples."""

from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.record_signing import awaits_signature_in_lists
from kapjournal.presentation.answered_measures import has_open_mark
from kapjournal.presentation.couple_journal import looked_into, state_of
from kapjournal.presentation.couples import Glance
from kapjournal.presentation.sessions import coming

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Seen = dict[CaseId, tuple[object, Glance]]
"""What was seen of each couple, with the state of their file then."""


def look(practice: "Journal", couple: Couple, seen: Seen) -> Glance:
    """The same, without opening a journal that is as it was when it was looked into last (`glance`)."""
    state = (couple.path, couple.opens, clock.today(), state_of(couple.path))
    known = seen.get(couple.case)
    if known is None or known[0] != state or known[1].why_not:
        seen[couple.case] = known = state, glance(practice, couple)
    return known[1]


def unsigned(practice: "Journal") -> frozenset[CaseId]:
    """The couples of whom a record waits for the member's signature, as far as a list may say so."""
    me = practice.me.id
    waiting = (one for one in practice.signing.unsigned() if awaits_signature_in_lists(one, me))
    return frozenset(record.case for record in waiting)


def glance(practice: "Journal", couple: Couple) -> Glance:
    """Look into the journal of a couple, and close it again (`JournalLocked` if the practice was)."""
    if not couple.opens:
        why_not = "asks for its own passphrase" if couple.path else "its journal is not known here"
        return Glance(why_not=why_not)
    return looked_into(practice, couple, _seen_in, lambda why: Glance(why_not=why))


def _seen_in(journal: "Journal") -> Glance:
    session, dose = coming(journal)
    is_new = journal.notes.is_new
    has_new = any(is_new(note) for note in journal.notes.all())
    asks = bool(journal.talking.current())
    return Glance(session, has_new, dose=dose, has_open_mark=has_open_mark(journal), asks=asks)
