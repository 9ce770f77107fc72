"""Settings and export have one scroller, and what is chosen in them is always in sight."""

import datetime as dt
from collections.abc import Callable

import pytest
from textual.widget import Widget
from textual.widgets import OptionList

from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
SIZES = [(80, 24), (140, 40), (60, 16)]


def scrollers(app: KapApp) -> list[Widget]:
    return [one for one in app.screen.query(Widget) if one.max_scroll_y > 0 and one.size.height]


def in_sight(app: KapApp) -> bool:
    """Whether what has the focus is to be seen; of a list, the line that is chosen."""
    focused = app.focused
    assert focused is not None
    if isinstance(focused, OptionList) and focused.highlighted is not None:
        words = str(focused.options[focused.highlighted].prompt)[:40].strip()
        return words in painted(app)
    page = app.screen.query_one("#body") if app.screen.query("#body *:focus") else app.screen
    return page.region.overlaps(focused.region)


async def walks_through(pilot: AppPilot) -> None:
    """Tab once round the screen and back, and through each list."""
    app = app_of(pilot)
    for key in ("tab", "shift+tab"):
        for _ in app.screen.focus_chain:
            await pilot.press(key)
            await until(pilot, lambda: in_sight(app))
            if isinstance(listed := app.focused, OptionList):
                for step in ("home", "pagedown", "end", *["up"] * 3, "pageup"):
                    await pilot.press(step)
                    await until(pilot, lambda: in_sight(app))
                assert listed.max_scroll_y == 0


@pytest.mark.parametrize("size", SIZES)
async def test_settings(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("comma")
        await comes_to(pilot, "settings")
        assert [one.id for one in scrollers(app)] == ["body"]
        await walks_through(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_export(app: KapApp, opened: Open, size: tuple[int, int]) -> None:
    with opened("Dr Lee") as lee:
        for day in range(3, 20):
            lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, day))
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("x")
        await comes_to(pilot, "export")
        await sees(pilot, "Write it")
        assert [one.id for one in scrollers(app)] == ["body"]
        await walks_through(pilot)
