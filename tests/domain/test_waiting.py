"""Pages that wait: the pause after a dose, and what lets a page out."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.waiting import (
    AT_ONCE,
    Hold,
    NextSession,
    Until,
    Waiting,
    When,
    check_may_wait,
    check_to_come,
    is_due,
    moment_from,
    next_session,
    pause_until,
    shared,
)
from kapjournal.errors import Refused, UsageError
from tests.wall_clock import in_zone

ANA, BEN, LEE = (MemberId(letter * 32) for letter in (b"a", b"b", b"l"))
PARTNERS = frozenset({ANA, BEN})
DAY = dt.date(2026, 3, 2)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_berlin() -> Iterator[None]:
    """By the clock of a place that has a summer time."""
    with in_zone("Europe/Berlin"):
        yield


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return clock.moment_of(day, dt.time(hour, minute))


def session(
    day: dt.date = DAY,
    hour: int | None = 10,
    *,
    kind: SessionKind = SessionKind.DOSING,
    author: MemberId = LEE,
    dosing: frozenset[MemberId] = frozenset(),
) -> Session:
    time_of_day = None if hour is None else dt.time(hour)
    return Session(f"{day}{hour}", author, 1, kind, day, time_of_day, "", dosing)


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        ((0, 9, 59), False),
        ((0, 10, 0), True),
        ((0, 23, 59), True),
        ((1, 0, 0), True),
        ((1, 2, 0), True),
        ((1, 9, 59), True),
        ((1, 10, 0), False),
    ],
)
def test_a_pause_begins_with_the_dose_and_ends_the_next_day_at_ten(
    now: tuple[int, int, int], runs: bool
) -> None:
    days, hour, minute = now
    end = at(DAY + dt.timedelta(days=1), 10) if runs else None
    assert pause_until([session()], ANA, at(DAY + dt.timedelta(days=days), hour, minute)) == end


def test_it_is_the_hour_of_the_clinic() -> None:
    noon = at(DAY + dt.timedelta(days=1), 12)
    assert pause_until([session()], ANA, at(DAY, 20), dt.time(12)) == noon


def test_a_session_without_a_time_pauses_from_the_beginning_of_its_day() -> None:
    assert pause_until([session(hour=None)], ANA, at(DAY, 0)) is not None
    assert pause_until([session(hour=None)], ANA, at(DAY, 0) - HOUR / 60) is None


def test_only_who_was_dosed_pauses_and_both_where_nobody_was_named() -> None:
    evening = at(DAY, 20)
    ana_only = [session(dosing=frozenset({ANA}))]
    assert pause_until(ana_only, ANA, evening) and pause_until(ana_only, BEN, evening) is None
    assert pause_until([session()], ANA, evening) and pause_until([session()], BEN, evening)
    assert pause_until([session(kind=SessionKind.INTEGRATION)], ANA, evening) is None
    assert pause_until([session(dt.date.max)], ANA, evening) is None


@pytest.mark.parametrize(
    ("day", "hours"), [(dt.date(2026, 3, 28), 23), (dt.date(2026, 10, 24), 25), (DAY, 24)]
)
def test_it_ends_at_ten_by_the_clock_on_the_wall_also_where_summer_time_begins_or_ends(
    day: dt.date, hours: int
) -> None:
    end = pause_until([session(day)], ANA, at(day, 10))
    assert end is not None and end - at(day, 10) == hours * HOUR


def test_of_two_doses_the_later_pause_counts() -> None:
    next_day = DAY + dt.timedelta(days=1)
    both = [session(), session(next_day, 8)]
    assert pause_until(both, ANA, at(next_day, 9)) == at(next_day + dt.timedelta(days=1), 10)


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31)), st.integers(0, 23))
def test_no_pause_is_over_before_it_ends(moment: dt.datetime, hour: int) -> None:
    now = moment.replace(tzinfo=dt.UTC)
    end = pause_until([session(clock.local(now).date(), hour)], ANA, now)
    assert end is None or now < end < now + dt.timedelta(hours=36)


def test_during_a_pause_the_partner_waits_and_the_therapist_does_not() -> None:
    now, end = at(DAY, 20), at(DAY + dt.timedelta(days=1), 10)
    assert shared([BEN, LEE], AT_ONCE, PARTNERS, end, now) == (frozenset({LEE}), (Hold(BEN, Until(end)),))
    assert shared([BEN, LEE], When(now=True), PARTNERS, end, now) == (frozenset({BEN, LEE}), ())
    assert shared([BEN, LEE], AT_ONCE, PARTNERS, None, now) == (frozenset({BEN, LEE}), ())


def test_a_wait_that_is_chosen_is_for_everybody_and_never_shorter_than_the_pause() -> None:
    now, end = at(DAY, 20), at(DAY + dt.timedelta(days=1), 10)
    soon = When(until=now + HOUR)
    assert shared([BEN, LEE], soon, PARTNERS, end, now) == (
        frozenset(),
        (Hold(BEN, Until(end)), Hold(LEE, Until(now + HOUR))),
    )
    assert shared([BEN], When(next_session=True), PARTNERS, end, now)[1] == (Hold(BEN, NextSession(end)),)
    assert shared([BEN], When(next_session=True), PARTNERS, None, now)[1] == (Hold(BEN, NextSession(now)),)


def test_one_question_has_one_answer() -> None:
    with pytest.raises(UsageError, match="one thing"):
        When(now=True, next_session=True)


def test_the_next_session_lets_out_once_it_has_begun() -> None:
    hold = Hold(BEN, NextSession(at(DAY, 20)))
    coming = session(DAY + dt.timedelta(days=3), 14, kind=SessionKind.INTEGRATION)
    assert next_session(hold, [session(), coming], PARTNERS) == coming
    assert not is_due(hold, [session(), coming], PARTNERS, at(DAY + dt.timedelta(days=3), 13, 59))
    assert is_due(hold, [session(), coming], PARTNERS, at(DAY + dt.timedelta(days=3), 14))
    assert not is_due(hold, [session()], PARTNERS, at(DAY + dt.timedelta(days=30), 14)), (
        "one that had begun is no next"
    )


def test_a_session_that_a_partner_added_lets_nothing_out_to_that_partner() -> None:
    hold = Hold(BEN, NextSession(at(DAY, 8)))
    assert not is_due(hold, [session(author=BEN)], PARTNERS, at(DAY, 20))
    assert next_session(hold, [session(author=BEN)], PARTNERS) is None
    assert is_due(hold, [session(author=ANA)], PARTNERS, at(DAY, 20))
    assert is_due(Hold(LEE, hold.condition), [session(author=LEE)], PARTNERS, at(DAY, 20))


def test_a_moment_lets_out_when_it_has_come() -> None:
    hold = Hold(BEN, Until(at(DAY, 10)))
    assert not is_due(hold, [], PARTNERS, at(DAY, 9, 59)) and is_due(hold, [], PARTNERS, at(DAY, 10))
    assert next_session(hold, [session()], PARTNERS) is None


def test_of_one_reader_there_is_one_hold() -> None:
    first, second = Hold(BEN, Until(at(DAY, 10))), Hold(BEN, NextSession(at(DAY, 9)))
    both = Waiting().holding([first]).holding([second, Hold(LEE, Until(at(DAY, 10)))])
    assert both.readers == {BEN, LEE} and both.without({LEE}).holds == (second,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_only_partners_let_pages_wait(role: Role) -> None:
    check_may_wait(Role.PARTNER)
    with pytest.raises(Refused, match="partners’ own"):
        check_may_wait(role)


def test_what_is_past_is_refused_with_the_day_it_is() -> None:
    check_to_come(at(DAY, 10), at(DAY, 9))
    with pytest.raises(UsageError, match="today is 2026-03-02, 10:00"):
        check_to_come(at(DAY, 10), at(DAY, 10))


def test_a_moment_is_typed_as_a_day_or_with_a_time() -> None:
    assert moment_from("2026-03-02") == at(DAY, 0)
    assert moment_from("2026-03-29 18:30") == dt.datetime(2026, 3, 29, 16, 30, tzinfo=dt.UTC)
    for odd in ("tomorrow", "2026-03-02 25:00", "2026-02-30"):
        with pytest.raises(UsageError):
            moment_from(odd)
