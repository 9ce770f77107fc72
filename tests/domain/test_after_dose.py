"""When a card on after-effects is due, and when what goes to the partner waits."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.after_dose import DUE_DAYS, LASTS, LONGEST, due
from kapjournal.domain.ids import MemberId
from kapjournal.domain.self_reports import AfterEffects
from kapjournal.domain.sessions import Session, SessionKind

ME, OTHER, LEE = MemberId(b"a" * 32), MemberId(b"b" * 32), MemberId(b"l" * 32)
DOSE = dt.date(2026, 3, 25)
"""A few days before the clocks go forward in Europe."""


def session(
    day: dt.date,
    *dosing: MemberId,
    kind: SessionKind = SessionKind.DOSING,
    time: dt.time | None = None,
    number: int = 1,
) -> Session:
    return Session(f"{day}", LEE, number, kind, day, time, "", frozenset(dosing))


def card(day: dt.date) -> AfterEffects:
    return AfterEffects(day, dt.datetime.combine(day, dt.time(9), dt.UTC), answers=(("fog", True),))


def due_on(after: int, *sessions: Session, cards: tuple[AfterEffects, ...] = ()) -> int | None:
    found = due(sessions or (session(DOSE, ME),), ME, DOSE + dt.timedelta(days=after), cards)
    return found.day if found else None


def test_it_is_due_on_days_one_three_and_seven_and_then_every_thirty() -> None:
    asked = [due_on(after) for after in range(46)]
    assert asked[:3] == [None, 1, 1] and asked[3:7] == [3] * 4 and asked[7:14] == [7] * 7
    assert asked[14:37] == [None] * 23, "and then it is quiet"
    assert asked[37:44] == [37] * 7 and asked[44:] == [None] * 2


def test_a_card_made_that_day_or_later_is_enough_and_an_earlier_one_is_not() -> None:
    made = (card(DOSE + dt.timedelta(days=1)),)
    assert due_on(2, cards=made) is None and due_on(3, cards=made) == 3
    assert due_on(5, cards=(*made, card(DOSE + dt.timedelta(days=4)))) is None


def test_it_is_about_a_dose_of_ones_own_alone() -> None:
    assert due_on(3, session(DOSE, OTHER)) is None
    assert due_on(3, session(DOSE)) == 3, "nobody said who doses"
    assert due_on(3, session(DOSE, kind=SessionKind.INTEGRATION)) is None
    later = session(DOSE + dt.timedelta(days=6), ME)
    assert due_on(7, session(DOSE, ME), later) == 1, "the last dose counts"
    assert due_on(7, session(DOSE, ME), session(DOSE + dt.timedelta(days=6), OTHER)) == 7


def test_after_the_closing_session_nobody_is_asked() -> None:
    closing = session(DOSE + dt.timedelta(days=30), kind=SessionKind.CLOSING)
    assert due_on(7, session(DOSE, ME), closing) == 7
    assert due_on(37, session(DOSE, ME), closing) is None


@given(st.integers(-400, 2 * LONGEST))
def test_whatever_the_day_what_is_asked_is_of_the_last_week(after: int) -> None:
    day = due_on(after)
    if day is not None:
        assert 0 <= after - day < LASTS and day < LONGEST
        assert day in DUE_DAYS or (day - DUE_DAYS[-1]) % 30 == 0
