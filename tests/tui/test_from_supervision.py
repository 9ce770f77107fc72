"""What was agreed in supervision, asked for once in the brief."""

import datetime as dt

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision_reply import Act
from kapjournal.journal import Journal, NewRecord
from kapjournal.presentation.supervision_brief import NOTHING_OPEN, OF_WHICH
from kapjournal.tui.modals.choice import ChoiceModal
from kapjournal.tui.modals.happened import HappenedModal
from kapjournal.tui.screens.brief import BriefScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.rendered_text import RenderedText
from tests.tui.app_pilot import painted, sees, types, until
from tests.tui.test_records import comes_in, comes_to, hallway, lee

__all__ = ["lee"]

FIELDS = {"question": "Whose pace?", "wanted": "challenge me"}


async def test_it_is_said_in_the_brief_what_happened_and_not_asked_again(desk: KapApp, lee: Journal) -> None:
    written = lee.records.add(NewRecord(RecordKind.SUPERVISION, hallway(lee), FIELDS))
    acts = [
        Act("Dr Lee", "ask each alone", dt.date(2026, 3, 2)),
        Act("Dr Lee", "a walk", dt.date(2026, 3, 3)),
    ]
    lee.write_ups.reply(written.id, "You hurry.", acts, "Dr Roe")
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        await pilot.press("home", "b")
        await sees(pilot, "ask each alone · by 2 Mar · What happened?")
        assert "You hurry" not in painted(desk)
        await pilot.press("h")
        await sees(pilot, OF_WHICH)
        await pilot.press("enter")
        await comes_to(pilot, HappenedModal)
        await pilot.press("enter")
        await sees(pilot, "Type what came of it")
        await types(pilot, "Both said the same.")
        await pilot.press("enter")
        await comes_to(pilot, BriefScreen)
        await until(pilot, lambda: "ask each alone" not in painted(desk))
        await pilot.press("enter")
        await sees(pilot, "Dr Lee: a walk")
        await types(pilot, "Not yet.")
        await pilot.press("enter")
        await until(pilot, lambda: "Supervision" not in painted(desk))
        await pilot.press("h")
        await sees(pilot, NOTHING_OPEN)


async def test_what_came_of_it_is_said_before_its_day_too_and_the_page_stays_where_it_was(
    desk: KapApp, lee: Journal
) -> None:
    written = lee.records.add(NewRecord(RecordKind.SUPERVISION, hallway(lee), FIELDS))
    acts = [Act("Dr Lee", f"ask {number} of them", dt.date(2097, 3, number)) for number in range(1, 21)]
    lee.write_ups.reply(written.id, "You hurry.", acts, "Dr Roe")
    lee.close()
    async with desk.run_test(size=(80, 12)) as pilot:
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        await pilot.press("home", "b")
        await sees(pilot, "ask 1 of them")
        desk.screen.query_one(RenderedText).scroll_to(y=3, animate=False)
        await until(pilot, lambda: "ask 1 of them" not in painted(desk))
        await pilot.press("h")
        await comes_to(pilot, ChoiceModal)
        await pilot.press("down", "enter")
        await sees(pilot, "Dr Lee: ask 2 of them")
        await types(pilot, "Not yet.")
        await pilot.press("enter")
        await comes_to(pilot, BriefScreen)
        await until(pilot, lambda: "ask 2 of them" not in painted(desk))
        assert desk.screen.query_one(RenderedText).scroll_y == 3
