"""Joining at the keeper's keyboard: turn the screen to the newcomer, then ask the keeper back."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button

from kapjournal.presentation import sentences
from kapjournal.presentation.couples import keys_meet_inside
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.navigation.routes import DoorsRoute, KeeperReturn
from kapjournal.tui.screens.calm_step import CalmStep

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class HandOverScreen(CalmStep):
    """Stands before the join form, so that the newcomer chooses a passphrase unseen."""

    NAME = "hand-over"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "The keeper’s journal is locked. Whoever was invited sits down at the keyboard now and chooses a "
        "passphrase that nobody else sees. Nothing is shown before they go on."
    )

    def __init__(self, name: str) -> None:
        super().__init__()
        self._newcomer = shown_line(name)

    def compose(self) -> ComposeResult:
        """The newcomer's name, and a button to go on."""
        name = self._newcomer
        yield from self.compose_calmly(
            f"Turn the screen to {name}",
            sentences.your_turn(name),
            Button(Content(f"I am {name}"), variant="primary", id="on"),
        )

    @on(Button.Pressed)
    def _go_on(self) -> None:
        self.leave()


class HandBackScreen(CalmStep):
    """Sends the newcomer back to the keeper, who has to open once before anything can be shared."""

    NAME = "hand-over"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "You are in. Sharing works once the keeper has opened their door again: only then do their keys and "
        "yours meet. Your own journal is locked before the keyboard goes back."
    )

    def __init__(self, journal: "Journal", keeper: str) -> None:
        super().__init__()
        self._journal = journal
        self._keeper_return = KeeperReturn(keeper, journal.me.label)

    def compose(self) -> ComposeResult:
        """A button back to the keeper, and one to the newcomer's course."""
        keeper, newcomer = shown_line(self._keeper_return.keeper), shown_line(self._keeper_return.newcomer)
        yield from self.compose_calmly(
            f"{newcomer}, you are in",
            sentences.hand_back(keeper, newcomer),
            Button(Content(f"Lock, and back to {keeper}"), variant="primary", id="back"),
            Button("Go on to my course", id="course"),
        )

    @on(Button.Pressed, "#back")
    async def _back(self) -> None:
        doors = DoorsRoute(self._journal.path, keeper_return=self._keeper_return)
        if (practice := self.shell.practice_path) is not None:
            doors = DoorsRoute(practice, said=keys_meet_inside(self._keeper_return.newcomer))
        self.decide(partial(self.shell.lock, "", show=doors))

    @on(Button.Pressed, "#course")
    def _course(self) -> None:
        self.decide(partial(self.shell.enter, self._journal))
