"""Saving one note as a page to print, on the screens."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from kapjournal.tui.screens.print_note import PrintNoteScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.typesetting import pdf
from tests.tui.app_pilot import AppPilot, sees, until
from tests.tui.people_steps import presses
from tests.tui.test_leaving import at_a_note


async def prints(pilot: AppPilot, app: KapApp, dest: Path) -> None:
    await at_a_note(pilot, app)
    await pilot.press("P")
    await until(pilot, lambda: isinstance(app.screen, PrintNoteScreen))
    await sees(pilot, "one in .pdf a PDF")
    app.screen.query_one("#file", Field).value = str(dest)
    await pilot.click("#do")


async def test_a_name_that_ends_so_makes_a_pdf(app: KapApp, tmp_path: Path) -> None:
    dest = tmp_path / "page.PDF"
    async with app.run_test(size=(100, 40)) as pilot:
        await prints(pilot, app, dest)
        await sees(pilot, "It is not sealed there.")
    assert "Hallway" in PdfReader(dest).pages[0].extract_text()
    assert dest.stat().st_mode & 0o077 == 0


async def test_without_typst_it_is_said_how_to_get_it_and_html_can_be_saved(
    app: KapApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    async with app.run_test(size=(100, 40)) as pilot:
        await prints(pilot, app, tmp_path / "page.pdf")
        await sees(pilot, "pipx inject kapjournal typst")
        app.screen.query_one("#file", Field).value = str(tmp_path / "page.html")
        await presses(pilot, "#do")
        await sees(pilot, "It is not sealed there.")
    assert [one.name for one in tmp_path.glob("page*")] == ["page.html"]


async def test_a_form_that_is_gone_stops_what_is_made(app: KapApp) -> None:
    stopped: list[str] = []
    async with app.run_test() as pilot:
        await at_a_note(pilot, app)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PrintNoteScreen))
        screen = app.screen
        assert isinstance(screen, PrintNoteScreen)
        screen._begun(lambda: stopped.append("early"))
        assert stopped == []
        await pilot.press("escape")
        await until(pilot, lambda: stopped == ["early"])
        screen._begun(lambda: stopped.append("late"))
    assert stopped == ["early", "late"]
