"""Own words coming back: of which days, and when not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.coming_back import CameBack, When, came_back, month_before
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.sessions import Session, SessionKind
from tests.domain.test_next_page import ANA, BEN, session

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 30)


def note(name: str, day: dt.date, author: MemberId = ANA, kind: NoteKind = NoteKind.PAGE) -> Note:
    return Note(name, author, frozenset({author}), NoteText("words", kind, day), NOON, None, None)


def back(notes: list[Note], *sessions: Session, today: dt.date = TODAY) -> list[tuple[When, str]]:
    return [(one.when, one.note.id) for one in came_back(notes, sessions, ANA, today)]


def test_a_month_ago_is_the_same_day_or_the_days_around_it() -> None:
    day = dt.date(2026, 10, 30)
    notes = [note(f"{away}", day + dt.timedelta(away)) for away in (-4, -3, 1, 2)]
    assert back(notes) == [(When.MONTH_AGO, "1")]
    assert back([*notes, note("that", day)]) == [(When.MONTH_AGO, "that")]
    assert back(notes[:1]) == []


def test_only_own_words_and_none_that_open_by_themselves() -> None:
    day = dt.date(2026, 10, 30)
    others = [note("bens", day, BEN), note("letter", day, kind=NoteKind.LETTER)]
    assert back([*others, note("decision", day, kind=NoteKind.DECISION)]) == []


def test_as_many_days_after_the_session_before_of_the_same_kind() -> None:
    first, between = session(1, dt.date(2026, 9, 1)), session(2, dt.date(2026, 9, 9), SessionKind.INTEGRATION)
    second = session(3, dt.date(2026, 11, 25))
    notes = [note("then", dt.date(2026, 9, 6)), note("too late", dt.date(2026, 9, 10))]
    assert came_back(notes, [first, between, second], ANA, TODAY) == [
        CameBack(When.SAME_STRETCH, notes[0], first)
    ]
    assert back(notes, first) == []


@pytest.mark.parametrize(("ago", "comes"), [(0, False), (1, False), (2, True), (-1, True)])
def test_never_around_a_dose_of_ones_own(ago: int, comes: bool) -> None:
    notes, day = [note("then", dt.date(2026, 10, 30))], TODAY - dt.timedelta(ago)
    assert bool(back(notes, session(1, day))) is comes
    assert back(notes, session(1, day, dosing=frozenset({BEN})))


@given(st.dates())
def test_a_month_before_is_a_day_of_the_month_before(day: dt.date) -> None:
    before = month_before(day)
    assert before == day or (before < day and (day - before).days <= 31 and before.day <= day.day)
