"""The day on which a letter or a decision opens: chosen where it is written, and afterwards."""

import datetime as dt
from collections.abc import Callable

import pytest
from textual.widgets import Select

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation import opening
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.opening_choice import OpeningChoice
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]

NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)
MAY = dt.date(2098, 5, 1)

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, still: None) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


async def test_a_letter_gets_its_day_on_the_page_and_keeps_it_as_a_draft(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("ctrl+n")
        await sees(pilot, "Write")
        await pilot.press(*"Dear")
        await pilot.press("f2")
        await sees(pilot, "What goes with it")
        choice = app.screen.query_one(OpeningChoice)
        assert not choice.display, "a page opens to nobody later"
        app.screen.query_one("#kind", Select).value = NoteKind.LETTER
        await until(pilot, lambda: choice.display)
        await sees(pilot, "it stays open")
        choice.query_one("#opening", Select).value = opening.ON_THE_DAY
        await until(pilot, lambda: choice.query_one(Field).display)
        choice.query_one(Field).value = "2098-03-03"
        await pilot.press("ctrl+s")
        await sees(pilot, "It opens tomorrow at the earliest: today is 2098-03-03.")
        choice.query_one(Field).value = MAY.isoformat()
        await pilot.press("ctrl+s")
        await sees(pilot, "opens on 1 May")
        await pilot.press("escape")
        await sees(pilot, "The course")
        with opened("Ana") as ana:
            assert [draft.opens for draft in ana.drafts.all()] == [MAY]
        await pilot.press("d")
        await sees(pilot, "Dear")
        await pilot.press("enter")
        await sees(pilot, "opens on 1 May")
        await pilot.press("ctrl+s")
        await sees(pilot, "It opens to you on 1 May 2098.")
    with opened("Ana") as ana:
        assert [page.waiting.opens for page in ana.waiting.all()] == [MAY]


async def test_a_decision_is_offered_a_week_ten_days_and_two_weeks(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        text = NoteText("We sell it.", NoteKind.DECISION, NOON.date())
        ana.drafts.save(Draft("", None, text, frozenset({ana.me.id})))
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("d")
        await sees(pilot, "We sell it.")
        await pilot.press("enter")
        await sees(pilot, "opens in 10 days")
        await pilot.press("f2")
        await sees(pilot, "in 10 days, on Thu 13 Mar 2098")
        select = app.screen.query_one("#opening", Select)
        assert [str(words) for words, _ in select._options][-1] == "on a day"
        select.value = "14"
        await pilot.pause()
        await pilot.press("ctrl+s")
        await sees(pilot, "opens on 17 Mar")
        await pilot.press("ctrl+s")
        await sees(pilot, "It opens to you on 17 March 2098.")


async def test_a_day_that_has_come_meanwhile_is_said_and_nothing_is_lost(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        text = NoteText("Dear us.", NoteKind.LETTER, NOON.date())
        ana.drafts.save(Draft("", None, text, frozenset({ana.me.id}), opens=NOON.date()))
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("d")
        await sees(pilot, "Dear us.")
        await pilot.press("enter")
        await sees(pilot, "opens on 3 Mar")
        await pilot.press("ctrl+s")
        await sees(pilot, "It was to open on 3 March 2098, and today is 3 March 2098. F2 chooses another")
    with opened("Ana") as ana:
        assert len(ana.drafts.all()) == 1 and ana.waiting.all() == []


async def test_a_letter_is_closed_from_the_reader_and_gets_another_day_in_what_waits(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The light.", title="Dear us", kind=NoteKind.LETTER))
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Dear us")
        await pilot.press("right", "end", "enter")
        await sees(pilot, "The light.")
        await pilot.press("D")
        await sees(pilot, opening.WHAT_CLOSING_DOES[:40])
        await pilot.press(*"2098-05-01", "enter")
        await sees(pilot, "It opens to you on 1 May 2098.")
        assert "The light." not in painted(app)
        await pilot.press("escape")
        await sees(pilot, "Opens on 1 May 2098")
        await pilot.press("W")
        await sees(pilot, "It opens to you on 1 May 2098.")
        await pilot.press("D")
        await sees(pilot, "On which day does it open?")
        await pilot.press(*"2098-06-01", "enter")
        await sees(pilot, "It opens to you on 1 June 2098.")


async def test_what_is_no_letter_says_so(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("right", "end", "enter")
        await sees(pilot, "You waited by the car.")
        await pilot.press("D")
        await sees(pilot, opening.NEVER_CLOSED)
