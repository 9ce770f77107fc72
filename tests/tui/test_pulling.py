"""Pulling lines of the record into a write-up, on its page: ticked, put at the cursor, and known again."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.supervision import Pulled
from kapjournal.journal import Journal, NewRecord, unlock
from kapjournal.presentation.supervision_sources import Candidate, Candidates
from kapjournal.tui.modals.pull import PullModal
from kapjournal.tui.screens.record_page import RecordPageScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.pick_list import PickList
from tests.tui.app_pilot import AppPilot, app_of, painted, sees, types, until
from tests.tui.conftest import MORNING
from tests.tui.test_records import (
    begins,
    chooses,
    comes_to,
    entry,
    goes_to,
    hallway,
    lee,
    opens_the_record,
)

__all__ = ["lee"]

DAY = dt.date(2026, 3, 2)
DOSED = dt.datetime(2026, 3, 2, 14, tzinfo=dt.UTC)
QUESTION = "Whose pace am I keeping?"


@pytest.fixture
def filled(lee: Journal) -> Iterator[Journal]:
    """With a dosing record of Ana's and a process note."""
    rows = [
        new_row(RowKind.DOSE, DOSED, {"which": "dose", "amount": "100", "unit": "mg", "route": "sublingual"}),
        *(
            new_row(RowKind.LINE, DOSED + dt.timedelta(minutes=minute), {"what": "said", "words": words})
            for minute, words in ((12, "“Ben.”"), (20, "“The hallway.”"), (31, "“Here.”"))
        ),
    ]
    lee.dosing.put(hallway(lee), About.FIRST, SessionNamed(1, DAY), rows)
    lee.records.add(NewRecord(RecordKind.PROCESS, hallway(lee), {"text": "I slow down with him."}, date=DAY))
    yield lee


async def begins_a_write_up(pilot: AppPilot) -> None:
    await opens_the_record(pilot)
    await begins(pilot, "Supervision write-up")
    await comes_to(pilot, RecordPageScreen)
    await sees(pilot, "First partner: Ana.")
    await types(pilot, QUESTION)
    await chooses(pilot, "wanted", "challenge me")


async def looks_into(pilot: AppPilot, field: str) -> PullModal:
    await goes_to(pilot, field)
    await pilot.press("f4")
    await comes_to(pilot, PullModal)
    modal = app_of(pilot).screen
    assert isinstance(modal, PullModal)
    return modal


def foot(app: KapApp) -> str:
    return str(app.screen.query_one("#state", Static).content)


def value(app: KapApp, field: str) -> str:
    return entry(app, field).value


async def test_lines_are_ticked_stand_at_the_cursor_and_are_known_again(
    desk: KapApp, filled: Journal, memory: Path
) -> None:
    filled.close()
    async with desk.run_test() as pilot:
        await begins_a_write_up(pilot)
        await goes_to(pilot, "moment")
        assert foot(desk) == "F4 pulls lines of the record in here."
        await looks_into(pilot, "moment")
        assert "[ ] +12 min · first partner · said: “[second partner].”" in painted(desk)
        await pilot.press("space", "down", "down", "space")
        await sees(pilot, "Pull in: One moment · 2 ticked")
        assert painted(desk).count("[x]") == 2
        await pilot.press("enter")
        await comes_to(pilot, RecordPageScreen)
        lines = [
            "+12 min · first partner · said: “[second partner].”",
            "+31 min · first partner · said: “Here.”",
        ]
        await until(pilot, lambda: value(desk, "moment").split("\n") == lines)
        assert foot(desk) == "From: dosing record of 2 March 2026, session 1, 14:31 · stays with you"
        await pilot.press("enter", *"Mine.")
        assert "From:" not in foot(desk)
        await pilot.press("ctrl+s")
        await sees(pilot, "It is a record now.")
    with unlock(filled.path, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        [record] = [one for one in lee.records.all() if one.kind is RecordKind.SUPERVISION]
        assert record.text.fields["moment"].split("\n") == [*lines, "Mine."]
        sources = lee.write_ups.sources(record.id)
        assert [one.line for one in sources] == lines
        assert sources[0].said == "dosing record of 2 March 2026, session 1, 14:12"


async def test_a_draft_keeps_where_a_line_is_from_and_so_does_the_record(
    desk: KapApp, filled: Journal
) -> None:
    filled.close()
    said = "From: dosing record of 2 March 2026, session 1, 14:12 · stays with you"
    async with desk.run_test() as pilot:
        await begins_a_write_up(pilot)
        await looks_into(pilot, "moment")
        await pilot.press("enter")  # with nothing ticked it is the line the cursor is on
        await comes_to(pilot, RecordPageScreen)
        await until(pilot, lambda: foot(desk) == said)
        await pilot.press("escape")
        await sees(pilot, "Draft: Supervision write-up")
        await pilot.press("home", "enter")
        await comes_to(pilot, RecordPageScreen)
        await until(pilot, lambda: foot(desk) == said)
        await pilot.press("ctrl+s")
        await sees(pilot, "It is a record now.")
        await pilot.press("home", "enter", "e")
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "First partner: Ana.")
        await goes_to(pilot, "moment")
        await until(pilot, lambda: foot(desk) == said)


