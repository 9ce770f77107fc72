"""The form for whoever keeps shares of a practice will: two of them open the practice, or are only tried."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Static

from kapjournal.presentation import will as saying
from kapjournal.tui import actions, background
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor


class SharesScreen(DoorForm):
    """Asks for two shares, however they are typed."""

    NAME = "shares"
    BINDINGS = actions.bindings(NAME)
    TITLE = "A practice with two shares of its will"
    SUBMIT_LABEL = "Open the practice"
    PROGRESS = "Trying the shares…"
    HELP = (
        f"{saying.RECOVERING}\n\n{saying.HOW_TO_TYPE}\n\n"
        "{try-shares} only says whether the two would open this file: no passphrase is needed, nothing is "
        "shown, and nothing is written. Whoever keeps a share can do that once a year, together with "
        "somebody who keeps another."
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose_first(self) -> ComposeResult:
        """Room for two shares, as they stand on their papers."""
        for which in saying.FIRST_AND_SECOND:
            yield Static(saying.share_caption(which), markup=False, classes="caption first")
            yield WritingArea(id=which, placeholder="1 academic  2 acid  3 …")

    def compose_below(self) -> ComposeResult:
        """The way to try them alone."""
        yield Button("Only try the shares", id="try_shares")
        yield Static(saying.DEEDS["try"].capitalize() + ".", markup=False, classes="caption")

    def on_mount(self) -> None:
        """Begin with the first share."""
        self.query_one(WritingArea).focus()

    @property
    def is_complete(self) -> bool:
        """Whether both shares and a passphrase are there."""
        return self._has_shares and super().is_complete

    @property
    def _has_shares(self) -> bool:
        empty = next((area for area in self.query(WritingArea) if not area.body.strip()), None)
        if empty is not None:
            self.say_error("Type two shares from their papers first.", empty)
        return empty is None

    @property
    def _shares(self) -> list[str]:
        return [area.body for area in self.query(WritingArea)]

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what tries the shares."""
        shares, passphrase, path = self._shares, self.passphrase, self._path
        record_folder, strength = self.shell.record_folder, self.shell.strength

        def recover() -> OpenedDoor:
            from kapjournal.journal import recover_with_shares  # noqa: PLC0415

            opened = recover_with_shares(
                path, shares=shares, passphrase=passphrase, strength=strength, record_folder=record_folder
            )
            return opened, None

        return recover

    async def arrive(self, opened: OpenedDoor) -> None:
        """Enter."""
        await self.shell.enter(opened[0], saying.RECOVERED)

    @on(Button.Pressed, "#try_shares")
    def action_try_shares(self) -> None:
        """Say whether the shares would open the practice."""
        if self._has_shares:
            self.say(self.PROGRESS)
            background.run(
                self, partial(_check, self._path, self._shares), lambda _: self._would_open(), self.say_error
            )

    def _would_open(self) -> None:
        self.say(saying.WOULD_OPEN)


def _check(path: Path, shares: list[str]) -> None:
    from kapjournal.journal import check_shares  # noqa: PLC0415

    check_shares(path, shares)
