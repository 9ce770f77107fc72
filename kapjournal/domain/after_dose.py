"""The days after a dose of one partner: when they are asked about after-effects, and what is said while what
they share with their partner waits.

All days and hours are those of the clock where the person is.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.domain.ids import MemberId
from kapjournal.domain.self_reports import AfterEffects
from kapjournal.domain.sessions import Session, SessionKind

DUE_DAYS = (1, 3, 7)
"""Days after a dose on which after-effects are asked about."""
EVERY = 30
"""Days between two times after the last of these, while the course runs."""
LASTS = 7
"""For so many days at most somebody is reminded of one time; then it has passed."""
LONGEST = 366
"""So many days after the last dose nobody is asked any more, also if no session closed the course."""

WAITS = "You can share this with {partner} from {until}. Until then {meanwhile}, unless you send it now."


@dataclass(frozen=True, slots=True)
class Due:
    """That a card is due: after the dose of this session, of which it is this day."""

    session: Session
    day: int


def own_doses(sessions: Iterable[Session], who: MemberId, until: dt.date) -> list[Session]:
    """The dosing sessions of one partner up to a day, in the order of the course: those in which they dose,
    and those of which nobody said who does."""
    own = (
        one
        for one in sessions
        if one.kind is SessionKind.DOSING and one.date <= until and (not one.dosing or who in one.dosing)
    )
    return sorted(own, key=lambda one: one.order)


def due(
    sessions: Iterable[Session], who: MemberId, today: dt.date, cards: Iterable[AfterEffects]
) -> Due | None:
    """The card that a partner is asked for today; None if none is.

    It is about their last dose, on days 1, 3 and 7 and then every 30. It stands until a card is made on that
    day or later, the next one is due, or a week is over. After a closing session there is none.
    """
    every = list(sessions)
    doses = own_doses(every, who, today)
    if not doses:
        return None
    dose = doses[-1]
    if any(one.kind is SessionKind.CLOSING and dose.date <= one.date <= today for one in every):
        return None
    passed = (today - dose.date).days
    monthly = range(DUE_DAYS[-1] + EVERY, LONGEST, EVERY)
    reached = [day for day in (*DUE_DAYS, *monthly) if day <= passed]
    if not reached or passed - reached[-1] >= LASTS:
        return None
    since = dose.date + dt.timedelta(days=reached[-1])
    if any(card.date >= since for card in cards):
        return None
    return Due(dose, reached[-1])


def pause_in_words(until: dt.datetime, now: dt.datetime, partner: str, *, is_private: bool) -> str:
    """From when on something can be shared with the other partner: “… from 10:00 tomorrow.” Both moments are
    local; it `is_private` where nobody but its author can read it."""
    near = {now.date(): "today", now.date() + dt.timedelta(days=1): "tomorrow"}
    when = near.get(until.date()) or f"on {until.day} {until:%b %Y}"
    meanwhile = "it is yours alone" if is_private else f"{partner} cannot read it"
    return WAITS.format(partner=partner, until=f"{until:%H:%M} {when}", meanwhile=meanwhile)
