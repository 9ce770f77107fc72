"""Doses: numbered by the order of the dosing sessions, however these come; who doses, as it is typed."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.doses import Dose, Doses, check_dosing, check_planned, dosing_from
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused, UsageError

START = dt.date(2026, 11, 1)


def member(label: str, role: Role = Role.PARTNER, *, removed: bool = False) -> Member:
    return Member(MemberId(label.encode().ljust(32)), label, role, label, removed=removed)


def session(number: int, on: int, kind: SessionKind = SessionKind.DOSING, hour: int | None = None) -> Session:
    time = None if hour is None else dt.time(hour)
    return Session(f"s{number}", MemberId(b"k" * 32), number, kind, START + dt.timedelta(on), time, "")


ANA, BEN, LEE = member("Ana"), member("Ben"), member("Dr Lee", Role.THERAPIST)
courses = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(SessionKind), st.one_of(st.none(), st.integers(0, 23))),
    max_size=9,
).map(lambda days: [session(number, *one) for number, one in enumerate(days, 1)])


def numbers(sessions: list[Session]) -> dict[str, int]:
    doses = Doses(sessions)
    return {one.id: dose.number for one in sessions if (dose := doses.of(one))}


@given(courses, st.randoms())
def test_the_numbers_follow_from_the_order_of_the_course_however_the_sessions_come(
    course: list[Session], dice: random.Random
) -> None:
    shuffled = dice.sample(course, len(course))
    dosing = [s for s in sorted(course, key=lambda s: s.order) if s.kind is SessionKind.DOSING]
    assert numbers(shuffled) == numbers(course) == {s.id: at for at, s in enumerate(dosing, 1)}


@given(courses, st.data())
def test_another_day_for_a_session_numbers_the_doses_anew_and_changes_nothing_else(
    course: list[Session], data: st.DataObject
) -> None:
    if not course:
        return
    moved = data.draw(st.sampled_from(course))
    later = replace(moved, date=START + dt.timedelta(data.draw(st.integers(-5, 25))))
    after = [later if one is moved else one for one in course]
    assert numbers(after).keys() == numbers(course).keys()
    assert sorted(numbers(after).values()) == sorted(numbers(course).values())
    others = [one for one in course if one is not moved]
    before = numbers(course)
    by_number = sorted((one for one in others if one.id in before), key=lambda one: before[one.id])
    now = [numbers(after)[one.id] for one in by_number]
    assert now == sorted(now), "the others keep their order among themselves"
    assert numbers(others) == {one.id: at for at, one in enumerate(by_number, 1)}


@given(courses)
def test_days_add_up_from_the_first_dose_to_the_last(course: list[Session]) -> None:
    doses = Doses(course)
    given_ = [(one, dose) for one in course if (dose := doses.of(one))]
    if given_:
        assert [dose.number for _, dose in given_ if dose.days is None] == [1]
        days = [one.date for one, _ in given_]
        assert sum(dose.days or 0 for _, dose in given_) == (max(days) - min(days)).days


def test_a_dose_is_called_by_its_place_among_those_planned() -> None:
    assert [Dose(3, planned, None).name for planned in (8, 3, 2, 0)] == [
        "dose 3 of 8",
        "dose 3 of 3",
        "dose 3",
        "dose 3",
    ]
    assert Doses([session(1, 1, SessionKind.INTEGRATION)], 8).of(session(1, 1)) is None


def test_what_is_to_come_is_what_the_course_does_not_have() -> None:
    course = [session(1, 1), session(2, 3, SessionKind.INTEGRATION), session(3, 5)]
    assert list(Doses(course, 4).to_come) == [3, 4]
    assert not Doses(course, 2).to_come and not Doses(course).to_come


@pytest.mark.parametrize("count", [-1, 100])
def test_a_number_of_doses_is_between_0_and_99(count: int) -> None:
    assert [check_planned(fits) for fits in (0, 99)] == [0, 99]
    with pytest.raises(UsageError, match="planned doses is between 0 and 99"):
        check_planned(count)


def test_who_doses_is_read_by_label_or_as_both() -> None:
    members = [LEE, ANA, BEN, member("Old", removed=True)]
    assert dosing_from("", members) == frozenset()
    assert dosing_from("ANA", members) == {ANA.id}
    assert dosing_from("Both", members) == dosing_from("Ben, Ana", members) == {ANA.id, BEN.id}
    for word in ("Dr Lee", "Cy"):
        with pytest.raises(NotFound, match=f"no partner “{word}”"):
            dosing_from(word, members)
    with pytest.raises(Refused, match="not two partners"):
        dosing_from("both", [LEE, ANA])
    both = member("both")
    assert dosing_from("both", [LEE, ANA, both]) == {both.id}, "a label comes first"


def test_who_doses_is_said_of_dosing_sessions_and_of_partners() -> None:
    members, dosing = [LEE, ANA, BEN], SessionKind.DOSING
    check_dosing({ANA.id, BEN.id}, dosing, members)
    check_dosing(set(), SessionKind.INTAKE, members)
    with pytest.raises(Refused, match="dosing sessions alone"):
        check_dosing({ANA.id}, SessionKind.INTAKE, members)
    with pytest.raises(Refused, match="Only partners dose"):
        check_dosing({ANA.id, LEE.id}, dosing, members)
    old = member("Old", removed=True)
    with pytest.raises(Refused, match="At most 2"):
        check_dosing({ANA.id, BEN.id, old.id}, dosing, [*members, old])
