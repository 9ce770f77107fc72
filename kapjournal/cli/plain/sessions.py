"""The sessions of the course: hear them, add one, change one, say how many are planned."""

import datetime as dt
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.cli.lazily import journal
from kapjournal.cli.plain import sayings
from kapjournal.cli.plain.menus import Entry, Menu, offer, pick
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain import sentences
from kapjournal.domain.sessions import Session, SessionKind, check_planned, may_add, title_from
from kapjournal.domain.values import day_from, number_from, time_from
from kapjournal.errors import Refused

if TYPE_CHECKING:
    from kapjournal.journal import SessionChange


def sessions(seat: Seat) -> None:
    """A menu of what one may do."""
    here = (
        "The sessions are the course. The therapist adds them, or a partner where there is no therapist. "
        "Whoever added a session can change it, and the keeper says how many are planned in all."
    )
    offer(seat.talk, Menu("Sessions", here, lambda _: _ENTRIES), seat)


def _list(seat: Seat) -> None:
    found = seat.journal.sessions.all()
    planned = seat.journal.sessions.planned
    seat.talk.say(
        *(map(_in_words, found) if found else ["There are no sessions yet."]),
        sentences.planned(planned) if planned else "",
    )


def _in_words(session: Session) -> str:
    at = f" at {session.time:%H:%M}" if session.time else ""
    return f"{session.name}. {session.kind.value.capitalize()}, {sayings.day(session.date)}{at}."


def _add(seat: Seat) -> None:
    wanted = _asked(seat, None)
    if wanted.kind is None or wanted.date is None:
        raise Refused("A session has a kind and a day.")
    added = seat.journal.sessions.add(
        kind=wanted.kind,
        date=wanted.date,
        time=wanted.time,
        number=wanted.number,
        title=wanted.title or "",
    )
    seat.talk.say(f"Added: {_in_words(added)}")


def _change(seat: Seat) -> None:
    choices = {session.name: session for session in _own(seat)}
    chosen = pick(seat.talk, "Which session? Enter for none:", {**choices, "": None})
    if chosen is None:
        return
    seat.talk.say(f"It is now: {_in_words(chosen)}", "Enter leaves each of these as it is.")
    changed = seat.journal.sessions.edit(chosen.number, _asked(seat, chosen))
    seat.talk.say(f"Changed: {_in_words(changed)}")


def _asked(seat: Seat, before: Session | None) -> "SessionChange":
    """Five questions. Enter means what `before` has or, of a new session, the usual."""
    talk = seat.talk
    kinds: dict[str, SessionKind | None] = {kind.value: kind for kind in SessionKind}
    kind = pick(
        talk, "What the session is for, number or word:", {**kinds, "": before.kind} if before else kinds
    )
    date = talk.ask_for(
        f"The day, as year, month, day, such as 2026-11-24. Enter for {'the same' if before else 'today'}:",
        lambda answer: day_from(answer) if answer else before.date if before else clock.today(),
    )
    taking = " A hyphen takes it away." if before and before.time else ""
    time = talk.ask_for(
        f"The time, as hours and minutes, such as 14:30.{taking} Enter for "
        f"{'the same' if before else 'none'}:",
        lambda answer: _time(answer, before),
    )
    number = talk.ask_for(
        f"Its number. Enter for {'the same' if before else 'the next one'}:",
        lambda answer: number_from(answer) if answer else None,
    )
    taking = " A hyphen takes it away, Enter leaves it:" if before and before.title else " Enter for none:"
    title = talk.ask_for(
        f"Title.{taking}",
        lambda answer: title_from(
            "" if answer == sayings.NOTHING else answer or (before.title if before else "")
        ),
    )
    return journal.SessionChange(kind, date, time, number, title, untimed=time is None)


def _time(answer: str, before: Session | None) -> dt.time | None:
    if answer == sayings.NOTHING:
        return None
    return time_from(answer) if answer else before.time if before else None


def _plan(seat: Seat) -> None:
    """The keeper's word on how many there are to be."""
    talk, planned = seat.talk, seat.journal.sessions.planned
    talk.say(sentences.planned(planned), "What you say here is heard in the course, by all of you.")
    count = talk.ask_for(
        "How many sessions are planned in all? 0 says nothing of it, Enter leaves it:",
        lambda answer: check_planned(number_from(answer)) if answer else planned,
    )
    if count != planned:
        seat.journal.sessions.plan(count)
        talk.say(sentences.planned(count))


def _own(seat: Seat) -> list[Session]:
    me = seat.journal.me.id
    return [session for session in seat.journal.sessions.all() if session.author == me]


_ENTRIES = (
    Entry[Seat]("list", "Hear the sessions.", _list),
    Entry[Seat](
        "add",
        "Put a session into the course.",
        _add,
        lambda seat: may_add(seat.journal.me, seat.journal.members.all()),
    ),
    Entry[Seat]("change", "Change a session you added.", _change, lambda seat: bool(_own(seat))),
    Entry[Seat]("plan", "Say how many sessions are planned.", _plan, lambda seat: seat.journal.me.is_keeper),
)
