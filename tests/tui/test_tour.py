"""The tour: only in the demo, only once on a computer, and one key leaves it."""

from pathlib import Path

import pytest

from kapjournal.config import Loaded, Settings
from kapjournal.tui.modals.tour import CARDS, TourModal
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, painted, sees, until
from tests.tui.conftest import PASSPHRASES


@pytest.fixture
def demo(journal_file: Path, memory: Path) -> KapApp:
    """As the demo command opens it: with a notice of whose passphrase is what."""
    return KapApp(
        Loaded(Settings()),
        theme.load_all(),
        path=journal_file,
        label="Ana",
        notice="The passphrases of this demo.",
        record_folder=memory,
    )


async def comes_in(pilot: AppPilot, app: KapApp) -> None:
    await sees(pilot, "Ana’s door")
    app.screen.query_one(Field).value = PASSPHRASES["Ana"]
    await pilot.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_card_once_and_then_the_course(demo: KapApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        await comes_in(pilot, demo)
        await until(pilot, lambda: isinstance(demo.screen, TourModal))
        for title, _ in CARDS:
            await sees(pilot, f"│ {title} │")
            assert "{" not in painted(demo)
            await until(pilot, lambda: not demo.screen.query(".-active"))
            await pilot.press("enter")
        await until(pilot, lambda: not isinstance(demo.screen, TourModal))


async def test_one_key_skips_it_and_it_does_not_come_again(
    demo: KapApp, journal_file: Path, memory: Path
) -> None:
    async with demo.run_test() as pilot:
        await comes_in(pilot, demo)
        await until(pilot, lambda: isinstance(demo.screen, TourModal))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(demo.screen, TourModal))
    again = KapApp(
        Loaded(Settings()),
        theme.load_all(),
        path=journal_file,
        label="Ana",
        notice="Demo.",
        record_folder=memory,
    )
    async with again.run_test() as pilot:
        await comes_in(pilot, again)
        await sees(pilot, "By the car")
        assert not isinstance(again.screen, TourModal)


async def test_a_journal_that_is_no_demo_has_no_tour(
    journal_file: Path, memory: Path, own_places: Path
) -> None:
    app = KapApp(Loaded(Settings()), theme.load_all(), path=journal_file, label="Ana", record_folder=memory)
    async with app.run_test() as pilot:
        await comes_in(pilot, app)
        await sees(pilot, "By the car")
        assert not isinstance(app.screen, TourModal)
    assert not list(own_places.rglob("toured"))


async def test_the_passphrases_of_the_demo_stand_at_its_doors_again(demo: KapApp) -> None:
    async with demo.run_test() as pilot:
        await sees(pilot, "The passphrases of this demo.")
        await comes_in(pilot, demo)
        await until(pilot, lambda: isinstance(demo.screen, TourModal))
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "The passphrases of this demo." in painted(demo)


async def test_without_colours_the_tour_stands_on_what_it_explains(
    demo: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "no_color", True)
    async with demo.run_test(size=(100, 30)) as pilot:
        await comes_in(pilot, demo)
        await until(pilot, lambda: isinstance(demo.screen, TourModal))
        await sees(pilot, "By the car")
