"""What a person does in the rooms of people, and where a secret of theirs might still be."""

import gc

from textual.widget import Widget
from textual.widgets import Button, OptionList, Select, Static

from kapjournal.domain.members import Role
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, painted, sees, until
from tests.tui.conftest import PASSPHRASES


async def presses(pilot: AppPilot, selector: str) -> None:
    """Press a button once it is there and can be pressed."""
    app = app_of(pilot)
    await until(pilot, lambda: app.screen.query(selector) and app.screen.query_one(selector).focusable)
    app.screen.query_one(selector, Button).press()
    await pilot.pause()


async def comes_to(pilot: AppPilot, room: str) -> None:
    app = app_of(pilot)
    await until(pilot, lambda: not app.is_between_screens and room == app.front_screen.NAME)
    await pilot.pause()


async def fills(pilot: AppPilot, **fields: str) -> None:
    for name, value in fields.items():
        app_of(pilot).screen.query_one(f"#{name}", Field).value = value
    await pilot.pause()


async def opens(pilot: AppPilot, passphrase: str, room: str = "course") -> None:
    """Open the door that is chosen already."""
    await sees(pilot, "I forgot my passphrase")
    app_of(pilot).screen.query_one(Field).value = passphrase
    await presses(pilot, "#open")
    await comes_to(pilot, room)


async def goes_to_people(pilot: AppPilot, chosen: str = "") -> None:
    await pilot.press("p")
    await comes_to(pilot, "people")
    people = app_of(pilot).screen.query_one(OptionList)
    await until(pilot, lambda: people.option_count)
    rows = [str(option.prompt) for option in people.options]
    people.highlighted = next((at for at, row in enumerate(rows) if chosen in row), 0)
    await pilot.pause()


async def invites(pilot: AppPilot, name: str, role: Role = Role.PARTNER) -> str:
    """From the people room to the six words."""
    app = app_of(pilot)
    await pilot.press("i")
    await sees(pilot, "Invite somebody")
    await fills(pilot, name=name)
    app.screen.query_one(Select).value = role
    await presses(pilot, "#invite")
    await sees(pilot, f"Six words for {name}")
    return " ".join(str(app.screen.query_one("#code", Static).render()).split())


async def writes_the_words_down(pilot: AppPilot, room: str = "recovery-words") -> list[str]:
    """From the recovery words to whatever comes after them."""
    await comes_to(pilot, room)
    screen = app_of(pilot).screen
    assert isinstance(screen, RecoveryWordsScreen)
    words = list(screen._words)
    await sees(pilot, f" {words[0]} ")
    await presses(pilot, "#written")
    screen.query_one(Field).value = words[screen._asked]
    await until(pilot, lambda: not screen.query_one("#written").has_class("-active"))
    await presses(pilot, "#written")
    return words


async def offered_words(pilot: AppPilot) -> str:
    offered = app_of(pilot).screen.query_one("#offered", Static)
    await until(pilot, lambda: len(str(offered.render()).split()) == 6)
    return str(offered.render())


async def enters_again(pilot: AppPilot, label: str, room: str = "course") -> None:
    doors = app_of(pilot).screen.query_one("#doors", OptionList)
    await until(pilot, lambda: doors.option_count)
    doors.highlighted = [str(option.prompt).strip() for option in doors.options].index(label)
    await opens(pilot, PASSPHRASES[label], room)


def remembered(app: KapApp, *secrets: str) -> list[str]:
    """Where any of these words still is: painted, in the app, in a widget or screen that is still alive."""
    gc.collect()
    alive = [thing for thing in gc.get_objects() if isinstance(thing, Widget)]
    places = [
        type(thing).__name__ for thing in (app, *alive) if any(word in _held(thing) for word in secrets)
    ]
    return places + ["painted"] * any(word in " ".join(painted(app).split()) for word in secrets)


async def forgotten(pilot: AppPilot, *secrets: str) -> None:
    """Wait until none of these words is anywhere any more."""
    for _ in range(40):
        if not (places := remembered(app_of(pilot), *secrets)):
            return
        await pilot.pause(0.05)
    raise AssertionError(places)


def _held(thing: object) -> str:
    values = [value for value in vars(thing).values() if isinstance(value, str | tuple | list)]
    return repr(values) + (thing.text if isinstance(thing, WritingArea) else "")
