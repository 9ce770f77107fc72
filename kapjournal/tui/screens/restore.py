"""The form that puts a backup in the place of the journal."""

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain.members import valid_label
from kapjournal.presentation import restoring
from kapjournal.tui import actions
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText


class RestoreScreen(DoorForm):
    """Asks for the backup, and for the passphrase that opens a door in it; then goes in."""

    NAME = "restore"
    BINDINGS = actions.bindings(NAME)
    TITLE = "Go back to a backup"
    SUBMIT_LABEL = "Restore"
    PROGRESS = "Restoring…"
    HELP = f"{restoring.RESTORING}\n\n{restoring.OF_THAT_DAY}"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose_first(self) -> ComposeResult:
        """What it does, the backup, and whose door."""
        yield SelfClearingText(restoring.RESTORING)
        yield FileField("Where the backup is", warns=False)
        yield Static("What you are called there", markup=False, classes="caption")
        yield Field(
            placeholder="a first name or initials",
            max_length=40,
            missing="Say what you are called there.",
            id="label",
        )

    def compose_passphrase(self) -> ComposeResult:
        """The passphrase of that day."""
        yield Static("Your passphrase of the day it was made", markup=False, classes="caption")
        yield Field(password=True, missing="Type the passphrase your door had then.", id="passphrase")

    def on_mount(self) -> None:
        """Begin with the backup."""
        self.query_one("#file", Field).focus()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what restores, and opens the door."""
        with self.reading("file"):
            backup = self.query_one(FileField).path
        with self.reading("label"):
            label = valid_label(self.query_one("#label", Field).value)
        passphrase, path = self.query_one("#passphrase", Field).value, self._path
        record_folder = self.shell.record_folder

        def restore() -> OpenedDoor:
            from kapjournal.journal import restore, unlock  # noqa: PLC0415

            done = restore(backup, path, label=label, passphrase=passphrase)
            opened = unlock(path, label=label, passphrase=passphrase, record_folder=record_folder)
            return opened, " ".join(restoring.restored(path, done))

        return restore

    async def arrive(self, opened: OpenedDoor) -> None:
        """Enter."""
        await self.shell.enter(opened[0], opened[1] or "")
