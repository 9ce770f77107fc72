"""What is said to a partner beside everything that a therapist will read."""

from typing import TYPE_CHECKING

from kapjournal.domain.bringing import therapists_here
from kapjournal.presentation import kept
from kapjournal.presentation.crisis_notice import not_monitored

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def beside_what_a_therapist_reads(journal: "Journal", country: str) -> str:
    """Whom to call, and that a copy may be kept, to the member whose door is open."""
    members = journal.members.all()
    said = (not_monitored(country), kept.may_be_kept(therapists_here(members), members, journal.me))
    return " ".join(filter(None, said))
