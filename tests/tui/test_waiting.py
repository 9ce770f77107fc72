"""Pages that wait: the choice of when in the dialog, and the screen that lists them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Select

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import When
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation import waiting as saying
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]

NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2098, 3, 4, 10, tzinfo=dt.UTC)
FOR_TOMORROW = "Ben can read this the first time you open the journal"
"""As far as it stands on one line of a dialog."""
SIZE = (140, 44)

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, still: None) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def read_by_ben(opened: Open) -> set[str]:
    with opened("Ben") as ben:
        return {note.text.title for note in ben.notes.all()}


async def chooses(pilot: AppPilot, choice: str) -> None:
    pilot.app.screen.query_one("#choice", Select).value = choice
    await pilot.pause()


async def offered(pilot: AppPilot) -> None:
    """Share the chosen note of the course with Ben."""
    await pilot.press("home", "s")
    await sees(pilot, "Let someone read this")
    await pilot.press("end", "space")


async def test_a_page_waits_until_tomorrow_at_ten_and_is_sent_now(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await offered(pilot)
        await sees(pilot, "Then these can read it: ◍ You and Ben")
        await chooses(pilot, saying.AT_TEN)
        await sees(pilot, FOR_TOMORROW)
        assert "Now: ◌ Only you" in painted(app)
        await pilot.click("#share")
        await sees(pilot, f"{FOR_TOMORROW} after 10:00 tomorrow. W in the course shows what waits.")
        assert "waits" in painted(app)
        await pilot.press("W")
        await sees(pilot, "What waits")
        await sees(pilot, FOR_TOMORROW)
        assert read_by_ben(opened) == {"By the car"}
        await pilot.press("s")
        await sees(pilot, "Let Ben read this now?")
        await pilot.press("tab", "enter")
        await sees(pilot, "You and Ben (not compared yet) can read this note.")
        await sees(pilot, saying.NOTHING_WAITS)
        await pilot.press("escape")
    assert read_by_ben(opened) == {"By the car", "Hallway"}


async def test_it_is_kept_and_a_page_is_opened_from_there(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The light.", title="For later", share="Ben", when=When(until=TEN)))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("W")
        await sees(pilot, FOR_TOMORROW)
        await pilot.press("enter")
        await sees(pilot, "The light.")
        await pilot.press("escape", "k")
        await sees(pilot, saying.KEPT)
        await sees(pilot, saying.NOTHING_WAITS)
    with opened("Ana") as ana:
        assert ana.waiting.all() == []


async def test_on_the_day_of_a_dose_the_dialog_says_so(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=NOON.date(), time=dt.time(9))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await offered(pilot)
        await sees(pilot, "your partner after 10:00 tomorrow")
        await sees(pilot, FOR_TOMORROW)
        await chooses(pilot, saying.ALL_THE_SAME)
        await sees(pilot, "Then these can read it: ◍ You and Ben")
        await pilot.click("#share")
        await sees(pilot, "You and Ben can read it now.")
    assert "Hallway" in read_by_ben(opened)


async def test_a_day_is_typed_and_one_that_is_past_refused(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await offered(pilot)
        await chooses(pilot, saying.ON_A_DAY)
        day = app.screen.query_one("#day", Field)
        assert day.display
        for typed, said in (
            ("soon", "“soon” is not a day"),
            ("2098-03-02", "today is 2098-03-03"),
            ("2098-03-05", "on or after 5 March 2098"),
        ):
            day.value = typed
            await pilot.pause()
            app.screen.query_one("#share", Button).press()
            await sees(pilot, said)
        await until(pilot, lambda: app.screen is app.front_screen)
    with opened("Ana") as ana:
        assert len(ana.waiting.all()) == 1
    assert read_by_ben(opened) == {"By the car"}


async def test_a_new_page_of_that_day_says_it_before_and_after(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=NOON.date(), time=dt.time(9))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("ctrl+n")
        await sees(pilot, "F2 details")
        await pilot.press("w", "o", "r", "d", "f2")
        await sees(pilot, "Who can read it besides you")
        app.screen.query_one(Checklist).focus()
        await pilot.press("end", "space")
        await pilot.click("#use")
        await sees(pilot, "◍ You and Ben")
        await pilot.press("ctrl+s")
        await sees(pilot, "Let Ben (not compared yet) read this?")
        await sees(pilot, FOR_TOMORROW)
        await pilot.click("#yes")
        await sees(pilot, f"It is a note now. Only you can read it. {FOR_TOMORROW} after 10:00 tomorrow.")
    assert read_by_ben(opened) == {"By the car"}


async def test_a_decision_for_ben_says_before_and_after_that_it_waits_until_it_opens(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        readers = frozenset(one.id for one in ana.members.all() if one.label in ("Ana", "Ben"))
        text = NoteText("We sell the house.", NoteKind.DECISION, NOON.date())
        ana.drafts.save(Draft("", None, text, readers))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A draft waits")
        await pilot.press("d")
        await sees(pilot, "We sell the house.")
        await pilot.press("ctrl+s")
        await sees(pilot, "Let Ben (not compared yet) read this?")
        await sees(pilot, "It opens to you on 13 March 2098.")
        await pilot.click("#yes")
        await sees(pilot, "It is a note now. Only you can read it. It opens to you on 13 March 2098.")
        await sees(pilot, f"{FOR_TOMORROW} on or after 13 March 2098.")
    assert read_by_ben(opened) == {"By the car"}


async def test_what_cannot_go_is_said_in_the_course(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The light.", share="Ben", when=When(until=TEN)))
    monkeypatch.setattr(clock, "now", lambda: NOON - dt.timedelta(days=2))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A page of yours cannot go by itself.")
        await pilot.press("W")
        await sees(pilot, "The clock of this computer is behind")


async def test_a_therapist_has_no_such_screen_or_choice(app: KapApp, journal_file: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        screen = app.screen
        await pilot.press("W")
        await until(pilot, lambda: app.screen is screen)
        assert not app.screen.query("#choice")


async def test_what_is_deleted_on_that_day_lies_in_the_tray(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=NOON.date(), time=dt.time(9))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("end", "delete")
        await sees(pilot, "Lay it in the tray for you alone; you can take it back")
        await sees(pilot, "Removed now, it is gone for you")
        await pilot.press("down", "enter")
        await sees(pilot, "It lies in the tray")
        assert read_by_ben(opened) == set()
        await pilot.press("W")
        await sees(pilot, "You deleted this on 3 March 2098.")
        await sees(pilot, "t takes it back, Delete removes it.")
        await pilot.press("t")
        await sees(pilot, saying.TAKEN_BACK)
        await pilot.press("escape")
        await sees(pilot, "By the car")


async def test_a_decision_that_has_opened_is_told_and_opened(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("We sell the house.", title="The house", kind=NoteKind.DECISION))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Opens on 13 Mar 2098")
        assert "We sell" not in painted(app)
        await pilot.press("W")
        await sees(pilot, "o opens it.")
        await pilot.press("escape")
        monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=11))
        await pilot.press("W")
        await sees(pilot, "It has opened, on 13 March 2098.")
        await pilot.press("escape")
        await sees(pilot, "Something you closed has opened.")
        await pilot.press("W")
        await sees(pilot, "It has opened")
        await pilot.press("o")
        await sees(pilot, "We sell the house.")
    with opened("Ana") as ana:
        assert ana.waiting.all() == []


async def test_a_page_is_offered_and_the_partner_hears_of_it(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await offered(pilot)
        await sees(pilot, "Then these can read it: ◍ You and Ben")
        await chooses(pilot, saying.BOTH_FIRST)
        about = app.screen.query_one("#offered", Field)
        await until(pilot, lambda: about.display)
        about.value = "the hallway"
        await sees(pilot, "Ben can read this when you can read a page of Ben’s for it.")
        await pilot.click("#share")
        await sees(pilot, "W in the course shows what waits.")
        await pilot.press("enter")
        await sees(pilot, "Esc back")
        await pilot.press("e")
        await sees(pilot, "This page is offered as it is")
    with opened("Ben") as ben:
        assert [offer.about for offer in ben.offers.to_me()] == ["the hallway"]


async def test_an_offer_is_answered_from_the_dialog(app: KapApp, opened: Open) -> None:
    offers = When(both_first=True, about="Sunday")
    with opened("Ben") as ben:
        ben.notes.add(NewNote("x", title="By the sea", share="Ana", when=offers))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A page is offered to you.")
        await sees(pilot, "Hallway")
        await offered(pilot)
        await sees(pilot, "Then these can read it: ◍ You and Ben")
        with opened("Ana") as ana:
            [offer] = ana.offers.to_me()
        await chooses(pilot, offer.id)
        await sees(pilot, "Ben can read this when you can read a page of Ben’s for it.")
        await pilot.click("#share")
        await sees(pilot, "W in the course shows what waits.")
        await pilot.press("W")
        await sees(pilot, "Ben can read this when you can read a page of Ben’s for it.")
    with opened("Ben"):
        pass
    with opened("Ana") as ana:
        assert "By the sea" in {note.text.title for note in ana.notes.all()}
    assert read_by_ben(opened) == {"By the car", "By the sea", "Hallway"}


async def test_what_the_partner_offers_stands_above_what_waits(app: KapApp, opened: Open) -> None:
    with opened("Ben") as ben:
        ben.notes.add(NewNote("x", share="Ana", when=When(both_first=True, about="Sunday")))
    async with app.run_test(size=SIZE) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("W")
        await sees(pilot, "Ben offers you a page about “Sunday”.")
