"""What a dialogue looks like from across a room: an evening in one theme, one step of it in two others."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.domain.dialogue import Step
from kapjournal.journal import FLOOR
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.tui.dialogue_steps import (
    FIRST_TURN,
    SECOND_TURN,
    TO_THE_PAGE,
    begins,
    goes_on,
    goes_to_dialogues,
    opens_beside,
    screen_of,
)
from tests.tui.picture_story import Sizes, story_at

pytestmark = pytest.mark.usefixtures("still")
MOMENT = dt.datetime(2026, 3, 22, 19, 30, tzinfo=dt.UTC)
SIZES: Sizes = ((80, 24), (140, 40))


async def test_an_evening_from_the_topic_to_thanks(app: KapApp, snapshot: SnapshotAssertion) -> None:
    with clock.at(MOMENT):
        async with story_at(app, snapshot, SIZES) as story:
            pilot = story._seat
            await goes_to_dialogues(pilot)
            await story.presses("n")
            await story.sees("Turn the keyboard to Ben")
            await story.looks_at("the second door")
            await opens_beside(pilot, "Ben")
            await story.sees("One thing, in a few words")
            await story.presses(*"Sundays")
            await story.looks_at("about what")
            await goes_on(pilot, *FIRST_TURN[:1])
            await story.looks_at("is now ok")
            await goes_on(pilot, *FIRST_TURN[1:4])
            await story.looks_at("Ana speaks")
            await goes_on(pilot, Step.MIRROR)
            await story.presses("f2")
            await story.presses(*"You miss the slow ones.")
            await story.looks_at("Ben types what he hears")
            await goes_on(pilot, Step.MORE)
            await story.looks_at("anything more")
            await story.presses("f2")
            await goes_on(pilot, *FIRST_TURN[6:], *SECOND_TURN, *TO_THE_PAGE)
            await story.presses(*"I miss slow mornings", "enter", *"I was afraid to say it", "enter")
            await story.presses(*"Tea in bed", "enter", *"Sundays", "enter")
            await story.looks_at("what stays")
            app.screen.query_one("#request-until").focus()
            await goes_on(pilot, Step.APPROVE)
            await story.presses("1")
            await story.sees("Ben’s turn")
            await story.looks_at("Ben, yes")
            await story.presses("2")
            await story.sees("One sentence each")
            await story.looks_at("thank you")
            await story.presses("enter")
            await story.sees("A line from Ben")
            await story.looks_at("what was kept")


@pytest.mark.parametrize("colours", ["candle", "paper"])
async def test_a_step_in_other_colours(
    journal_file: Path, memory: Path, snapshot: SnapshotAssertion, colours: str
) -> None:
    loaded = Loaded(Settings(theme=colours))
    app = KapApp(loaded, theme.load_all(), path=journal_file, record_folder=memory, strength=FLOOR)
    with clock.at(MOMENT):
        async with story_at(app, snapshot, SIZES) as story:
            await begins(story._seat)
            await goes_on(story._seat, *FIRST_TURN[:4])
            assert screen_of(story._seat)._dialogue.step is Step.SENDER
            await story.looks_at("Ana speaks")
