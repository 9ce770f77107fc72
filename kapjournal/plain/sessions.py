"""The sessions of the course: hear them, add one, change one, say how many doses are planned."""

import datetime as dt
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.doses import Doses, check_planned
from kapjournal.domain.ids import MemberId
from kapjournal.domain.parsing import day_from, number_from, time_from
from kapjournal.domain.sessions import Session, SessionKind, may_add, title_from
from kapjournal.errors import Refused
from kapjournal.plain import phrasing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.presentation import days, sentences
from kapjournal.presentation.sessions import about_dose, added_by, who_may_dose
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import SessionChange


def sessions(unlocked: Unlocked) -> None:
    """Offer what the member may do with the sessions."""
    help_text = (
        "The sessions are the course. The therapist adds them, or a partner where there is no therapist. "
        "Whoever added a session can change it, and the keeper says how many doses are planned in all."
    )
    offer(unlocked.console, Menu("Sessions", help_text, lambda _: ENTRIES), unlocked)


def _list(unlocked: Unlocked) -> None:
    found, doses = unlocked.journal.sessions.all(), unlocked.journal.sessions.doses
    is_planned = doses.planned or unlocked.journal.sessions.planned
    unlocked.console.say(
        *(_in_words(unlocked, session, doses, added_by(unlocked.journal, session)) for session in found),
        "" if found else "There are no sessions yet.",
        _planned(unlocked) if is_planned else "",
    )


def _in_words(unlocked: Unlocked, session: Session, doses: Doses, *more: str) -> str:
    at = f" at {session.time:%H:%M}" if session.time else ""
    about = (f"{days.spoken(session.date)}{at}", *about_dose(unlocked.journal, session, doses), *more)
    return f"{session.name}. {session.kind.value.capitalize()}, {', '.join(about)}."


def _planned(unlocked: Unlocked) -> str:
    sessions = unlocked.journal.sessions
    return sentences.planned(sessions.planned_doses, sessions.planned)


def _add(unlocked: Unlocked) -> None:
    wanted = _asked(unlocked, None)
    if wanted.kind is None or wanted.date is None:
        raise Refused("A session has a kind and a day.")
    added = unlocked.journal.sessions.add(
        kind=wanted.kind,
        date=wanted.date,
        time=wanted.time,
        number=wanted.number,
        title=wanted.title or "",
        dosing=wanted.dosing or frozenset(),
    )
    unlocked.console.say(f"Added: {_in_words(unlocked, added, unlocked.journal.sessions.doses)}")


def _change(unlocked: Unlocked) -> None:
    choices = {session.name: session for session in _own(unlocked)}
    chosen = pick(unlocked.console, "Which session? Enter for none:", {**choices, "": None})
    if chosen is None:
        return
    now = _in_words(unlocked, chosen, unlocked.journal.sessions.doses)
    unlocked.console.say(f"It is now: {now}", "Enter leaves each of these as it is.")
    changed = unlocked.journal.sessions.edit(chosen.number, _asked(unlocked, chosen))
    unlocked.console.say(f"Changed: {_in_words(unlocked, changed, unlocked.journal.sessions.doses)}")


def _asked(unlocked: Unlocked, before: Session | None) -> "SessionChange":
    """Ask five questions, and of a dosing session who doses. Enter means what `before` has or, for a new
    session, the usual."""
    console = unlocked.console
    kinds: dict[str, SessionKind | None] = {kind.value: kind for kind in SessionKind}
    kind = pick(
        console, "What the session is for, number or word:", {**kinds, "": before.kind} if before else kinds
    )
    date = console.ask_for(
        f"The day, as year, month, day, such as 2026-11-24. Enter for {'the same' if before else 'today'}:",
        lambda answer: day_from(answer) if answer else before.date if before else clock.today(),
    )
    taking = " A hyphen takes it away." if before and before.time else ""
    time = console.ask_for(
        f"The time, as hours and minutes, such as 14:30.{taking} Enter for "
        f"{'the same' if before else 'none'}:",
        lambda answer: _time(answer, before),
    )
    number = console.ask_for(
        f"Its number. Enter for {'the same' if before else 'the next one'}:",
        lambda answer: number_from(answer) if answer else None,
    )
    taking = " A hyphen takes it away, Enter leaves it:" if before and before.title else " Enter for none:"
    title = console.ask_for(
        f"Title.{taking}",
        lambda answer: title_from(
            "" if answer == phrasing.NOTHING else answer or (before.title if before else "")
        ),
    )
    dosing = _who_doses(unlocked, before) if kind is SessionKind.DOSING else frozenset[MemberId]()
    return journal.SessionChange(kind, date, time, number, title, untimed=time is None, dosing=dosing)


def _who_doses(unlocked: Unlocked, before: Session | None) -> frozenset[MemberId]:
    """Ask which partners dose, where there are any."""
    said = before.dosing if before else frozenset[MemberId]()
    choices = who_may_dose(unlocked.journal, before)
    if not choices:
        return said
    leaves = "leaves it" if said else "says nothing of it"
    question = f"Who doses, number or word. Enter {leaves}:"
    return pick(unlocked.console, question, {**choices, _NOT_SAID: frozenset(), "": said})


def _time(answer: str, before: Session | None) -> dt.time | None:
    if answer == phrasing.NOTHING:
        return None
    return time_from(answer) if answer else before.time if before else None


def _plan(unlocked: Unlocked) -> None:
    """Ask the keeper how many doses there are to be."""
    console = unlocked.console
    console.say(_planned(unlocked), "What you say here is heard in the course, by all of you.")
    count = console.ask_for(
        "How many doses are planned in all? 0 says nothing of it, Enter leaves it:",
        lambda answer: check_planned(number_from(answer)) if answer else None,
    )
    if count is not None:
        unlocked.journal.sessions.plan(count)
        console.say(_planned(unlocked))


def _own(unlocked: Unlocked) -> list[Session]:
    me = unlocked.journal.me.id
    return [session for session in unlocked.journal.sessions.all() if session.author == me]


_NOT_SAID = "not said"

ENTRIES = (
    Entry[Unlocked]("list", "Hear the sessions.", _list),
    Entry[Unlocked](
        "add",
        "Put a session into the course.",
        _add,
        lambda unlocked: may_add(unlocked.journal.me, unlocked.journal.members.all()),
    ),
    Entry[Unlocked]("change", "Change a session you added.", _change, lambda unlocked: bool(_own(unlocked))),
    Entry[Unlocked](
        "plan", "Say how many doses are planned.", _plan, lambda unlocked: unlocked.journal.me.is_keeper
    ),
)
"""What can be done about the sessions."""
