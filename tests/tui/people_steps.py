"""What a person does in the rooms of people, and where a secret of theirs might still be."""

import gc

from textual.widget import Widget
from textual.widgets import Button, OptionList, Select, Static

from kapjournal.domain.members import Role
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import Seat, app_of, painted, sees, until
from tests.tui.conftest import PASSPHRASES


async def presses(seat: Seat, selector: str) -> None:
    """Press a button once it is there and can be pressed."""
    app = app_of(seat)
    await until(seat, lambda: app.screen.query(selector) and not app.screen.query_one(selector).disabled)
    app.screen.query_one(selector, Button).press()
    await seat.pause()


async def comes_to(seat: Seat, room: str) -> None:
    await until(seat, lambda: room == app_of(seat).front_screen.NAME)
    await seat.pause()


async def fills(seat: Seat, **fields: str) -> None:
    for name, value in fields.items():
        app_of(seat).screen.query_one(f"#{name}", Field).value = value
    await seat.pause()


async def opens(seat: Seat, passphrase: str) -> None:
    """Open the door that is chosen already."""
    await sees(seat, "I forgot my passphrase")
    app_of(seat).screen.query_one(Field).value = passphrase
    await presses(seat, "#open")
    await comes_to(seat, "course")


async def goes_to_people(seat: Seat, chosen: str = "") -> None:
    await seat.press("p")
    await comes_to(seat, "people")
    people = app_of(seat).screen.query_one(OptionList)
    await until(seat, lambda: people.option_count)
    rows = [str(option.prompt) for option in people.options]
    people.highlighted = next((at for at, row in enumerate(rows) if chosen in row), 0)
    await seat.pause()


async def invites(seat: Seat, name: str, role: Role = Role.PARTNER) -> str:
    """From the people room to the six words."""
    app = app_of(seat)
    await seat.press("i")
    await sees(seat, "Invite somebody")
    await fills(seat, name=name)
    app.screen.query_one(Select).value = role
    await presses(seat, "#invite")
    await sees(seat, f"Six words for {name}")
    return " ".join(str(app.screen.query_one("#code", Static).render()).split())


async def writes_the_words_down(seat: Seat, room: str = "recovery-words") -> list[str]:
    """From the recovery words to whatever comes after them."""
    await comes_to(seat, room)
    screen = app_of(seat).screen
    assert isinstance(screen, RecoveryWordsScreen)
    words = list(screen._words)
    await sees(seat, f" {words[0]} ")
    await presses(seat, "#written")
    screen.query_one(Field).value = words[screen._asked]
    await until(seat, lambda: not screen.query_one("#written").has_class("-active"))
    await presses(seat, "#written")
    return words


async def offered_words(seat: Seat) -> str:
    offered = app_of(seat).screen.query_one("#offered", Static)
    await until(seat, lambda: len(str(offered.render()).split()) == 6)
    return str(offered.render())


async def enters_again(seat: Seat, label: str) -> None:
    doors = app_of(seat).screen.query_one("#doors", OptionList)
    await until(seat, lambda: doors.option_count)
    doors.highlighted = [str(option.prompt).strip() for option in doors.options].index(label)
    await opens(seat, PASSPHRASES[label])


def remembered(app: KapApp, *secrets: str) -> list[str]:
    """Where any of these words still is: painted, in the app, in a widget or screen that is still alive."""
    gc.collect()
    alive = [thing for thing in gc.get_objects() if isinstance(thing, Widget)]
    places = [
        type(thing).__name__ for thing in (app, *alive) if any(word in _held(thing) for word in secrets)
    ]
    return places + ["painted"] * any(word in " ".join(painted(app).split()) for word in secrets)


async def forgotten(seat: Seat, *secrets: str) -> None:
    """Wait until none of these words is anywhere any more."""
    for _ in range(40):
        if not (places := remembered(app_of(seat), *secrets)):
            return
        await seat.pause(0.05)
    raise AssertionError(places)


def _held(thing: object) -> str:
    values = [value for value in vars(thing).values() if isinstance(value, str | tuple | list)]
    return repr(values) + (thing.text if isinstance(thing, WritingArea) else "")
