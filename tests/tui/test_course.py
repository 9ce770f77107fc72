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
from kapjournal.tui import theme
from kapjournal.tui.app import KapApp
from kapjournal.tui.modals.session import SessionModal
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.spine import Spine
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import Seat, app_of, enters, painted, sees, until

Open = Callable[[str], Journal]
NOON = dt.time(12, tzinfo=dt.UTC)
LONG = "A title that is much longer than any pane of this screen is wide, 🌿 and goes on"


def on(*date: int) -> dt.datetime:
    year, month, day = date
    return dt.datetime.combine(dt.date(year, month, day), NOON)


def spine_of(app: KapApp) -> list[str]:
    """The lines of the course, their spaces made one."""
    left = app.screen.query_one(Spine).region
    lines = painted(app).split("\n")[left.y : left.bottom]
    return [line for row in lines if (line := " ".join(row[left.x : left.right].split()))]


async def enters_new(seat: Seat, passphrase: str) -> None:
    await sees(seat, "door")
    app_of(seat).screen.query_one(Field).value = passphrase
    await seat.press("enter")
    await sees(seat, "The course")


async def test_the_line_shows_the_past_the_present_and_what_is_planned(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 9))
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 20), title=LONG, time=dt.time(10, 0))
        lee.sessions.plan(5)
    with clock.at(on(2026, 3, 12)):
        async with app.run_test() as seat:
            await enters(seat, "Ana", PASSPHRASES["Ana"])
            await sees(seat, "Session 3")
            assert spine_of(app) == [
                "│ before",
                "● Session 1 2 Mar",
                "│ after 1",
                "● Session 2 9 Mar",
                "┃ after 2 ◄",
                "○ Session 3 20 Mar",
                "◦ Session 4",
                "◦ Session 5",
            ]
            app.screen.query_one(Spine).focus()
            await seat.press("down")
            await sees(seat, "Dosing · Fri 20 Mar 2026 · 10:00")
            await sees(seat, "This session is still to come.")
            await seat.press("down")
            assert app.screen.query_one(Spine).highlighted == 0


async def test_two_sessions_of_one_day_and_the_day_itself(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 9), time=dt.time(9))
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 9), time=dt.time(16))
    with clock.at(on(2026, 3, 9)):
        async with app.run_test() as seat:
            await enters(seat, "Ana", PASSPHRASES["Ana"])
            await sees(seat, "Session 3")
            assert spine_of(app)[-2:] == ["● Session 2 9 Mar", "● Session 3 9 Mar ◄"]


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (80, 24), (140, 40)])
async def test_a_long_course_is_scrolled_to_the_present(
    app: KapApp, opened: Open, size: tuple[int, int]
) -> None:
    with opened("Dr Lee") as lee:
        for number in range(2, 41):
            date = dt.date(2026, 3, 2) + dt.timedelta(7 * (number - 1))
            lee.sessions.add(kind=SessionKind.DOSING, date=date, title=LONG)
        lee.sessions.plan(99)
    with clock.at(on(2026, 9, 1)):
        async with app.run_test(size=size) as seat:
            await enters(seat, "Ana", PASSPHRASES["Ana"])
            await sees(seat, "◄")
            assert "┃ after 27 ◄" in spine_of(app)


async def test_a_session_is_added_with_the_journals_own_sentences(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(seat, "Session 1")
        await seat.press("a")
        await sees(seat, "A session for the course")
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
                field.focus()
                await seat.press("enter")
                await sees(seat, sentence)
            app.screen.query_one("#kind", Select).value = SessionKind.CLOSING
        field.value = "09:30"
        app.screen.query_one("#title", Field).value = "Goodbye"
        await seat.press("enter")
        await sees(seat, "Session 3 is in the course.")
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
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(seat, "Session 2")
        app.screen.query_one(Spine).focus()
        await seat.press("up", "e")
        await until(seat, lambda: isinstance(app.screen, SessionModal))
        app.screen.query_one("#title", Field).value = "New"
        app.screen.query_one("#time", Field).value = ""
        await seat.press("enter")
        await sees(seat, "Session 2 is changed.")
        await sees(seat, "Session 2: New")
    with opened("Dr Lee") as lee:
        assert (lee.sessions.get(2).time, lee.sessions.get(2).title) == (None, "New")


async def test_partners_neither_add_nor_change_nor_plan_where_there_is_a_therapist(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Session 1")
        app.screen.query_one(Spine).focus()
        await seat.press("home", "down")
        screen = app.screen
        await seat.press("a", "e", "number_sign")
        assert app.screen is screen


async def test_the_keeper_plans_how_many(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(seat, "Session 1")
        await seat.press("number_sign", "3", "enter")
        await sees(seat, "Sessions planned in all: 3.")
        await sees(seat, "◦ Session 3")
    with opened("Ben") as ben:
        assert ben.sessions.planned == 3


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
    app = KapApp(Loaded(Settings()), theme.load_all(), path=path, memory=memory, strength=FLOOR)
    async with app.run_test(size=size) as seat:
        await enters_new(seat, passphrase)
        await sees(seat, "This journal is new.")
        screen = " ".join(" ".join(painted(app).replace("│", " ").split()).split())
        if size[0] >= 80:
            middle = " ".join(str(app.screen.query_one("#empty").render()).split())
            assert all(words in middle for words in says), screen


async def test_a_newly_joined_partner_is_told_to_write(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(seat, "There is nothing to read here yet.")
        assert "Invite" not in painted(app)
        assert "first session" not in painted(app)


async def test_a_note_is_seen_where_it_hangs_when_one_comes_back_from_writing(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 9))
    with clock.at(on(2026, 3, 9)):
        async with app.run_test() as seat:
            await enters(seat, "Ana", PASSPHRASES["Ana"])
            await sees(seat, "● Session 2")
            await seat.press("left", "home")
            await sees(seat, "Before the first session")
            await seat.press("n", "t", "o", "ctrl+s")
            await sees(seat, "─ Session 2")
            await sees(seat, "9 Mar to")


async def test_days_that_have_not_come_are_shown_once_a_note_hangs_there(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("ahead", date=dt.date(2026, 3, 5)))
    with clock.at(on(2026, 3, 1)):
        async with app.run_test() as seat:
            await enters(seat, "Ana", PASSPHRASES["Ana"])
            await sees(seat, "after 1")
            assert spine_of(app) == ["┃ before ◄", "○ Session 1 2 Mar", "│ after 1"]
