"""The course: where the couple is, what is planned, adding and changing sessions, what a new journal says."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Select

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, NewNote, create
from kapjournal.tui.modals.session import SessionModal
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.course_timeline import CourseTimeline
from kapjournal.tui.widgets.field import Field
from tests.internals import says_the_old_number
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]
NOON = dt.time(12, tzinfo=dt.UTC)
LONG = "A title that is much longer than any pane of this screen is wide, 🌿 and goes on"


def on(*date: int) -> dt.datetime:
    year, month, day = date
    return dt.datetime.combine(dt.date(year, month, day), NOON)


def timeline_of(app: KapApp) -> list[str]:
    """The lines of the course without the scrollbar beside them, their spaces made one."""
    left = app.screen.query_one(CourseTimeline).region
    lines = painted(app).split("\n")[left.y : left.bottom]
    return [line for row in lines if (line := " ".join(row[left.x : left.right - 1].split()))]


async def enters_new(pilot: AppPilot, passphrase: str) -> None:
    await sees(pilot, "door")
    app_of(pilot).screen.query_one(Field).value = passphrase
    await pilot.press("enter")
    await sees(pilot, "The course")


async def test_the_line_shows_the_past_the_present_and_what_is_planned(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 9))
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 20), title=LONG, time=dt.time(10, 0))
        lee.sessions.plan(5)
    with opened("Ana") as ana:
        ana.notes.add(NewNote("As it is now.", date=dt.date(2026, 3, 12)))
    with clock.at(on(2026, 3, 12)):
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "Session 3")
            assert timeline_of(app) == [
                "│ before",
                "● Session 1 2 Mar",
                "dose 1 of 5",
                "│ after 1",
                "● Session 2 9 Mar",
                "┃ after 2 ◄",
                "○ Session 3 20 Mar",
                "dose 2 of 5",
                "◦ doses 3 to 5",
            ]
            app.screen.query_one(CourseTimeline).focus()
            await pilot.press("down")
            await sees(pilot, "Dosing · Fri 20 Mar 2026 · 10:00")
            await sees(pilot, "dose 2 of 5 · 18 days after dose 1")
            await sees(pilot, "This session is still to come.")
            last = app.screen.query_one(CourseTimeline).highlighted
            await pilot.press("down")
            assert app.screen.query_one(CourseTimeline).highlighted == last, "none of the planned"


async def test_two_sessions_of_one_day_and_the_day_itself(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 9), time=dt.time(9))
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 9), time=dt.time(16))
    with clock.at(on(2026, 3, 9)):
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "Session 3")
            assert timeline_of(app)[-3:] == ["● Session 2 9 Mar", "dose 2", "● Session 3 9 Mar ◄"]


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (80, 24), (140, 40)])
async def test_a_long_course_is_scrolled_to_the_present(
    app: KapApp, opened: Open, size: tuple[int, int]
) -> None:
    with opened("Dr Lee") as lee:
        for number in range(2, 41):
            date = dt.date(2026, 3, 2) + dt.timedelta(7 * (number - 1))
            lee.sessions.add(kind=SessionKind.DOSING, date=date, title=LONG)
        lee.sessions.plan(99)
    with opened("Ana") as ana:
        ana.notes.add(NewNote("As it is now.", date=dt.date(2026, 9, 1)))
    with clock.at(on(2026, 9, 1)):
        async with app.run_test(size=size) as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "◄")
            assert "┃ after 27 ◄" in timeline_of(app)


async def test_a_session_is_added_with_the_journals_own_sentences(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 1")
        await pilot.press("a")
        await sees(pilot, "A session for the course")
        for name, value, sentence in (
            ("number", "", "Choose what kind of session it is."),
            ("number", "1", "There is a session 1 already."),
            ("number", "x", "“x” is not a whole number"),
            ("number", "3", ""),
            ("date", "2026-2-30", "write it as YYYY-MM-DD"),
            ("date", "2026-02-30", "There is no day 2026-02-30"),
            ("date", "2026-04-01", ""),
            ("time", "930", "write it as HH:MM"),
        ):
            field = app.screen.query_one(f"#{name}", Field)
            field.value = value
            if sentence:
                app.screen.query_one("#title", Field).focus()
                await pilot.press("enter")
                await sees(pilot, sentence)
            app.screen.query_one("#kind", Select).value = SessionKind.CLOSING
        field.value = "09:30"
        app.screen.query_one("#title", Field).value = "Goodbye"
        app.screen.query_one("#title", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "Session 3 is in the course.")
        await sees(pilot, "Closing · Wed 1 Apr 2026 · 09:30")
    with opened("Dr Lee") as lee:
        added = lee.sessions.get(3)
        assert (added.kind, added.date, added.time) == (
            SessionKind.CLOSING,
            dt.date(2026, 4, 1),
            dt.time(9, 30),
        )
        assert added.title == "Goodbye"


async def test_ones_own_session_is_changed_from_the_line(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 4, 2), time=dt.time(9), title="Old")
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 2")
        app.screen.query_one(CourseTimeline).focus()
        await pilot.press("up", "e")
        await until(pilot, lambda: isinstance(app.screen, SessionModal))
        await sees(pilot, "Session 2, added by you")
        app.screen.query_one("#title", Field).value = "New"
        app.screen.query_one("#time", Field).value = ""
        app.screen.query_one("#title", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "Session 2 is changed.")
        await sees(pilot, "Session 2: New")
    with opened("Dr Lee") as lee:
        assert (lee.sessions.get(2).time, lee.sessions.get(2).title) == (None, "New")


async def test_who_added_a_session_stands_under_its_notes(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Session 1")
        app.screen.query_one(CourseTimeline).focus()
        await pilot.press("home", "down")
        await sees(pilot, "by Dr Lee · Dosing · Mon 2 Mar 2026")


async def test_partners_neither_add_nor_change_nor_plan_where_there_is_a_therapist(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Session 1")
        app.screen.query_one(CourseTimeline).focus()
        await pilot.press("home", "down")
        screen = app.screen
        await pilot.press("a", "e", "number_sign")
        assert app.screen is screen


async def test_the_keeper_plans_how_many(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 1")
        await pilot.press("number_sign", "3", "enter")
        await sees(pilot, "Doses planned in all: 3.")
        await sees(pilot, "◦ doses 2 to 3")
    with opened("Ben") as ben:
        assert (ben.sessions.planned_doses, ben.sessions.planned) == (3, 0)


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (Role.THERAPIST, ("Invite the couple", "Press a to put the first session", "a note of your own")),
        (Role.PARTNER, ("Invite your partner", "Press a to put the first session", "Press n to begin")),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_a_new_journal_says_what_to_do_first(
    tmp_path: Path, memory: Path, role: Role, says: tuple[str, ...], size: tuple[int, int]
) -> None:
    path, passphrase = tmp_path / "new.kap", "a door nobody else has"
    create(
        path,
        label="Kim",
        role=role,
        passphrase=passphrase,
        with_recovery=False,
        strength=FLOOR,
        record_folder=memory,
    )[0].close()
    app = KapApp(Loaded(Settings()), theme.load_all(), path=path, record_folder=memory, strength=FLOOR)
    async with app.run_test(size=size) as pilot:
        await enters_new(pilot, passphrase)
        await sees(pilot, "This journal is new.")
        screen = " ".join(" ".join(painted(app).replace("│", " ").split()).split())
        if size[0] >= 80:
            middle = " ".join(str(app.screen.query_one("#empty").render()).split())
            assert all(words in middle for words in says), screen


async def test_a_newly_joined_partner_is_told_to_write(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "There is nothing to read here yet.")
        assert "Invite" not in painted(app)
        assert "first session" not in painted(app)


async def test_a_note_is_seen_where_it_hangs_when_one_comes_back_from_writing(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 9))
    with clock.at(on(2026, 3, 9)):
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "● Session 2")
            await pilot.press("left", "home")
            await sees(pilot, "Before the first session")
            await pilot.press("n", "t", "o", "ctrl+s")
            await sees(pilot, "─ Session 2")
            await sees(pilot, "9 Mar to")


async def test_days_that_have_not_come_are_shown_once_a_note_hangs_there(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("ahead", date=dt.date(2026, 3, 5)))
    with clock.at(on(2026, 3, 1)):
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "after 1")
            assert timeline_of(app) == ["┃ before ◄", "○ Session 1 2 Mar", "dose 1", "│ after 1"]


async def test_what_is_said_of_a_note_goes_with_the_cursor(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("n", *"Lantern", "ctrl+s")
        await sees(pilot, "It is a note now.")
        await pilot.pause()
        await sees(pilot, "It is a note now.")
        await pilot.press("left", "up")
        await until(pilot, lambda: "It is a note now." not in painted(app))
        await pilot.press("down", "right", "home", "w")
        await sees(pilot, "Only you can read this note")
        await pilot.press("down")
        await until(pilot, lambda: "Only you can read this note" not in painted(app))


async def test_who_doses_is_asked_of_a_dosing_session_alone(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 1")
        await pilot.press("a")
        await sees(pilot, "A session for the course")
        assert "Who doses" not in painted(app)
        app.screen.query_one("#kind", Select).value = SessionKind.DOSING
        await sees(pilot, "Who doses")
        app.screen.query_one("#dosing", Select).value = "both dose"
        app.screen.query_one("#date", Field).value = "2026-03-14"
        app.screen.query_one("#title", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "dose 2 · 12 days after dose 1 · both dose")
        app.screen.query_one(CourseTimeline).focus()
        await pilot.press("e")
        await sees(pilot, "Session 2, added by you")
        await sees(pilot, "dose 2 · 12 days after dose 1")
        app.screen.query_one("#dosing", Select).value = "Ben doses"
        app.screen.query_one("#title", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "12 days after dose 1 · Ben doses")
        await pilot.press("e")
        await sees(pilot, "Session 2, added by you")
        app.screen.query_one("#kind", Select).value = SessionKind.INTEGRATION
        await until(pilot, lambda: "Who doses" not in painted(app))
        app.screen.query_one("#title", Field).focus()
        await pilot.press("enter")
        await sees(pilot, "Session 2 is changed.")
        assert "doses" not in painted(app)
    with opened("Ben") as ben:
        assert ben.sessions.get(2).dosing == frozenset()


async def test_a_number_of_sessions_from_before_stays_until_doses_are_planned(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee:
        says_the_old_number(lee, 8)
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "◦ sessions 2 to 8")
        await pilot.press("number_sign")
        await sees(pilot, "8 sessions planned.")
        await until(pilot, lambda: isinstance(app.focused, Field))
        await pilot.press("enter")
        await sees(pilot, "◦ sessions 2 to 8")
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.focused, Field))
        await pilot.press("6", "enter")
        await sees(pilot, "◦ doses 2 to 6")
    with opened("Ana") as ana:
        assert (ana.sessions.planned_doses, ana.sessions.planned) == (6, 8)
