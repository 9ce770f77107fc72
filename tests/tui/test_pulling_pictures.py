"""What pulling lines into a write-up looks like: the lines to tick, and where one of them is from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.content.forms import form_for
from kapjournal.demo import build
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.record_drafts import new_record_draft
from kapjournal.journal import FLOOR, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import at_rest, sees
from tests.tui.test_records import comes_in

pytestmark = pytest.mark.usefixtures("still")
Compare = Callable[..., bool]
MOMENT = dt.datetime(2026, 3, 9, 15, 56, tzinfo=dt.UTC)
SAID = (("question", "Whose pace am I keeping, and for whom?"), ("wanted", "challenge me"))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", ["lines", "page"])
def test_pulling_in(
    memory: Path, tmp_path: Path, snap_compare: Compare, screen: str, size: tuple[int, int]
) -> None:
    with clock.at(MOMENT):
        demo = build(tmp_path / "demo", practice=True, record_folder=memory)
        assert demo.practice is not None
        door = demo.practice.door.passphrase
        with unlock(demo.practice.path, label=None, passphrase=door, record_folder=memory) as lee:
            case = lee.couples.get("Ana and Ben").case
            page = new_record_draft(form_for(RecordKind.SUPERVISION), case, About.COUPLE, clock.today())
            lee.record_drafts.save(replace(page, values=SAID, cursor=("moment", 0, 0)))
        app = KapApp(
            Loaded(Settings()),
            theme.load_all(),
            path=demo.practice.path,
            record_folder=memory,
            strength=FLOOR,
        )

        async def look(pilot: Pilot[Any]) -> None:
            await comes_in(pilot, door)
            await sees(pilot, "unsigned")
            await pilot.press("home", "r")
            await sees(pilot, "Draft: Supervision write-up")
            await pilot.press("home", "enter")
            await sees(pilot, "F4 pulls lines of the record in here.")
            await at_rest(pilot)  # the page behind the list has scrolled to its field
            await pilot.press("f4")
            await sees(pilot, "Pull in: One moment")
            await pilot.press(*["down"] * 3, *["shift+down"] * 3)
            if screen == "page":
                await pilot.press("enter")
                await sees(pilot, "stays with you")
            await at_rest(pilot)

        assert snap_compare(app, terminal_size=size, run_before=look)
