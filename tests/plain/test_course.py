"""The course and the notes along it."""

import datetime as dt
import re

import pytest

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, BEN, LEE
from tests.internals import says_the_old_number

from .plain_conversation import PlainConversation, opened


def test_a_therapist_plans_the_course_and_puts_a_session_right(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Dr Lee", LEE, "sessions", "plan", "many", "100", "4"),
        *("add", "dosing", "2026-11-20", "10:00", "", "First", "ana"),
        *("change", "1", "", "2026-11-21", "-", "3", "-", "", "list", "back"),
        *("read", "quit"),
    )
    assert plain.not_typed == []
    assert "“many” is not a whole number" in said
    assert "The number of planned doses is between 0 and 99." in said
    assert sentences.planned(4, 0) in said
    assert "Dosing, Friday, 20 November 2026 at 10:00, dose 1 of 4, Ana doses." in said
    assert "Changed: Session 3. Dosing, Saturday, 21 November 2026, dose 1 of 4, Ana doses." in said
    assert "Planned and not in the course yet: doses 2 to 4." in said
    said = plain.enters("Ana", ANA, "sessions", "list", "quit")
    assert sentences.planned(4, 0) in said
    assert "Session 3. Dosing, Saturday, 21 November 2026, dose 1 of 4, Ana doses, added by Dr Lee." in said
    assert "add: Put a session" not in said
    assert "plan: Say how many" not in said


def test_the_course_says_where_today_is(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        today = dt.datetime.now().astimezone().date()
        lee.sessions.add(kind=SessionKind.DOSING, date=today - dt.timedelta(days=3))
    said = plain.enters("Ana", ANA, "read", "quit")
    assert "Today is in this stretch: After session 1." in said
    assert "added by Dr Lee." in said


def test_over_midnight_today_goes_on_and_a_page_keeps_the_day_it_was_begun(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [dt.date(2026, 3, 9)]
    monkeypatch.setattr(clock, "today", lambda: days[-1])
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=days[0])

    def after_midnight(_: str) -> str:
        days.append(dt.date(2026, 3, 10))
        return "And a little after."

    said = plain.enters(
        *("Ana", ANA, "read", "back", "write", "", "", "The evening of the ninth.", after_midnight),
        *(".", "done", "back", "read", "quit"),
    )
    assert re.findall(r"Today is in this stretch: (.+)\.", said) == ["Session 1", "After session 1"]
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.date for note in ana.notes.all()] == [dt.date(2026, 3, 9)]


def test_deleting_names_who_may_have_read_it(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", share="Ben"))
    said = plain.enters("Ana", ANA, "search", "lantern", "1", "delete", "yes", "quit")
    assert sentences.deleting("Ben") in said
    assert sentences.DELETED in said


def test_what_is_new_is_said_first_in_its_line_until_it_was_heard(plain: PlainConversation) -> None:
    opened(plain, "Ben", BEN).close()
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", title="The light", share="Ben"))
    said = plain.enters("Ben", BEN, "read", "1", "back", "back", "quit")
    assert "Something new is here." in said
    assert "New: The light." in said
    assert "New: The light." in plain.enters("Ben", BEN, "read", "1", "1", "back", "back", "quit")
    said = plain.enters("Ben", BEN, "read", "1", "back", "back", "quit")
    assert "The light." in said
    assert "New" not in said.replace("New keys", "")


def test_dot_done_ends_a_page_like_a_dot_alone(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, "write", "", "", "Lantern.", ".done", "done", "quit")
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["Lantern."]


def test_sessions_that_were_planned_before_doses_are_said_as_such(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        says_the_old_number(lee, 8)
    said = plain.enters("Ana", ANA, "sessions", "list", "back", "read", "quit")
    assert "8 sessions planned. That number is from before doses were planned" in said
    assert "Planned and not in the course yet: sessions 1 to 8." in said
    said = plain.enters("Dr Lee", LEE, "sessions", "plan", "", "plan", "6", "back", "read", "quit")
    assert "Planned and not in the course yet: doses 1 to 6." in said
    with opened(plain, "Ana", ANA) as ana:
        assert (ana.sessions.planned_doses, ana.sessions.planned) == (6, 8)
