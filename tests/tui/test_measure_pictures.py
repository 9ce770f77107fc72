"""What measures look like: a question at the mark, the end, the therapist's list, a chart, a contact line."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.journal import Journal, NewAnswers
from kapjournal.tui.shell.app import KapApp
from tests.content.invented_packs import lay_packs
from tests.tui.app_pilot import enters
from tests.tui.conftest import PASSPHRASES
from tests.tui.picture_story import Sizes, story_at

Open = Callable[[str], Journal]
MOMENT = dt.datetime(2026, 3, 22, 19, 30, tzinfo=dt.UTC)
SIZES: Sizes = ((80, 24), (140, 40))


@pytest.fixture
def course(still: None, own_places: Path, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Ana answered before, and what she is asked for."""
    monkeypatch.setattr("kapjournal.paths.config_folder", lambda: own_places / "config")
    lay_packs("phq9")
    with clock.at(MOMENT - dt.timedelta(hours=2)), opened("Ana") as ana:
        for day, answers in ((1, (2,) * 8 + (0,)), (8, (1, None, *(1,) * 6, 0)), (15, (1,) * 8 + (0,))):
            ana.measures.answer(NewAnswers("phq9", answers, dt.date(2026, 3, day), "Dr Lee"))
    with clock.at(MOMENT - dt.timedelta(hours=1)), opened("Dr Lee") as lee:
        lee.measures.request("phq9", "Ana", dt.date(2026, 3, 24), "before we meet")


async def test_from_a_question_to_a_contact_line(
    app: KapApp, course: None, snapshot: SnapshotAssertion
) -> None:
    with clock.at(MOMENT):
        async with story_at(app, snapshot, SIZES) as story:
            await enters(story._seat, "Ana", PASSPHRASES["Ana"])
            await story.sees("Press q to answer.")
            await story.presses("q")
            await story.sees("Dr Lee asks: PHQ-9")
            await story.looks_at("her measures")
            await story.presses("home", "enter")
            await story.sees("Of pebbles.")
            await story.presses("enter", *["1"] * 8, "2")
            await story.sees("9 of 9")
            await story.looks_at("a question")
            await story.presses("right", "space")
            await story.sees("This journal is not monitored")
            await story.looks_at("the end")
            await story.presses("ctrl+s")
            await story.sees("It is kept.")
            await story.presses("enter")
            await story.sees("Total: 1 of 27")
            await story.looks_at("her answers")
            await story.presses("ctrl+l")
            await story.sees("Locked.")
            await enters(story._seat, "Dr Lee", PASSPHRASES["Dr Lee"])
            await story.sees("A safety mark is open.")
            await story.presses("q", "enter")
            await story.sees("Measures of Ana")
            await story.sees("16 of 27")
            await story.looks_at("as the therapist sees them")
            await story.presses("c")
            await story.sees("incomplete")
            await story.looks_at("the course")
            await story.presses("escape", "exclamation_mark", "c")
            await story.sees("Contact line")
            await story.looks_at("a contact line")
