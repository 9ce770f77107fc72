"""The page that fits now, hour by hour around the doses and sessions of a course."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText
from kapjournal.domain.next_page import (
    PLAIN,
    ChosenPractice,
    NextPage,
    Why,
    chosen_practice,
    doses_of,
    next_page,
)
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.sessions import Session, SessionKind

ANA, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
THURSDAY = dt.date(2026, 11, 19)


def session(
    number: int,
    date: dt.date,
    kind: SessionKind = SessionKind.DOSING,
    time: str = "10:00",
    dosing: frozenset[MemberId] = frozenset(),
) -> Session:
    at = dt.time.fromisoformat(time) if time else None
    return Session(f"s{number}", MemberId(b"k" * 32), number, kind, date, at, "", dosing)


DOSE = session(1, THURSDAY)


def at(moment: str, *sessions: Session, me: MemberId = ANA) -> NextPage:
    return next_page(sessions, me, dt.datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "kind", "why"),
    [
        ("2026-11-15 23:59", NoteKind.INTENTION, Why.BEFORE_DOSE),
        ("2026-11-19 09:59", NoteKind.INTENTION, Why.BEFORE_DOSE),
        ("2026-11-19 10:00", NoteKind.CAPTURE, Why.DOSE),
        ("2026-11-19 23:59", NoteKind.CAPTURE, Why.DOSE),
        ("2026-11-20 02:00", NoteKind.CAPTURE, Why.DOSE),
        ("2026-11-20 09:59", NoteKind.CAPTURE, Why.DOSE),
        ("2026-11-20 10:00", NoteKind.REFLECT, Why.RETURN),
        ("2026-11-22 09:59", NoteKind.REFLECT, Why.RETURN),
        ("2026-11-22 10:00", NoteKind.WEAVE, Why.WEEK),
        ("2026-11-26 23:59", NoteKind.WEAVE, Why.WEEK),
    ],
)
def test_around_a_dose(moment: str, kind: NoteKind, why: Why) -> None:
    assert at(moment, DOSE) == NextPage(kind, why, DOSE)


@pytest.mark.parametrize("moment", ["2026-11-11 23:59", "2026-11-27 00:00", "2030-01-01 12:00"])
def test_far_from_every_session_it_is_a_plain_page(moment: str) -> None:
    assert at(moment, DOSE) == PLAIN
    assert PLAIN.kind is NoteKind.PAGE


def test_the_whole_day_of_a_dose_without_a_time_and_the_morning_after_are_for_fragments() -> None:
    untimed = session(1, THURSDAY, time="")
    kinds = {
        "2026-11-18 23:59": NoteKind.INTENTION,
        "2026-11-19 00:00": NoteKind.CAPTURE,
        "2026-11-20 11:59": NoteKind.CAPTURE,
        "2026-11-20 12:00": NoteKind.REFLECT,
        "2026-11-22 12:00": NoteKind.WEAVE,
    }
    assert {moment: at(moment, untimed).kind for moment in kinds} == kinds


@pytest.mark.parametrize("day", [dt.date(2026, 3, 28), dt.date(2026, 10, 24)])
def test_a_day_on_which_the_clock_is_changed_is_a_day_like_others(day: dt.date) -> None:
    dose, tomorrow = session(1, day), day + dt.timedelta(1)
    assert at(f"{tomorrow} 09:59", dose).kind is NoteKind.CAPTURE
    assert at(f"{tomorrow} 10:00", dose).kind is NoteKind.REFLECT


def test_only_ones_own_doses_count_and_those_of_nobody_are_everybodys() -> None:
    bens = session(1, THURSDAY, dosing=frozenset({BEN}))
    both = session(2, THURSDAY + dt.timedelta(20), dosing=frozenset({ANA, BEN}))
    evening = "2026-11-19 20:00"
    assert at(evening, bens, me=BEN).kind is NoteKind.CAPTURE
    assert at(evening, bens, me=ANA) == PLAIN
    assert at(evening, DOSE, me=ANA) == at(evening, DOSE, me=BEN)
    assert doses_of([both, bens, DOSE], ANA) == [DOSE, both]


def test_who_does_not_dose_brings_an_intention_to_the_session_all_the_same() -> None:
    bens = session(1, THURSDAY, dosing=frozenset({BEN}))
    assert at("2026-11-17 12:00", bens, me=ANA) == NextPage(NoteKind.INTENTION, Why.BEFORE_SESSION, bens)
    assert at("2026-11-17 12:00", bens, me=BEN) == NextPage(NoteKind.INTENTION, Why.BEFORE_DOSE, bens)


def test_a_dose_that_is_near_goes_before_what_is_left_of_the_week_after_another() -> None:
    following = session(2, THURSDAY + dt.timedelta(7))
    assert at("2026-11-22 12:00", DOSE, following).why is Why.WEEK
    assert at("2026-11-23 00:00", DOSE, following) == NextPage(NoteKind.INTENTION, Why.BEFORE_DOSE, following)
    soon = session(3, THURSDAY + dt.timedelta(2))
    assert at("2026-11-20 12:00", DOSE, soon).why is Why.RETURN


def test_another_session_waits_until_the_week_after_a_dose_is_over() -> None:
    integration = session(2, THURSDAY + dt.timedelta(9), SessionKind.INTEGRATION)
    assert at("2026-11-26 12:00", DOSE, integration).why is Why.WEEK
    assert at("2026-11-27 12:00", DOSE, integration).why is Why.BEFORE_SESSION
    assert at("2026-11-28 10:00", DOSE, integration) == PLAIN


@given(
    st.lists(
        st.tuples(st.integers(-9, 9), st.sampled_from(SessionKind), st.sampled_from(["", "00:00", "10:00"]))
    ),
    st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2026, 12, 10)),
)
def test_the_order_in_which_sessions_come_changes_nothing(
    given_: list[tuple[int, SessionKind, str]], now: dt.datetime
) -> None:
    course = [session(n, THURSDAY + dt.timedelta(on), kind, t) for n, (on, kind, t) in enumerate(given_, 1)]
    page = next_page(course, ANA, now)
    assert page == next_page(course[::-1], ANA, now)
    assert (page.session is None) == (page == PLAIN)


TEA = (("sentence", "Tea together"), ("place", "Sundays at nine"))
CHOSEN = dt.date(2026, 11, 2)


def practice(review: dt.date | None = None, *written: dt.date, chosen: dt.date = CHOSEN) -> ChosenPractice:
    noon = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    joint = Joint("j", ANA, JointText(JointKind.PRACTICE, TEA, chosen, review), noon)
    pages = [
        Note(str(day), ANA, frozenset(), NoteText("", NoteKind.PRACTICE, day), noon, None, None)
        for day in written
    ]
    found = chosen_practice(joint, pages)
    assert found is not None
    return found


def test_a_practice_is_looked_at_on_its_day_or_after_a_week_and_a_week_after_each_page_on_it() -> None:
    assert practice() == ChosenPractice("Tea together · Sundays at nine", dt.date(2026, 11, 9))
    assert practice(dt.date(2026, 11, 20)).looked_at == dt.date(2026, 11, 20)
    assert practice(None, dt.date(2026, 11, 10), dt.date(2026, 11, 5)).looked_at == dt.date(2026, 11, 17)
    assert practice(dt.date(2026, 11, 20), dt.date(2026, 11, 5)).looked_at == dt.date(2026, 11, 20)
    assert practice(chosen=dt.date(9999, 12, 30)).looked_at == dt.date.max
    assert chosen_practice(None, []) is None


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (8, NoteKind.PAGE),
        (9, NoteKind.PRACTICE),
        (10, NoteKind.PRACTICE),
        (11, NoteKind.PAGE),
        (16, NoteKind.INTENTION),  # three days before a dose
        (19, NoteKind.CAPTURE),
        (23, NoteKind.WEAVE),
        (27, NoteKind.INTENTION),  # a week before an integration session
        (30, NoteKind.PRACTICE),
    ],
)
def test_how_it_went_comes_after_what_a_dose_asks_for_and_before_another_session(
    day: int, kind: NoteKind
) -> None:
    integration = session(2, dt.date(2026, 12, 1), SessionKind.INTEGRATION)
    now = dt.datetime(2026, 11, day, 12)
    page = next_page([DOSE, integration], ANA, now, practice())
    assert page.kind is kind
    assert page.about == ("Tea together · Sundays at nine" if kind is NoteKind.PRACTICE else "")
