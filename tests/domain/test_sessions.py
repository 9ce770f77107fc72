"""Sessions: who adds them, how they are numbered, in which order they stand."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.sessions import (
    MAX_NUMBER,
    Session,
    SessionKind,
    check_may_add,
    check_number,
    kind_from,
    next_number,
    title_from,
)
from kapjournal.errors import Refused, UsageError


def member(label: str, role: Role, *, removed: bool = False) -> Member:
    return Member(MemberId(label.encode().ljust(32)), label, role, label, removed=removed)


def session(number: int, date: dt.date = dt.date(2026, 11, 18), time: dt.time | None = None) -> Session:
    return Session(f"s{number}", MemberId(b"k" * 32), number, SessionKind.DOSING, date, time, "")


ANA, BEN = member("Ana", Role.PARTNER), member("Ben", Role.PARTNER)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_therapists_and_the_keeper_may_add_a_session(role: Role) -> None:
    me = member("Dr Lee", role)
    keeper = dataclasses.replace(me, is_keeper=True)
    check_may_add(keeper, [keeper, ANA, BEN])
    if role.is_therapist:
        check_may_add(me, [me, ANA, BEN])
    else:
        with pytest.raises(Refused, match="who adds them reads them too"):
            check_may_add(me, [me, ANA, BEN])


@pytest.mark.parametrize("me", [ANA, BEN])
@pytest.mark.parametrize("role", [Role.THERAPIST, Role.CO_THERAPIST])
def test_a_partner_adds_sessions_only_where_there_is_no_therapist(me: Member, role: Role) -> None:
    lee = member("Dr Lee", role)
    with pytest.raises(Refused, match="the therapist adds the sessions"):
        check_may_add(me, [lee, ANA, BEN])
    check_may_add(me, [ANA, BEN, member("Sue", Role.SUPERVISOR)])
    gone = dataclasses.replace(lee, removed=True)
    with pytest.raises(Refused, match="Now the keeper adds the sessions"):
        check_may_add(me, [ANA, BEN, gone])  # no reader would count it
    keeper = dataclasses.replace(me, is_keeper=True)
    check_may_add(keeper, [keeper, gone])
    with pytest.raises(Refused, match="the therapist adds the sessions"):
        check_may_add(keeper, [keeper, lee])


@pytest.mark.parametrize("number", [1, 2, MAX_NUMBER])
def test_a_free_number_is_taken(number: int) -> None:
    assert check_number(number, [session(3)]) == number


@pytest.mark.parametrize("number", [0, -1, MAX_NUMBER + 1])
def test_a_number_out_of_range_is_a_usage_error(number: int) -> None:
    with pytest.raises(UsageError, match="between 1 and 9999"):
        check_number(number, [])


def test_a_number_stands_once() -> None:
    with pytest.raises(Refused, match="session 3 already"):
        check_number(3, [session(2), session(3)])


@given(st.sets(st.integers(1, MAX_NUMBER - 1)))
def test_the_next_number_is_free_and_the_highest(numbers: set[int]) -> None:
    others = [session(number) for number in numbers]
    number = check_number(next_number(others), others)
    assert all(number > other for other in numbers)


def test_sessions_stand_by_day_then_time_then_number() -> None:
    day = dt.date(2026, 11, 18)
    in_order = [
        session(9, day - dt.timedelta(1), dt.time(23, 59)),
        session(8, day),
        session(7, day, dt.time(9)),
        session(2, day, dt.time(14)),
        session(5, day, dt.time(14)),
        session(1, day + dt.timedelta(1)),
    ]
    assert sorted(reversed(in_order), key=lambda s: s.order) == in_order


def test_a_session_is_called_by_number_and_title() -> None:
    assert session(3).name == "Session 3"
    assert dataclasses.replace(session(3), title="The hallway").name == "Session 3: The hallway"


@pytest.mark.parametrize("kind", SessionKind)
def test_a_kind_is_read_in_any_case(kind: SessionKind) -> None:
    assert kind_from(f" {kind.value.upper()} ") is kind


def test_a_word_that_is_no_kind_gets_the_list_of_them() -> None:
    with pytest.raises(UsageError, match="intake, preparation, dosing, integration, check-in, closing"):
        kind_from("party")


def test_a_title_is_one_line_and_may_be_empty() -> None:
    assert title_from("  ") == ""
    assert title_from(" The hallway\n") == "The hallway"
    with pytest.raises(UsageError, match="A title"):
        title_from("two\nlines")
