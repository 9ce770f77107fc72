"""What the clinical record looks like: the list, a record to read, a form to fill in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kapjournal import clock
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import SessionNamed
from kapjournal.journal import NewRecord, unlock
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import at_rest, sees
from tests.tui.conftest import MORNING
from tests.tui.test_records import comes_in

pytestmark = pytest.mark.usefixtures("still")
Compare = Callable[..., bool]
MOMENT = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 4)

SCREENS: dict[str, tuple[list[str], str]] = {
    "list": (["end"], "Closing the door on the week."),
    "reader": (["end", "enter"], "Ben wants to come alone once."),
    "page": (["home", "enter"], "A draft, where you left it."),
}


def written_by_lee(practice: Path, memory: Path) -> None:
    """A record of Ana and Ben, as it stands after their second session."""
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        case = lee.couples.get("Hallway").case
        lee.couples.name_partners(case, "Ana", "Ben")

        def add(kind: RecordKind, about: About, days_before: int, number: int, **fields: str) -> None:
            day = DAY - dt.timedelta(days_before)
            session = SessionNamed(number) if number else None
            lee.records.add(NewRecord(kind, case, fields, about, day, session))

        lee.records.add(
            NewRecord(
                RecordKind.PROGRESS,
                case,
                {
                    "subjective": "They slept badly after the second session, and talked until two.",
                    "subjective-second": "Ben wants to come alone once.",
                    "plan": "1. Ben alone on Monday.\n2. Both on Thursday.",
                },
                date=DAY - dt.timedelta(9),
                session=SessionNamed(2, DAY - dt.timedelta(9)),
            )
        )
        add(RecordKind.PROCESS, About.COUPLE, 2, 2, text="Closing the door on the week.")
        add(RecordKind.CONTACT, About.FIRST, 1, 0, text="Closing the door on the week.")
        add(RecordKind.SAFETY, About.SECOND, 0, 0, text="Asked alone.")
        page = RecordDraft("", None, case, RecordKind.PROGRESS, About.COUPLE, "2026-03-04", "3", "SOAP")
        said = (("subjective", "A quiet week, they say."),)
        lee.record_drafts.save(replace(page, values=said, cursor=("subjective", 0, 23)))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_the_record(
    desk: KapApp, practice: Path, memory: Path, snap_compare: Compare, screen: str, size: tuple[int, int]
) -> None:
    keys, words = SCREENS[screen]

    async def look(pilot: Pilot[Any]) -> None:
        await comes_in(pilot)
        await sees(pilot, "no session ahead")
        await pilot.press("home", "r")
        await sees(pilot, "Draft: Progress note")
        await pilot.press(*keys)
        await sees(pilot, words)
        await at_rest(pilot)

    with clock.at(MOMENT):
        written_by_lee(practice, memory)
        assert snap_compare(desk, terminal_size=size, run_before=look)
