"""What is painted, as a terminal with all colours, with 256 and with none shows it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from textual.app import App
from textual.widgets import Button, OptionList

from kapjournal.config import Loaded, Settings
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.shell.contrast import ratio
from tests.tui.app_pilot import AppPilot, enters, sees
from tests.tui.conftest import PASSPHRASES

PLACES = {
    "course": ([], "Hallway"),
    "reader": (["enter"], "You waited by the car."),
    "search": (["slash", *"light"], "Hallway"),
    "editor": (["n", *"light"], "Only you"),
    "details": (["n", "f2"], "Dr Lee, therapist"),
    "settings": (["comma"], "Lock after so many minutes"),
    "palette": (["ctrl+p"], "Search all you can read."),
    "help": (["f1"], "Read the intentions, from the first on."),
}


def segments(app: App[int]) -> Iterator[Segment]:
    """Every run of characters on the screen; of a dialog's screen only the dialog."""
    sheet = app.screen.query(".sheet, #--container")
    region = sheet.first().region if sheet else app.screen.region
    for y, row in enumerate(app.screen._compositor.render_strips(app.size)):
        if region.y <= y < region.bottom:
            yield from row.crop(region.x, region.right)


def apart(segment: Segment, system: ColorSystem) -> float:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    front, back = (_as_shown(colour, system) for colour in (style.color, style.bgcolor))
    return ratio(front, back)


def _as_shown(colour: Color, system: ColorSystem) -> str:
    return (colour.downgrade(system) if system is ColorSystem.EIGHT_BIT else colour).get_truecolor().hex


async def goes_to(pilot: AppPilot, place: str) -> None:
    keys, words = PLACES[place]
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "Hallway")
    await pilot.press(*keys)
    await sees(pilot, words)


@pytest.mark.parametrize("place", PLACES)
async def test_every_word_painted_can_be_read_in_every_theme(app: KapApp, place: str) -> None:
    async with app.run_test(size=(124, 40)) as pilot:
        await goes_to(pilot, place)
        hard = set()
        for name in app.themes:
            app.use_theme(name)
            await pilot.pause()
            await pilot.pause()
            for segment in segments(app):
                for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                    if re.search(r"\w", segment.text):
                        contrast = apart(segment, system)
                        if contrast < (7 if name == "contrast" else 4.5):
                            hard.add((name, system.name, segment.text.strip(), round(contrast, 2)))
        assert hard == set()


@pytest.mark.parametrize("place", PLACES)
async def test_without_colours_none_is_sent_and_bold_and_lines_say_where_one_is(
    app: KapApp, place: str
) -> None:
    async with app.run_test(size=(124, 40)) as pilot:
        app.drop_colours()
        await goes_to(pilot, place)
        await pilot.pause()
        painted = [segment for segment in segments(app) if segment.style is not None]
        for segment in painted:
            assert segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor):
                assert colour is None or colour.is_default
        focused = app.focused
        if isinstance(focused, OptionList):
            assert [s for s in painted if s.style and s.style.underline and s.style.bold]


async def test_without_colours_a_button_with_the_focus_is_underlined(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.drop_colours()
        await goes_to(pilot, "details")
        app.screen.query_one("#back", Button).focus()
        await pilot.pause()
        underlined = [s.text.strip() for s in segments(app) if s.style and s.style.underline]
        assert "Back" in underlined
        assert "Use these" not in underlined


async def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch, journal_file: Path) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    again = KapApp(Loaded(Settings()), theme.load_all(), path=journal_file)
    async with again.run_test() as pilot:
        await sees(pilot, "Passphrase")
        assert again.no_color
        assert all(s.style is None or not s.style.color or s.style.color.is_default for s in segments(again))
