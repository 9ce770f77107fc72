"""No screen of a supervisor's shows what the couple are called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.config import Loaded, Settings
from kapjournal.journal import Journal
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.supervised import ROE, ROES, names_told, supervise
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, goes_to_people, presses

Open = Callable[[str], Journal]


@pytest.fixture
def supervised(journal_file: Path, memory: Path, opened: Open) -> KapApp:
    """The program before the door of a supervisor, to whom everybody shared something."""
    supervise(journal_file, memory, opened)
    return KapApp(Loaded(Settings()), theme.load_all(), path=journal_file, label=ROE, record_folder=memory)


async def opens_his(pilot: AppPilot) -> None:
    await sees(pilot, "I forgot my passphrase")
    pilot.app.screen.query_one(Field).value = ROES
    await presses(pilot, "#open")
    await comes_to(pilot, "course")
    await sees(pilot, "river")


def names_nobody(app: KapApp) -> None:
    assert names_told(painted(app)) == [], painted(app)


async def test_no_screen_of_a_supervisors_names_the_couple(supervised: KapApp) -> None:
    async with supervised.run_test(size=(140, 40)) as pilot:
        await opens_his(pilot)
        names_nobody(supervised)
        await pilot.press("home")
        for title in ("Chair", "river", "stone"):
            await pilot.press("enter")
            await comes_to(pilot, "reader")
            await sees(pilot, title)
            names_nobody(supervised)
            await pilot.press("escape")
            await comes_to(pilot, "course")
            await pilot.press("down")
        for key, seen in (("slash", "Search"), ("x", "Take notes out"), ("v", "All is as it was left")):
            await pilot.press(key)
            await sees(pilot, seen)
            names_nobody(supervised)
            await pilot.press("escape")
            await comes_to(pilot, "course")
        await goes_to_people(pilot, "Second partner")
        await sees(pilot, "As a supervisor")
        names_nobody(supervised)
        await pilot.press("v")
        await sees(pilot, "Is this Second partner?")
        names_nobody(supervised)


async def test_who_compared_the_digits_is_named_from_then_on(supervised: KapApp) -> None:
    async with supervised.run_test(size=(80, 40)) as pilot:
        await opens_his(pilot)
        await goes_to_people(pilot, "Second partner")
        await pilot.press("v")
        await presses(pilot, "#same")
        await sees(pilot, "You and Second partner have compared the numbers: they are the same.")
        await sees(pilot, "First partner")
        assert len(names_told(painted(supervised))) == 1


async def test_he_shares_with_whom_he_sees(supervised: KapApp, opened: Open) -> None:
    async with supervised.run_test(size=(100, 40)) as pilot:
        await opens_his(pilot)
        await pilot.press("n")
        await comes_to(pilot, "editor")
        await types(pilot, "Why now?")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "course")
        await pilot.press("end", "s")
        await sees(pilot, "Let someone read this")
        await pilot.press("end", "space")
        await sees(pilot, "You and Second partner")
        names_nobody(supervised)
        await pilot.click("#share")
        await sees(pilot, "You and Second partner can read it now.")
    read = []
    for label in ("Ana", "Ben"):
        with opened(label) as partner:
            read += [note.text.body for note in partner.notes.all() if note.text.body == "Why now?"]
    assert read == ["Why now?"]


async def test_the_others_see_labels_as_before(
    app: KapApp, journal_file: Path, memory: Path, opened: Open
) -> None:
    supervise(journal_file, memory, opened)
    async with app.run_test(size=(140, 40)) as pilot:
        await sees(pilot, "Dr Roe")
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "by Ben")
        assert "First partner" not in painted(app)
