"""The course of a measure at the screens: one person alone, in plain words for a partner, out as a file."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from kapjournal.journal import Journal, NewAnswers
from kapjournal.tui.screens.measure_chart import MeasureChartScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.chart import Chart
from kapjournal.tui.widgets.rendered_text import RenderedText
from tests.content.invented_packs import lay_packs
from tests.tui.app_pilot import painted, sees
from tests.tui.measure_steps import chooses_whose, to_the_measures
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


@pytest.fixture(autouse=True)
def course(own_places: Path, opened: Open) -> None:
    """Three times Ana answered, once not to the end; and once Ben did."""
    lay_packs("phq9")
    with opened("Ana") as ana, opened("Ben") as ben:
        for day, answers in ((1, (2,) * 9), (8, (1, None, *(1,) * 7)), (20, (1,) * 8 + (0,))):
            ana.measures.answer(NewAnswers("phq9", answers, dt.date(2026, 3, day), "Dr Lee"))
        ben.measures.answer(NewAnswers("phq9", (3,) * 9, dt.date(2026, 3, 5), "Dr Lee"))


async def test_a_partner_sees_their_own_course_in_plain_words(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "18 of 27")
        await pilot.press("c")
        await comes_to(pilot, "measure-chart")
        await sees(pilot, "PHQ-9 Lower is better.")
        await sees(pilot, "session")
        await sees(pilot, "incomplete")
        await pilot.press("t")
        await sees(pilot, "20 March 2026: 8 of 27, 10 lower than the first time. That is more")
        await sees(pilot, "8 March 2026: something was left out, so there is no total.")
        await sees(pilot, "2 March 2026: session 1, dose 1")
        assert not any(word in painted(app) for word in ("mild", "moderate", "cut-off", "27 of 27", "Ben"))
        await pilot.press("t")
        await sees(pilot, "PHQ-9 Lower is better.")


async def test_at_140_columns_the_table_stands_beside_the_chart(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await chooses_whose(pilot, "Dr Lee", "Ana")
        await pilot.press("c")
        await comes_to(pilot, "measure-chart")
        await sees(pilot, "PHQ-9 of Ana")
        await sees(pilot, "Change since the first")
        await sees(pilot, "-10")
        screen = app.screen
        assert isinstance(screen, MeasureChartScreen)
        assert screen.query_one(Chart).display and screen.query_one(RenderedText).display
        row = next(line for line in painted(app).splitlines() if "-10" in line)
        assert row.rstrip(" │").endswith("yes")
        assert "27 of 27" not in painted(app), "Ben is on a screen of his own"


async def test_the_chart_is_reached_from_the_answers_too(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "18 of 27")
        await pilot.press("enter")
        await comes_to(pilot, "answers")
        await pilot.press("c")
        await comes_to(pilot, "measure-chart")


@pytest.mark.parametrize(("downs", "name"), [(0, "a.svg"), (1, "a.csv"), (2, "a.json")])
async def test_it_is_saved_out_of_the_journal_and_that_it_is_not_sealed_is_said(
    app: KapApp, tmp_path: Path, downs: int, name: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_measures(pilot, "Ana")
        await sees(pilot, "18 of 27")
        await pilot.press("c")
        await comes_to(pilot, "measure-chart")
        await pilot.press("x")
        await sees(pilot, "Save what?")
        await pilot.press(*["down"] * downs, "enter")
        await comes_to(pilot, "save-measures")
        await sees(pilot, "unless you seal it")
        app.screen.query_one("#file", Input).value = str(tmp_path / name)
        app.screen.query_one("#do", Button).press()
        await sees(pilot, "It is not sealed there.")
        app.screen.query_one("#do", Button).press()
        await sees(pilot, "is there already and stays as it is")
    written = tmp_path / name
    assert written.stat().st_mode & 0o777 == 0o600
    text = written.read_text("utf-8")
    assert "Ana" not in text and "Ben" not in text
    if name.endswith("csv"):
        assert [row["total"] for row in csv.DictReader(text.splitlines())] == ["18", "", "8"]
    elif name.endswith("json"):
        assert json.loads(text)["resourceType"] == "Bundle"
    else:
        assert text.startswith("<svg") and "-10" in text
