"""The form that joins a journal with a one-time code."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain.members import valid_label
from kapjournal.presentation import sentences
from kapjournal.tui import actions
from kapjournal.tui.navigation.routes import HandOverRoute
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField


class JoinScreen(DoorForm):
    """The invited person's first form; handed the keyboard, they find code and name filled in."""

    NAME = "join"
    BINDINGS = actions.bindings(NAME)
    TITLE = "Join a journal"
    SUBMIT_LABEL = "Join"
    PROGRESS = "Joining…"
    HELP = (
        "The keeper of the journal invited you and gave you a code of six words, and the journal’s file. The "
        "code works once. Then you have a door with a passphrase of your own, which nobody else knows and "
        "nobody can look up.\n\n"
        "Turn the screen to yourself before you go on."
    )

    def __init__(
        self, path: Path | None = None, *, code: str = "", name: str = "", hand_back_to: str = ""
    ) -> None:
        super().__init__()
        self._path = path
        self._given = (code, name)
        self._newcomer = name
        self._hand_back_to = hand_back_to

    def compose_first(self) -> ComposeResult:
        """The code and the newcomer's label."""
        code, name = self._given
        self._given = ("", "")
        caption = "The code, filled in for you" if code else "The code"
        yield Static(caption, markup=False, classes="caption first")
        yield Field(
            code,
            placeholder="six words",
            missing="The code is six words, from whoever invited you.",
            id="code",
        )
        yield Static("What you are called here", markup=False, classes="caption")
        yield Field(
            name,
            placeholder="a first name or initials",
            max_length=40,
            missing=sentences.NO_LABEL,
            id="label",
        )

    def compose_last(self) -> ComposeResult:
        """The journal's file, unless it is known."""
        if self._path is None:
            yield FileField("The journal’s file")

    def on_mount(self) -> None:
        """Begin with the first empty field."""
        label = self.query_one("#label", Field)
        given = "#own" if label.value else "#label"
        self.query_one(given if self.query_one("#code", Field).value else "#code").focus()

    def action_back(self) -> None:
        """Return; at the keeper's keyboard to the page before, and the code, which is shown only once, stays
        here."""
        if self._hand_back_to and not self._is_busy:
            self.shell.go_to(HandOverRoute(self._newcomer))
        else:
            super().action_back()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what joins."""
        code = self.query_one("#code", Field).value.strip()
        with self.reading("label"):
            label = valid_label(self.query_one("#label", Field).value)
        with self.reading("file"):
            path = self._path or self.query_one(FileField).path
        passphrase, record_folder, strength = self.passphrase, self.shell.record_folder, self.shell.strength

        def join() -> OpenedDoor:
            from kapjournal.journal import join  # noqa: PLC0415

            return join(
                path,
                code=code,
                label=label,
                passphrase=passphrase,
                strength=strength,
                record_folder=record_folder,
            )

        return join

    async def arrive(self, opened: OpenedDoor) -> None:
        """Show the recovery words, then go back to the keeper if the keyboard is theirs."""
        keeper = self._hand_back_to
        await self.shell.show_recovery_words(
            *opened, go_on=partial(self.shell.hand_back, keeper) if keeper else None
        )
