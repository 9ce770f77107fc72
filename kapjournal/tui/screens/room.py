"""What every screen has: its name in the registry of actions, its words of help, a line to speak on."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.screen import Screen

from kapjournal.tui.widgets.field import ControlsDropped
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.tui.app import KapApp


class Room(Screen[None]):
    """A screen. `ROOM` is its part of the registry, `HELP` explains it in sentences."""

    ROOM: ClassVar[str] = ""
    HELP: ClassVar[str] = ""

    @property
    def kap(self) -> "KapApp":
        """The app, which opens and closes the journal and changes rooms."""
        return cast("KapApp", self.app)

    def say(self, sentence: str) -> None:
        """Say something that goes away by itself."""
        self.query_one(Said).say(sentence)

    def trouble(self, sentence: str) -> None:
        """Say what went wrong; it stays, and is scrolled to if the screen is small."""
        said = self.query_one(Said)
        said.say(sentence, trouble=True)
        self.call_after_refresh(said.scroll_visible, animate=False)

    @on(ControlsDropped)
    def _controls_dropped(self, event: ControlsDropped) -> None:
        self.say(event.sentence)

    def action_back(self) -> None:
        """Return to the screen before."""
        self.kap.back()
