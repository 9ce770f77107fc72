"""What every face says of a therapy session beside its kind and day."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.doses import BOTH, MAX_DOSING, Dose, Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.sessions import Session, SessionKind, next_number
from kapjournal.presentation import days
from kapjournal.presentation.people import partners
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def added_by(journal: "Journal", session: Session) -> str:
    """Who put a session into the course: “added by Dr Lee”, “added by you”."""
    return f"added {_by(journal, session)}"


def in_short(journal: "Journal", session: Session) -> str:
    """A session in one line; who added it comes first, where nothing is cut: “by Dr Lee · Dosing · …”."""
    return f"{_by(journal, session)} · {days.of_session(session)}"


def coming(journal: "Journal") -> tuple[Session | None, str]:
    """The next session, also one of today, and which dose it is: “dose 3 of 8”. None where none is ahead,
    and nothing where it is no dose."""
    today = clock.today()
    found = next((one for one in journal.sessions.all() if one.date >= today), None)
    dose = journal.sessions.doses.of(found) if found else None
    return found, dose.name if dose else ""


def about_dose(journal: "Journal", session: Session, doses: Doses) -> list[str]:
    """What is said of a dosing session: “dose 3 of 8”, “12 days after dose 2”, “Ana doses”. Of others, and of
    what is not said, nothing."""
    dose = doses.of(session)
    said = [dose.name, spacing(dose)] if dose else []
    return [part for part in (*said, who_doses(journal, session)) if part]


def spacing(dose: Dose) -> str:
    """How long after the dose before it is: “12 days after dose 2”; nothing of the first."""
    if dose.days is None:
        return ""
    before = f"dose {dose.number - 1}"
    if dose.days == 0:
        return f"on the day of {before}"
    return f"{dose.days} day{'' if dose.days == 1 else 's'} after {before}"


def who_doses(journal: "Journal", session: Session) -> str:
    """Who doses in a dosing session, in words: “Ana doses”, “both dose”; nothing where it is not said."""
    return _dose(journal, session.dosing) if session.kind is SessionKind.DOSING else ""


def who_may_dose(journal: "Journal", session: Session | None) -> dict[str, frozenset[MemberId]]:
    """What can be said of a session as to who doses, in words: each partner who is here, both, and what is
    said now."""
    here = [one.id for one in partners(journal)]
    several = [frozenset(here)] if len(here) == MAX_DOSING else []
    said = [session.dosing] if session and session.dosing else []
    return {_dose(journal, some): some for some in (*(frozenset({one}) for one in here), *several, *said)}


def _dose(journal: "Journal", dosing: Collection[MemberId]) -> str:
    if len(dosing) == MAX_DOSING:
        return f"{BOTH} dose"
    return next((f"{shown_line(journal.members.label_of(one))} doses" for one in dosing), "")


def ahead(sessions: Collection[Session], doses: Doses, planned: int) -> str:
    """What is planned and not in the course yet: “doses 4 to 8”; “session 8” where only a number of sessions,
    `planned`, was ever said. Nothing if all of it is there."""
    word, numbers = "dose", doses.to_come
    if not doses.planned:
        word, numbers = "session", range(next_number(sessions), planned + 1)
    if len(numbers) < 2:
        return f"{word} {numbers[0]}" if numbers else ""
    return f"{word}s {numbers[0]} to {numbers[-1]}"


def _by(journal: "Journal", session: Session) -> str:
    is_mine = session.author == journal.me.id
    return f"by {'you' if is_mine else shown_line(journal.members.label_of(session.author))}"
