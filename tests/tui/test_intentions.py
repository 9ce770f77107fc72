"""The intention thread on the screens: on the course, above a page that is written or read, and by itself."""

import datetime as dt
from collections.abc import Callable

from textual.widgets import OptionList

from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


def intends(opened: Open, who: str, *lines: tuple[int, str, str]) -> None:
    with opened(who) as journal:
        for day, words, share in lines:
            date = dt.date(2026, 3, day)
            journal.notes.add(NewNote(words, kind=NoteKind.INTENTION, date=date, share=share))


async def test_the_last_intention_before_a_page_stands_above_it(app: KapApp, opened: Open) -> None:
    intends(opened, "Ana", (1, "To ask once.", "Ben"), (4, "To wait [here].", ""))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Your intention: “To wait [here].”")
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        await sees(pilot, "Your intention: “To")
        await pilot.press("escape", "n")
        await comes_to(pilot, "editor")
        await sees(pilot, "Your intention: “To wait [here].”")
        await pilot.press("escape", "g")
        await comes_to(pilot, "intentions")
        await sees(pilot, "“To wait [here].”")
        listed = app.screen.query_one(OptionList)
        assert listed.option_count == 2
        await pilot.press("home", "enter")
        await comes_to(pilot, "reader")
        await sees(pilot, "To ask once.")
        await pilot.press("right_square_bracket")
        await sees(pilot, "Your intention: “To ask once.”")


async def test_the_partner_sees_the_one_they_can_read(app: KapApp, opened: Open) -> None:
    intends(opened, "Ana", (1, "To ask once.", "Ben"), (3, "Hidden.", ""))
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        assert "Your intention" not in painted(app)
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        await sees(pilot, "Ana’s intention: “To ask once.”")
        await pilot.press("escape", "ctrl+l")
        await comes_to(pilot, "doors")
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("g")
        await sees(pilot, "There is no intention here yet.")


async def test_at_the_closing_session_the_first_stands_beside_the_last(app: KapApp, opened: Open) -> None:
    intends(opened, "Ana", (1, "To ask once.", ""), (5, "To wait.", ""))
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.CLOSING, date=dt.date(2026, 3, 9))
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Your first intention: “To ask once.”")
        assert "The last: “To wait.”" in painted(app)
