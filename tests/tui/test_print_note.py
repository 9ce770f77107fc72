"""Saving one note as a page to print, on the screens."""

from pathlib import Path

import pyrage
import pytest
from pypdf import PdfReader

from kapjournal.exchange import age
from kapjournal.tui.screens.print_note import PrintNoteScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.typesetting import pdf
from tests.exchange.searched import paragraphs
from tests.tui.app_pilot import AppPilot, painted, sees, until
from tests.tui.people_steps import presses
from tests.tui.test_leaving import at_a_note


async def prints(pilot: AppPilot, app: KapApp, dest: Path, key: str = "") -> None:
    await at_a_note(pilot, app)
    await pilot.press("P")
    await until(pilot, lambda: isinstance(app.screen, PrintNoteScreen))
    await sees(pilot, "one in .pdf a PDF")
    app.screen.query_one("#file", Field).value = str(dest)
    app.screen.query_one("#keys", Field).value = key
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


async def test_it_is_sealed_to_the_key_that_is_typed_and_a_wrong_one_is_named(
    app: KapApp, tmp_path: Path
) -> None:
    identity = pyrage.x25519.Identity.generate()
    dest = tmp_path / "page.docx"
    async with app.run_test(size=(80, 24)) as pilot:
        await prints(pilot, app, dest, key=f"{identity.to_public()}, age1oops")
        await sees(pilot, "“age1oops” is not the public key of a recipient")
        assert not list(tmp_path.glob("page*"))
        app.screen.query_one("#keys", Field).value = str(identity.to_public())
        await presses(pilot, "#do")
        await sees(pilot, "It is sealed to 1")
        assert "not sealed" not in painted(app)
    [sealed] = tmp_path.glob("page*")
    assert sealed.name == "page.docx.age"
    assert "Hallway" in paragraphs(age.opened(sealed.read_bytes(), identity=str(identity)))


async def test_a_form_that_is_gone_stops_what_is_made(app: KapApp) -> None:
    stopped: list[str] = []
    async with app.run_test() as pilot:
        await at_a_note(pilot, app)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PrintNoteScreen))
        screen = app.screen
        assert isinstance(screen, PrintNoteScreen)
        screen.stopping.begun(lambda: stopped.append("early"))
        assert stopped == []
        await pilot.press("escape")
        await until(pilot, lambda: stopped == ["early"])
        screen.stopping.begun(lambda: stopped.append("late"))
    assert stopped == ["early", "late"]
