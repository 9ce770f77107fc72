"""What every face says of a therapy session beside its kind and day."""

from typing import TYPE_CHECKING

from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def added_by(journal: "Journal", session: Session) -> str:
    """Who put a session into the course: “added by Dr Lee”, “added by you”."""
    return f"added {_by(journal, session)}"


def in_short(journal: "Journal", session: Session) -> str:
    """A session in one line; who added it comes first, where nothing is cut: “by Dr Lee · Dosing · …”."""
    return f"{_by(journal, session)} · {days.of_session(session)}"


def _by(journal: "Journal", session: Session) -> str:
    is_mine = session.author == journal.me.id
    return f"by {'you' if is_mine else shown_line(journal.members.label_of(session.author))}"
