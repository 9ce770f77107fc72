"""The pictures of the README: pages of the demo's couple, as anybody sees them who opens it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import clock, demo
from kapjournal.config import Loaded, Settings
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, at_rest, enters, sees

pytestmark = pytest.mark.usefixtures("still")
Compare = Callable[..., bool]
EVENING = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)

PICTURES = {
    "course": ((120, 36), ["left", "up", "up", "right", "down"], "After session 5"),
    "page": ((80, 24), ["d"], "I want to bring the letter."),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Compare, picture: str
) -> None:
    size, keys, words = PICTURES[picture]
    monkeypatch.setattr("kapjournal.tui.modals.tour.due", lambda: False)

    async def go(pilot: AppPilot) -> None:
        await enters(pilot, "Ana", "first light on the lake")
        await sees(pilot, "The course")
        await pilot.press(*keys)
        await sees(pilot, words)
        await at_rest(pilot)

    with clock.at(EVENING):
        made = demo.build(tmp_path, record_folder=tmp_path / "memory")
        app = KapApp(Loaded(Settings()), theme.load_all(), path=made.path, record_folder=tmp_path / "memory")
        assert snap_compare(app, terminal_size=size, run_before=go)
