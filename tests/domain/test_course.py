"""The course as a line: which stretch a day falls in, and where each note hangs."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.course import Course, Stretch, in_sight, lay_out, stretches, where
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteKind, NoteText, SessionRef
from kapjournal.domain.sessions import Session, SessionKind

START = dt.date(2026, 11, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def session(number: int, on: int, hour: int | None = None, title: str = "") -> Session:
    time = None if hour is None else dt.time(hour)
    return Session(f"s{number}", MemberId(b"k" * 32), number, SessionKind.DOSING, day(on), time, title)


def note(name: str, on: int, ref: SessionRef | None = None, minute: int = 0) -> Note:
    written = dt.datetime(2026, 12, 1, 12, minute, tzinfo=dt.UTC)
    text = NoteText("words", NoteKind.PAGE, day(on), session=ref)
    return Note(name, MemberId(b"a" * 32), frozenset({MemberId(b"a" * 32)}), text, written, None, None)


sessions_strategy = st.lists(
    st.tuples(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 23))), max_size=6
).map(lambda days: [session(n, on, hour) for n, (on, hour) in enumerate(days, 1)])


@given(sessions_strategy, st.integers(-2, 15))
def test_a_day_is_at_its_last_session_or_after_the_one_before(sessions: list[Session], on: int) -> None:
    ordered = sorted(sessions, key=lambda s: s.order)
    found = where(day(on), ordered)
    if found.session is None:
        assert not found.after
        assert all(day(on) < other.date for other in ordered)
    else:
        assert found.after == (found.session.date < day(on))
        assert found.session.date <= day(on)
        assert all(day(on) < later.date for later in ordered[ordered.index(found.session) + 1 :])


def test_a_day_with_two_sessions_and_the_days_after_belong_to_the_later_of_them() -> None:
    sessions = [session(2, 3, 9), session(1, 3, 15)]
    assert where(day(3), sessions).key == ("s1", False)
    assert where(day(4), sessions).key == ("s1", True)


def test_the_line_begins_before_the_first_session_and_has_the_empty_stretches_too() -> None:
    names = [stretch.name for stretch in stretches([session(2, 9), session(1, 2, title="Hello")])]
    assert names == [
        "Before the first session",
        "Session 1: Hello",
        "After session 1",
        "Session 2",
        "After session 2",
    ]
    assert [stretch.name for stretch in stretches([])] == ["Before the first session"]


def test_a_stretch_keeps_its_key_when_its_session_is_edited() -> None:
    for is_after in (False, True):
        assert Stretch(session(1, 2), is_after).key == Stretch(session(1, 8, 9, "Hello"), is_after).key


@given(sessions_strategy, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 8)), max_size=12))
def test_every_note_hangs_from_exactly_one_stretch(
    sessions: list[Session], places: list[tuple[int, int]]
) -> None:
    notes = [
        note(str(n), on, SessionRef(f"s{number}", number) if number else None)
        for n, (on, number) in enumerate(places)
    ]
    laid = lay_out(notes, sessions)
    assert list(laid) == [stretch.key for stretch in stretches(sessions)]
    assert sorted(n.id for hung in laid.values() for n in hung) == sorted(n.id for n in notes)
    ordered = sorted(sessions, key=lambda s: s.order)
    known = {s.id for s in sessions}
    for (session_id, is_after), hung in laid.items():
        assert [n.text.date for n in hung] == sorted(n.text.date for n in hung)
        for n in hung:
            if n.text.session and n.text.session.id in known:
                assert (session_id, is_after) == (n.text.session.id, False)
            else:
                assert (session_id, is_after) == where(n.text.date, ordered).key


def test_a_note_of_a_session_hangs_there_whatever_its_day() -> None:
    laid = lay_out([note("a", 20, SessionRef("s1", 1))], [session(1, 2), session(2, 9)])
    assert [n.id for n in laid[("s1", False)]] == ["a"]


def test_a_note_of_a_session_one_does_not_know_hangs_from_its_day() -> None:
    laid = lay_out([note("a", 5, SessionRef("unknown", 4))], [session(1, 2), session(2, 9)])
    assert [n.id for n in laid[("s1", True)]] == ["a"]


def test_notes_of_one_day_stand_in_the_order_of_writing() -> None:
    laid = lay_out([note("late", 5, minute=9), note("early", 5, minute=1), note("before", 4, minute=30)], [])
    assert [n.id for n in laid[("", False)]] == ["before", "early", "late"]


@pytest.mark.parametrize(
    ("on", "place"),
    [
        (2, "Before the first session"),
        (3, "Session 1"),
        (4, "After session 1"),
        (10, "Session 3"),
        (11, "After session 3"),
        (400, "After session 4"),
    ],
)
def test_the_couple_is_at_todays_session_or_in_the_days_after_the_last(on: int, place: str) -> None:
    sessions = [session(1, 3), session(2, 10, 9), session(3, 10, 15), session(4, 17)]
    assert where(day(on), sessions).name == place


def test_days_that_have_not_come_or_cannot_be_are_not_in_sight_unless_a_note_hangs_there() -> None:
    sessions = [session(1, 3), session(2, 10, 9), session(3, 10, 15), session(4, 17)]

    def named(*notes: Note) -> list[str]:
        return [s.name for s in in_sight(lay_out(notes, sessions), sessions, day(12))]

    always = ["Before the first session", "Session 1", "After session 1", "Session 2", "Session 3"]
    assert named() == [*always, "After session 3", "Session 4"]
    assert named(note("ahead", 30)) == [*always, "After session 3", "Session 4", "After session 4"]


@given(sessions_strategy, st.lists(st.tuples(st.integers(-2, 15), st.integers(0, 8)), max_size=12))
def test_a_note_belongs_to_the_session_whose_line_on_the_course_it_stands_under(
    sessions: list[Session], days_and_names: list[tuple[int, int]]
) -> None:
    notes = [
        note(f"n{at}", on, SessionRef(f"s{named}", named) if named else None)
        for at, (on, named) in enumerate(days_and_names)
    ]
    course, laid = Course(sessions), lay_out(notes, sessions)
    for one in sessions:
        belonging = {n.id for n in notes if course.session_of(n) == one.number}
        assert belonging == {n.id for n in laid[(one.id, False)]}
    assert all(course.session_of(n) is None for key, there in laid.items() if key[1] for n in there)
