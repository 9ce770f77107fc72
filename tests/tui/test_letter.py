"""A letter to a prescriber on the screens: asked for, looked at, finished, saved; nothing kept before."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Select

from kapjournal import clock
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import Refused
from kapjournal.journal import Journal, NewRecord, unlock
from kapjournal.journal.records import Records
from kapjournal.presentation import letter_view as saying
from kapjournal.presentation.couple_journal import ASKS
from kapjournal.presentation.letter import NOT_OPENED
from kapjournal.tui.screens.letter import LetterScreen
from kapjournal.tui.screens.records import RecordsScreen
from kapjournal.tui.screens.save_page import SavePageScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, at_rest, painted, sees, slow, until
from tests.tui.conftest import MORNING
from tests.tui.people_steps import fills, presses
from tests.tui.test_leaving import holders, let_go_of
from tests.tui.test_records import comes_to, hallway, lee, opens_the_record

__all__ = ["lee"]

MOMENT = dt.datetime(2026, 3, 20, 9, 30, tzinfo=dt.UTC)
QUESTION = "May the dose stay as it is?"


def rows(*, amount: str) -> list[Row]:
    def row(kind: RowKind, minutes: int, **said: str) -> Row:
        values = {name.replace("_", "-"): value for name, value in said.items()}
        at = dt.datetime(2026, 3, 2, 10, 6, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
        return new_row(kind, at, values)

    return [
        row(RowKind.VITALS, -14, systolic="118", diastolic="76"),
        row(
            RowKind.DOSE, 0, amount=amount, unit="mg", route="sublingual", form="lozenge", ordered_by="Dr Ito"
        ),
        row(RowKind.EFFECT, 16, effect="dizziness", ended="11:05", words="Like a boat."),
        row(RowKind.VITALS, 30, systolic="131", diastolic="84"),
        row(RowKind.VITALS, 112, systolic="119", diastolic="77"),
    ]


def dosed(lee: Journal) -> None:
    """A dosing session of both, and what you wrote about Ana."""
    session, case = SessionNamed(1, dt.date(2026, 3, 2)), hallway(lee)
    for about, amount in ((About.FIRST, "80"), (About.SECOND, "55")):
        said = {"prescriber": "Dr Ito", "adverse": "no"}
        lee.dosing.put(case, about, session, rows(amount=amount), said)
    said = {"response": "Softer in the evenings, she and Ben."}
    lee.records.add(NewRecord(RecordKind.PROGRESS, case, said, About.FIRST, session.date, session))


def letters(practice: Path, memory: Path) -> list[str]:
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        found = [one for one in lee.records.all() if one.kind is RecordKind.CONTACT]
    assert all(one.text.about is About.FIRST and not one.is_signed for one in found)
    return [one.text.fields["text"] for one in found]


async def asks(pilot: AppPilot, **fields: str) -> None:
    """From the record to what stands on the form."""
    await opens_the_record(pilot)
    await sees(pilot, "Dosing record")
    await pilot.press("l")
    await comes_to(pilot, LetterScreen)
    await until(pilot, lambda: app_of(pilot).screen.query_one("#to", Field).placeholder == "Dr Ito")
    await fills(pilot, **fields)


async def shows(pilot: AppPilot) -> None:
    await until(pilot, lambda: not app_of(pilot).screen.query_one("#show").has_class("-active"))
    await presses(pilot, "#show")


async def test_it_is_asked_for_looked_at_finished_and_saved(
    desk: KapApp, lee: Journal, practice: Path, memory: Path, tmp_path: Path
) -> None:
    dosed(lee)
    lee.close()
    async with desk.run_test(size=(80, 24)) as pilot:
        await asks(pilot, name="Dr Mina Lee", credentials="LMFT")
        await shows(pilot)
        await sees(pilot, "The letter asks one question.")
        await fills(pilot, question="Should ben come?")
        await shows(pilot)
        await sees(pilot, "“ben” has no place in it")
        await fills(pilot, question=QUESTION, response="Slept well.")
        await pilot.press("ctrl+s")
        await sees(pilot, saying.SHOW_FIRST)
        await shows(pilot)
        await sees(pilot, "Press Ctrl+S to finish it.")
        await sees(pilot, "2 March 2026 · session 1 · dose 1")
        assert "Ben" not in painted(desk) and "55 mg" not in painted(desk)
        await pilot.press("x")
        await sees(pilot, saying.FINISH_FIRST)
        await pilot.press("escape")
        await sees(pilot, "The question, one sentence")
        assert desk.screen.query_one("#question", Field).value == QUESTION
        assert letters(practice, memory) == []
        await fills(pilot, response="Slept better.")
        await shows(pilot)
        await sees(pilot, "Press Ctrl+S to finish it.")
        await pilot.press("ctrl+s")
        await sees(pilot, f"{saying.FINISHED} Press x to save it in a file.")
        await pilot.press("ctrl+s", "x")
        await comes_to(pilot, SavePageScreen)
        desk.screen.query_one("#file", Field).value = str(tmp_path / "letter.txt")
        await presses(pilot, "#do")
        await sees(pilot, "It is not sealed there.")
        await pilot.press("escape")
        await comes_to(pilot, LetterScreen)
        await pilot.press("escape")
        await comes_to(pilot, RecordsScreen)
        await sees(pilot, "Contact note · Ana")
    [kept] = letters(practice, memory)
    assert kept == (tmp_path / "letter.txt").read_text()
    assert "Slept better." in kept and kept.endswith("Dr Mina Lee, LMFT\n")


async def test_the_response_from_the_progress_notes(desk: KapApp, lee: Journal) -> None:
    dosed(lee)
    lee.close()
    async with desk.run_test(size=(80, 40)) as pilot:
        await asks(pilot, question=QUESTION, response="Not this.")
        desk.screen.query_one("#from", Select).value = "response"
        await until(pilot, lambda: desk.screen.query_one("#response").disabled)
        await shows(pilot)
        await sees(pilot, "Response: Softer in the evenings, she and [name left out].")
        assert "Not this." not in painted(desk)


async def test_two_presses_finish_it_once_and_a_failure_leaves_the_page(
    desk: KapApp, lee: Journal, practice: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dosed(lee)
    lee.close()

    def fail(*_: object) -> None:
        raise Refused("Not now.")

    async with desk.run_test() as pilot:
        await asks(pilot, question=QUESTION)
        await shows(pilot)
        await sees(pilot, "Press Ctrl+S to finish it.")
        with monkeypatch.context() as patch:
            patch.setattr(Records, "add", fail)
            await pilot.press("ctrl+s")
            await sees(pilot, "Not now.")
        held = slow(monkeypatch, Records, "add")
        await pilot.press("ctrl+s", "ctrl+s", "escape")
        await until(pilot, lambda: held.asked == 1)
        assert isinstance(desk.screen, LetterScreen)
        held.gate.set()
        await sees(pilot, saying.FINISHED)
    assert len(letters(practice, memory)) == 1


async def test_a_lock_says_that_it_was_not_finished_and_forgets_it(
    desk: KapApp, lee: Journal, practice: Path, memory: Path
) -> None:
    dosed(lee)
    lee.close()
    words = ("bassoon",)
    async with desk.run_test(size=(80, 40)) as pilot:
        others = [thing for thing, _ in holders(words)]
        await asks(pilot, question="May the bassoon stay?", response="A bassoon.")
        await shows(pilot)
        await sees(pilot, "May the bassoon stay?")
        await pilot.press("ctrl+l")
        await sees(pilot, saying.NOT_FINISHED)
        await desk.workers.wait_for_complete()
        await let_go_of(pilot, words, others)
    assert letters(practice, memory) == []


async def test_without_names_it_is_said_why_there_is_none(desk: KapApp) -> None:
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await pilot.press("l")
        await sees(pilot, "Say first what you call the two partners")
        assert isinstance(desk.screen, RecordsScreen)


async def test_a_journal_that_asks_each_time_has_its_measures_only_while_it_is_open(
    desk: KapApp, lee: Journal
) -> None:
    dosed(lee)
    lee.couples.ask_each_time(hallway(lee))
    lee.close()
    async with desk.run_test(size=(80, 50)) as pilot:
        await asks(pilot, question=QUESTION)
        await shows(pilot)
        await sees(pilot, NOT_OPENED)
        await sees(pilot, ASKS)


@pytest.mark.usefixtures("still")
def test_the_page(desk: KapApp, lee: Journal, snap_compare: Callable[..., bool]) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await asks(pilot, question=QUESTION, response="Slept well.", name="Dr Mina Lee", credentials="LMFT")
        await shows(pilot)
        await sees(pilot, "Press Ctrl+S to finish it.")
        await at_rest(pilot)

    with clock.at(MOMENT):
        dosed(lee)
        lee.close()
        assert snap_compare(desk, terminal_size=(80, 24), run_before=look)
