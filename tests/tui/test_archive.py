"""All one can read, from its screen: where it is, what it means, and that it can be stopped."""

import datetime as dt
import json
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Button, Input, Select

from kapjournal import clock
from kapjournal.exchange.archiving import write
from kapjournal.exchange.archiving.write import Form
from kapjournal.progress import Progress
from kapjournal.tui.screens.archive import ArchiveScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import SECRET, AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

BIG = (100, 50)
NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


async def archives(pilot: AppPilot, app: KapApp) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "By the car")
    await pilot.press("A")
    await until(pilot, lambda: isinstance(app.screen, ArchiveScreen))


async def test_all_goes_to_a_folder_that_is_suggested(app: KapApp, own_places: Path) -> None:
    place = own_places / "journal-archive-2026-03-12"
    with clock.at(NOW):
        async with app.run_test(size=BIG) as pilot:
            await archives(pilot, app)
            assert app.screen.query_one("#file", Input).value == str(place)
            assert not place.exists()
            await pilot.click("#do")
            await sees(pilot, "It is written.")
            assert "not sealed" in painted(app)
    assert SECRET in "".join(page.read_text() for page in (place / "notes").iterdir())


async def test_enter_in_the_path_writes_it(app: KapApp, own_places: Path) -> None:
    with clock.at(NOW):
        async with app.run_test(size=BIG) as pilot:
            await archives(pilot, app)
            await pilot.press("enter")
            await sees(pilot, "It is written.")
    assert (own_places / "journal-archive-2026-03-12").is_dir()


async def test_another_form_has_another_name_but_what_was_typed_stays(app: KapApp, own_places: Path) -> None:
    with clock.at(NOW):
        async with app.run_test(size=BIG) as pilot:
            await archives(pilot, app)
            field, form = app.screen.query_one("#file", Input), app.screen.query_one("#form", Select)
            form.value = Form.JSON
            await until(pilot, lambda: field.value.endswith("journal-archive-2026-03-12.json"))
            field.value = str(own_places / "mine.json")
            form.value = Form.ICS
            await pilot.pause()
            form.value = Form.JSON
            await pilot.pause()
            assert field.value == str(own_places / "mine.json")
            await pilot.click("#do")
            await sees(pilot, "It is written.")
    assert json.loads((own_places / "mine.json").read_bytes())["by"] == "Ana"


@pytest.mark.parametrize("by", ["button", "key"])
async def test_going_back_stops_it_and_leaves_nothing(
    app: KapApp, own_places: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    begun, go_on, written = Event(), Event(), write.write_archive

    def slow(*args: object, progress: Progress, **options: object) -> Path:
        def follow(done: int, whole: int) -> None:
            begun.set()
            assert go_on.wait(60)
            progress(done, whole)

        return written(*args, progress=follow, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "write_archive", slow)
    before = sorted(own_places.iterdir())
    async with app.run_test(size=BIG) as pilot:
        await archives(pilot, app)
        await pilot.click("#do")
        await until(pilot, begun.is_set)
        assert app.screen.query_one("#do", Button).disabled
        if by == "button":
            await pilot.click("#back")
        else:
            await pilot.press("escape")
        go_on.set()
        await sees(pilot, "It was given up. Nothing of it was kept.")
        assert isinstance(app.screen, ArchiveScreen)
        assert sorted(own_places.iterdir()) == before
        await pilot.press("escape")
        await until(pilot, lambda: app.front_screen.NAME == "course")
