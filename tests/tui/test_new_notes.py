"""What is new since one was here: marked in words, opened at, gone through, and said when it comes."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


async def locks(pilot: AppPilot) -> None:
    await pilot.press("ctrl+l")
    await sees(pilot, "I forgot my passphrase")


async def test_what_was_shared_since_is_marked_until_it_has_been_looked_at(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        await sees(pilot, "after 1 new")
        await sees(pilot, "Ana · new")
        await locks(pilot)
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "Ana · new")
        await pilot.press("enter")
        await sees(pilot, "You waited by the car.")
        await locks(pilot)
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        assert "new" not in painted(app)


async def test_the_author_never_learns_whether_it_is_new_to_anybody(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        before = painted(app)
        await locks(pilot)
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "You waited by the car.")
        await locks(pilot)
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        assert painted(app) == before


async def test_the_course_opens_where_the_latest_notes_are(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("Long before.", title="Before", share="Dr Lee", date=dt.date(2026, 1, 3)))
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Before the first session")
        await sees(pilot, "Long before.")


async def test_brackets_go_from_note_to_note_along_the_course(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("enter")
        await sees(pilot, "You waited by the car.")
        await pilot.press("right_square_bracket")  # there is none after it
        await sees(pilot, "You waited by the car.")
        await pilot.press("left_square_bracket")
        await sees(pilot, "light was on.")
        await pilot.press("right_square_bracket")
        await sees(pilot, "You waited by the car.")


async def test_brackets_go_along_what_a_search_found(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("A second car.", title="Garage", date=clock.today()))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Garage")
        await pilot.press("slash", *"car")
        await sees(pilot, "By the car")
        await pilot.press("down", "home", "enter")
        await comes_to(pilot, "reader")
        first = painted(app)
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: painted(app) != first)
        assert "A second car." in painted(app) or "You waited" in painted(app)
        assert "light was on." not in painted(app)
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert "light was on." not in painted(app)


async def test_a_note_that_comes_while_one_looks_on_is_said_in_a_line(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.tui.screens.course.REFRESH_EVERY", 0.05)
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        with opened("Ana") as ana:
            ana.notes.add(
                NewNote("The tea was cold.", title="In the kitchen", date=clock.today(), share="Ben")
            )
        await sees(pilot, "New here, from Ana.")
        await sees(pilot, "In the kitchen")
        with opened("Ana") as ana:
            ana.notes.add(NewNote("For me.", title="Mine alone", date=clock.today()))
            ana.notes.add(NewNote("Soup.", title="Supper", date=clock.today(), share="Ben"))
        await sees(pilot, "Supper")
        assert "Mine alone" not in painted(app_of(pilot))