async def test_a_process_note_is_offered_in_the_own_programme_and_asks_why(
    desk: KapApp, filled: Journal
) -> None:
    filled.close()
    async with desk.run_test() as pilot:
        await begins_a_write_up(pilot)
        await goes_to(pilot, "pull")
        await pilot.press("f4")
        await sees(pilot, "Nothing is pulled into this field: it is yours to write.")
        await chooses(pilot, "basis", "own programme")
        modal = await looks_into(pilot, "pull")
        await sees(pilot, "Why does the write-up need this line?")
        await pilot.press("enter")
        await sees(pilot, "Say in one line why the write-up needs this line of your process note.")
        assert modal.query_one("#reason", Field).has_focus
        await pilot.press(*"mine", "enter")
        await comes_to(pilot, RecordPageScreen)
        await until(pilot, lambda: value(desk, "pull") == "I slow down with him.")


async def test_what_is_in_no_field_and_what_takes_nothing_is_said(desk: KapApp, filled: Journal) -> None:
    filled.close()
    async with desk.run_test() as pilot:
        await begins_a_write_up(pilot)
        await goes_to(pilot, "session")
        await pilot.press("f4")
        await sees(pilot, "Put the cursor into the field first")
        await goes_to(pilot, "safety-self")
        await pilot.press("f4")
        await sees(pilot, "a status alone stands there")


async def test_other_forms_pull_nothing(desk: KapApp, filled: Journal) -> None:
    filled.close()
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Plan")
        await comes_to(pilot, RecordPageScreen)
        assert "pull_in" not in {one.binding.action for one in desk.screen.active_bindings.values()}


async def test_five_thousand_lines_are_one_list_that_words_make_short(desk: KapApp) -> None:
    found = tuple(
        Candidate("moment", f"+{number} min · first partner · said: word {number}.", "record:abcd", "it", "S")
        for number in range(5000)
    )
    taken: list[tuple[Pulled, ...] | None] = []
    async with desk.run_test() as pilot:
        await sees(pilot, "practice.kap")
        modal = PullModal("One moment", Candidates("moment", found), "")
        await desk.push_screen(modal, taken.append)
        await until(pilot, lambda: modal.query_one(PickList).option_count == 5001)
        await pilot.press("end", "space")
        modal.query_one("#words", Field).focus()
        await pilot.press(*"word 2500")
        await until(pilot, lambda: modal.query_one(PickList).option_count == 2)
        await pilot.press("enter", "shift+down", "enter")
        await until(pilot, lambda: bool(taken))
    assert [one.line.rpartition(" ")[2] for one in taken[0] or ()] == ["2500.", "4999."]


async def test_rows_of_control_characters_are_harmless(desk: KapApp) -> None:
    one = Candidate("moment", "a\x1b[31m[b]b[/x]", "record:abcd", "\x1b]0;x\x07", "g\x9b[/]")
    async with desk.run_test() as pilot:
        await sees(pilot, "practice.kap")
        await desk.push_screen(PullModal("One moment", Candidates("moment", (one,)), ""))
        await sees(pilot, "[b]b[/x]")
        assert "\x1b" not in painted(desk)
