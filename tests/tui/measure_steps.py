"""Measures at the screens: invented words, and the ways from the course to a question."""

from kapjournal.journal import unlock
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, app_of, enters, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

CALL = "988"
"""Whom to call in the United States, which is where the tests are."""


async def to_the_measures(pilot: AppPilot, who: str) -> None:
    """Open a door, and go to the measures."""
    await enters(pilot, who, PASSPHRASES[who])
    await pilot.press("q")
    await comes_to(pilot, "measures")


async def begins(pilot: AppPilot, who: str = "Ana") -> None:
    """Go on to the first page of the only measure that can be answered."""
    await to_the_measures(pilot, who)
    await pilot.press("n")
    await sees(pilot, "Which one?")
    await pilot.press("enter")
    await comes_to(pilot, "questions")
    await sees(pilot, "Begin")


async def comes_back(pilot: AppPilot, who: str) -> None:
    """Open a door again, to the page that was there."""
    app = app_of(pilot)
    await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
    doors = app.screen
    assert isinstance(doors, DoorsScreen)
    folder = app.record_folder
    await app.enter(unlock(doors._path, label=who, passphrase=PASSPHRASES[who], record_folder=folder))


async def chooses_whose(pilot: AppPilot, who: str, whose: str) -> None:
    """As somebody of the clinic, choose one partner."""
    await to_the_measures(pilot, who)
    await sees(pilot, "Whose measures?")
    await pilot.press(*(["down"] if whose == "Ben" else []), "enter")
    await sees(pilot, f"Measures of {whose}")


def front(pilot: AppPilot) -> str:
    """The screen the person is on."""
    app: KapApp = app_of(pilot)
    return app.front_screen.NAME
