"""A story told at the keyboard, with a picture of every screen it comes by."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from mnemonic import Mnemonic
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Button, OptionList, Select

from kapjournal.tui.shell.app import KapApp
from tests.tui import app_pilot
from tests.tui.app_pilot import AppPilot, painted, sees, until

RECOVERY_WORDS = Mnemonic("english").to_mnemonic(bytes(range(32))).split()
DIGITS = " ".join(f"{n * 8087 % 100000:05}" for n in range(3, 15))
Sizes = Sequence[tuple[int, int]]
SIZES: Sizes = ((80, 24), (120, 36))
"""Of each screen there is a picture in the smallest window and in a roomy one."""
ASKED = 6
"""Which recovery word is asked back, counted from nought."""


def nothing_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is drawn by lot look the same every time; the keys behind it are as random as ever."""
    drawn = (f"{six} of six words for this story" for six in ("first", "second", "third", "fourth"))
    monkeypatch.setattr("kapjournal.crypto.words.six_words", lambda: next(drawn))
    monkeypatch.setattr("kapjournal.crypto.words.recovery_words", lambda _: " ".join(RECOVERY_WORDS))
    monkeypatch.setattr("secrets.randbelow", lambda _: ASKED)
    monkeypatch.setattr("kapjournal.journal.members.Members.comparison_number", lambda *_: DIGITS)


class PictureStory:
    """What the person of the story sees and does. Pictures that differ are told of at the end, together."""

    def __init__(self, pilot: AppPilot, pictures: SnapshotAssertion, sizes: Sizes = SIZES) -> None:
        self._sizes = sizes
        self.keystrokes = 0
        """How many keys were pressed, other than letters of a text."""
        self._seat = pilot
        self._pictures = pictures
        self._looks = 0
        self.changed: list[str] = []

    @property
    def painted(self) -> str:
        """What is on the screen now."""
        return painted(app_pilot.app_of(self._seat))

    async def sees(self, words: str) -> None:
        """Wait until the words are on the screen."""
        await sees(self._seat, words)

    async def loses(self, words: str) -> None:
        """Wait until the words are no longer on the screen."""
        await until(self._seat, lambda: words not in painted(app_pilot.app_of(self._seat)))

    async def looks_at(self, screen: str) -> None:
        """Compare the screen with its pictures, once it is at rest, in a small window and in a large one."""
        self._looks += 1
        for width, height in self._sizes:
            await self._seat.resize_terminal(width, height)
            await app_pilot.at_rest(self._seat)
            name = f"{width}x{height}][{self._looks:02} {screen}"
            if self._seat.app.export_screenshot() != self._pictures(name=name):
                self.changed.append(name)
        await self._seat.resize_terminal(*self._sizes[0])

    async def types(self, text: str) -> None:
        """Press the keys of a text."""
        await app_pilot.types(self._seat, text)

    async def settles(self) -> None:
        """Let what was given to the program other than by keys, as a paste, arrive."""
        await self._seat.pause()

    async def presses(self, *keys: str) -> None:
        """Press keys by name."""
        self.keystrokes += len(keys)
        await self._seat.press(*keys)
        await self._seat.pause()

    async def clicks(self, label: str) -> None:
        """Click on a button, as soon as it is there and can be clicked, after scrolling to it if need be."""
        await until(self._seat, lambda: self._button(label) is not None)
        button = self._button(label)
        assert button is not None
        button.scroll_visible(animate=False)
        await self._seat.pause()
        assert await self._seat.click(button), painted(app_pilot.app_of(self._seat))
        await self._seat.pause()

    async def chooses(self, field: str, value: object) -> None:
        """Take one of the choices that drop down under a field."""
        select = self._seat.app.screen.query_one(field, Select)
        await until(self._seat, lambda: len(select._options) > 1)
        select.value = value
        await self._seat.pause()

    async def goes_down_to(self, words: str) -> None:
        """Move down the list that has the focus, to the row with these words."""
        rows = self._seat.app.focused
        assert isinstance(rows, OptionList)
        await until(self._seat, lambda: rows.option_count)
        await self._seat.press("home")
        at = next(at for at, row in enumerate(rows.options) if words in str(row.prompt))
        await self._seat.press(*["down"] * at)

    def _button(self, label: str) -> Button | None:
        buttons = self._seat.app.screen.query(Button)
        fitting = (one for one in buttons if str(one.label) == label and one.display and not one.disabled)
        return next(fitting, None)


@asynccontextmanager
async def story_at(
    app: KapApp, pictures: SnapshotAssertion, sizes: Sizes = SIZES
) -> AsyncIterator[PictureStory]:
    """Sit down at the program; at the end every picture has to be as it was."""
    async with app.run_test(size=sizes[0]) as pilot:
        story = PictureStory(pilot, pictures.use_extension(SVGImageExtension), sizes)
        yield story
    assert not story.changed, story.changed
