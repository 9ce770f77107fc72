"""Joining with a one-time code."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain.members import valid_label
from kapjournal.errors import UsageError
from kapjournal.tui import actions
from kapjournal.tui.screens.door_form import Door, DoorForm
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField


class JoinScreen(DoorForm):
    """The invited person's first page. Who is handed the keyboard finds code and name filled in."""

    ROOM = "join"
    BINDINGS = actions.bindings(ROOM)
    TITLE = "Join a journal"
    DEED = "Join"
    AT_WORK = "Joining…"
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
        self._hand_back_to = hand_back_to

    def compose_first(self) -> ComposeResult:
        """The code, and who one is."""
        code, name = self._given
        self._given = ("", "")
        caption = "The code, filled in for you" if code else "The code"
        yield Static(caption, markup=False, classes="caption first")
        yield Field(code, placeholder="six words", id="code")
        yield Static("What you are called here", markup=False, classes="caption")
        yield Field(name, placeholder="a first name or initials", max_length=40, id="label")

    def compose_last(self) -> ComposeResult:
        """Which journal, unless that is known."""
        if self._path is None:
            yield FileField("The journal’s file")

    def on_mount(self) -> None:
        """Ready to type."""
        label = self.query_one("#label", Field)
        given = "#own" if label.value else "#label"
        self.query_one(given if self.query_one("#code", Field).value else "#code").focus()

    def work(self) -> Callable[[], Door]:
        """Use the code."""
        code = self.query_one("#code", Field).value.strip()
        if not code:
            raise UsageError("The code is six words, from whoever invited you.")
        label = valid_label(self.query_one("#label", Field).value)
        path = self._path or self.query_one(FileField).path
        passphrase, memory, strength = self.passphrase, self.kap.memory, self.kap.strength

        def join() -> Door:
            from kapjournal.journal import join  # noqa: PLC0415

            return join(
                path,
                code=code,
                label=label,
                passphrase=passphrase,
                strength=strength,
                record_folder=memory,
            )

        return join

    async def arrive(self, opened: Door) -> None:
        """To the recovery words, and from them back to the keeper if the keyboard is theirs."""
        keeper = self._hand_back_to
        await self.kap.welcome(*opened, then=partial(self.kap.hand_back, keeper) if keeper else None)
