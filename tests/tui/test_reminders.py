"""Reminders on the course: a few lines on a low screen with a key for the rest, all of them on a high one."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.self_reports import AfterEffects, CheckIn, SelfReportDraft
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.presentation.self_reports import TELL_FROM_STAFF
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.reminders import ROOM, Reminders
from tests.tui.app_pilot import enters, painted, sees
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]

DUE = "Day 1 after your dose"

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture(autouse=True)
def much_is_begun(opened: Open, still: None) -> None:
    """Drafts, a check-in that is not finished, a card that is due, and one for the clinic."""
    today = clock.today()
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=today - dt.timedelta(days=1))
    with opened("Ana") as ana:
        for name in ("The other one", "A long night by the window with the lamp on"):
            text = NoteText("words", NoteKind.PAGE, today, title=name)
            ana.drafts.save(Draft("", None, text, frozenset({ana.me.id})))
        ana.self_report_drafts.save(SelfReportDraft(CheckIn(today, clock.now(), line="quiet")))
    with opened("Ben") as ben:
        ben.after_effects.add(AfterEffects(today, clock.now()).with_answer("water-pain", True))


async def test_on_a_low_screen_there_are_few_and_a_key_for_all(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, f"u: {DUE}")
        await sees(pilot, "d: Drafts wait, “")
        reminders = app.screen.query_one(Reminders)
        assert reminders.content_size.height == ROOM
        await pilot.press("R")
        await sees(pilot, "Reminders")
        await sees(pilot, "and more. Press d to choose.")
        await pilot.press("escape")
        await sees(pilot, "The course")


async def test_on_a_high_screen_all_are_said(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "short card on")
        assert DUE in painted(app) and "Press u for that." in painted(app)
        await pilot.resize_terminal(80, 24)
        await sees(pilot, "d: Drafts wait")


async def test_more_than_fit_are_counted(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "d: Drafts wait")
        reminders = app.screen.query_one(Reminders)
        names = ["PHQ-9", "GAD-7"]
        reminders.show(answering=names, drafts=["a"], waiting=["One.", "Two."], with_keys=app.with_keys)
        await sees(pilot, "… and 2 more: R shows all.")
        assert reminders.content_size.height == ROOM


async def test_what_the_clinic_is_to_know_today_is_never_cut(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "something the clinic is to know today. Press u")
        reminders = app.screen.query_one(Reminders)
        urgent = [f"{TELL_FROM_STAFF} Press {{check-ins}} for that."]
        reminders.show(urgent=urgent, waiting=["One.", "Two.", "Three."], with_keys=app.with_keys)
        await sees(pilot, "… and 3 more: R shows all.")
        assert "for that." in painted(app)


async def test_with_nothing_to_say_the_key_says_so(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "The course")
        await pilot.press("R")
        await sees(pilot, "There is nothing to be reminded of.")
