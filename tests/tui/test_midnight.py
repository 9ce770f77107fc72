"""A journal that stays open over midnight: every screen goes with the day, and a page keeps the one it was
begun on."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.test_course import timeline_of

Open = Callable[[str], Journal]


@dataclass
class Calendar:
    """Which day it is, for every task and thread."""

    day: dt.date

    def today(self) -> dt.date:
        return self.day


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calendar]:
    """The evening of the second session, with a program that looks at once whether it is another day."""
    calendar = Calendar(dt.date(2026, 3, 9))
    monkeypatch.setattr(clock, "today", calendar.today)
    monkeypatch.setattr("kapjournal.tui.widgets.top_bar.LOOK_EVERY", 0.02)
    monkeypatch.setattr("kapjournal.tui.screens.course.REFRESH_EVERY", 0.02)
    yield calendar


async def test_the_day_and_the_mark_of_today_go_on_at_midnight(
    app: KapApp, opened: Open, calendar: Calendar
) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 9))
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 11))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "9 Mar ◄")
        assert timeline_of(app)[-3:] == ["● Session 2 9 Mar ◄", "○ Session 3 11 Mar", "dose 2"]
        calendar.day = dt.date(2026, 3, 10)
        await sees(pilot, " 10 Mar")
        await until(
            pilot,
            lambda: timeline_of(app)[-4:-1] == ["● Session 2 9 Mar", "┃ after 2 ◄", "○ Session 3 11 Mar"],
        )
        calendar.day = dt.date(2026, 3, 11)
        await until(
            pilot,
            lambda: timeline_of(app)[-4:-1] == ["● Session 2 9 Mar", "│ after 2", "● Session 3 11 Mar ◄"],
        )


async def test_a_page_begun_before_midnight_keeps_the_day_it_was_begun(
    app: KapApp, opened: Open, calendar: Calendar
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "The course")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await types(pilot, "The evening of the ninth.")
        calendar.day = dt.date(2026, 3, 10)
        await types(pilot, " And a little after.")
        await pilot.press("ctrl+s")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await sees(pilot, " 10 Mar")
    with opened("Ana") as ana:
        [note] = [one for one in ana.notes.all() if "of the ninth" in one.text.body]
        assert note.text.date == dt.date(2026, 3, 9)
