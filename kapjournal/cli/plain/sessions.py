"""The sessions of the course: hear them, add one."""

from kapjournal import clock
from kapjournal.cli.plain import sayings
from kapjournal.cli.plain.menus import Entry, Menu, offer, pick
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain.sessions import Session, SessionKind, title_from
from kapjournal.domain.values import day_from, time_from


def sessions(seat: Seat) -> None:
    """A menu of two."""
    here = "The sessions are the course. The therapist adds them, or a partner where there is no therapist."
    offer(seat.talk, Menu("Sessions", here, lambda _: _ENTRIES), seat)


def _list(seat: Seat) -> None:
    found = seat.journal.sessions()
    seat.talk.say(*(map(_in_words, found)) if found else ["There are no sessions yet."])


def _in_words(session: Session) -> str:
    at = f" at {session.time:%H:%M}" if session.time else ""
    return f"{session.name}. {session.kind.value.capitalize()}, {sayings.day(session.date)}{at}."


def _add(seat: Seat) -> None:
    talk = seat.talk
    kind = pick(talk, "What the session is for, number or word:", {kind.value: kind for kind in SessionKind})
    today = clock.today()
    date = talk.ask_for(
        "The day, as year, month, day, such as 2026-11-24. Enter for today:",
        lambda answer: day_from(answer) if answer else today,
    )
    time = talk.ask_for(
        "The time, as hours and minutes, such as 14:30. Enter for none:",
        lambda answer: time_from(answer) if answer else None,
    )
    title = talk.ask_for("Title, or press Enter for none:", title_from)
    added = seat.journal.add_session(kind=kind, date=date, time=time, title=title)
    talk.say(f"Added: {_in_words(added)}")


_ENTRIES = (
    Entry[Seat]("list", "Hear the sessions.", _list),
    Entry[Seat]("add", "Put a session into the course.", _add),
)
