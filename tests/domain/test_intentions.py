"""The thread of intentions: first lines, in the order of their days, to the letter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.ids import MemberId
from kapjournal.domain.intentions import current, first_line, is_of_closing, thread
from kapjournal.domain.notes import Note, NoteKind, NoteText, SessionRef
from kapjournal.domain.sessions import Session, SessionKind

ANA, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 11, 1)


def note(
    name: str,
    body: str,
    day: int,
    author: MemberId = ANA,
    kind: NoteKind = NoteKind.INTENTION,
    written: dt.datetime = NOON,
) -> Note:
    text = NoteText(body, kind, FIRST + dt.timedelta(day))
    return Note(name, author, frozenset({author}), text, written, None, None)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("I'd like to move towards *waiting*.\n\nMore.", "I'd like to move towards *waiting*."),
        ("\n   \n  Slowly. \nMore.", "Slowly."),
        ("## An intention as a direction\n\nTowards you.", "Towards you."),
        ("# Towards you", "Towards you"),
        ("#trust\nmore", "#trust"),
        ("##\nTowards", "Towards"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_the_first_line_is_the_first_that_is_no_heading(body: str, line: str) -> None:
    assert first_line(body) == line


@given(st.text())
def test_a_first_line_is_somewhere_in_the_body_to_the_letter(body: str) -> None:
    line = first_line(body)
    assert line in body and "\n" not in line


def test_a_thread_is_of_one_author_and_in_the_order_of_days() -> None:
    notes = [
        note("c", "third", 5),
        note("b", "second", 3, written=NOON - dt.timedelta(9)),
        note("x", "Ben's", 4, author=BEN),
        note("y", "no intention", 4, kind=NoteKind.PAGE),
        note("z", "", 4),
        note("a", "first", 1, written=NOON + dt.timedelta(9)),
    ]
    assert [one.line for one in thread(notes, ANA)] == ["first", "second", "third"]
    assert [one.note for one in thread(notes, BEN)] == ["x"]


def test_the_one_that_holds_is_the_last_before_the_page() -> None:
    evening = NOON + dt.timedelta(hours=8)
    notes = [note("a", "first", 1), note("b", "second", 3), note("c", "evening", 3, written=evening)]
    found = thread(notes, ANA)

    def held(day: int, written: dt.datetime = NOON, page: str = "") -> str:
        one = current(found, FIRST + dt.timedelta(day), written, page)
        return one.line if one else ""

    assert [held(0), held(1), held(2), held(3), held(3, evening), held(4)] == [
        *("", "first", "first", "second", "evening", "evening"),
    ]
    assert held(3, page="b") == "first"
    assert held(1, page="a") == ""


def test_what_belongs_to_the_closing_session() -> None:
    def session(number: int, kind: SessionKind, day: int) -> Session:
        return Session(f"s{number}", BEN, number, kind, FIRST + dt.timedelta(day), None, "")

    course = [session(2, SessionKind.CLOSING, 9), session(1, SessionKind.DOSING, 2)]

    def closes(day: int, named: str = "") -> bool:
        ref = SessionRef(named, 1) if named else None
        text = NoteText("", NoteKind.PAGE, FIRST + dt.timedelta(day), session=ref)
        return is_of_closing(text, course)

    assert [closes(0), closes(2), closes(8), closes(9), closes(20)] == [False, False, False, True, True]
    assert closes(0, "s2") and not closes(9, "s1") and closes(9, "nobody's")
