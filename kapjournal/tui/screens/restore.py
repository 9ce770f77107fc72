"""The form that looks through a backup, or puts it in the place of the journal."""

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Static

from kapjournal.domain.members import valid_label
from kapjournal.errors import CannotSave, Damaged, UsageError
from kapjournal.presentation import backups, restoring
from kapjournal.progress import Progress
from kapjournal.text import shown
from kapjournal.tui import actions, background
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor
from kapjournal.tui.stopping import STOPPING, Stopping
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
    HELP = (
        f"{restoring.RESTORING}\n\n{restoring.OF_THAT_DAY}\n\n{{check-backup}} only looks through the "
        "backup, or through each in a folder: whether it is whole, and what can be told without a door. "
        "With your label and passphrase typed it proves that your door opens. Nothing is changed.\n\n"
        "Escape gives up what takes long; nothing of it is left."
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._stopping = Stopping(lambda sentence: self.call_later(self.say, sentence))

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

    def compose_below(self) -> ComposeResult:
        """Another way: to look through it only; and what came of that."""
        yield Button("Only look through it", id="check")
        yield SelfClearingText(id="report")

    def on_mount(self) -> None:
        """Begin with the backup."""
        self.query_one("#file", Field).focus()

    def action_back(self) -> None:
        """Return; while something takes long, give it up."""
        if self._is_busy:
            self._stopping.stop()
            self.say(STOPPING)
        else:
            super().action_back()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what restores, and opens the door."""
        with self.reading("file"):
            backup = self.query_one(FileField).path
        with self.reading("label"):
            label = valid_label(self.query_one("#label", Field).value)
        passphrase, path = self.query_one("#passphrase", Field).value, self._path
        self._stopping.begin()
        record_folder, follow = self.shell.record_folder, self._stopping.following()

        def restore() -> OpenedDoor:
            from kapjournal.journal import restore, unlock  # noqa: PLC0415

            done = restore(backup, path, label=label, passphrase=passphrase, follow=follow)
            opened = unlock(path, label=label, passphrase=passphrase, record_folder=record_folder)
            return opened, " ".join(restoring.restored(path, done))

        return restore

    async def arrive(self, opened: OpenedDoor) -> None:
        """Enter."""
        await self.shell.enter(opened[0], opened[1] or "")

    @on(Button.Pressed, "#check")
    def action_check_backup(self) -> None:
        """Look through the backup, or each in a folder, and say what it holds."""
        if self._is_busy:
            return
        try:
            given = self.query_one(FileField).path
        except UsageError as error:
            self.say_error(str(error))
            return
        label, passphrase = (self.query_one(name, Field).value for name in ("#label", "#passphrase"))
        self._stopping.begin()
        journal, follow = self._path, self._stopping.following()
        self._set_busy(True)
        self.query_one("#report", Static).update("")
        self.say("Looking through it…")
        door = (label, passphrase) if label and passphrase else None
        background.run(
            self, lambda: _looked_through(given, journal, door, follow), self._checked, self._not_checked
        )

    def _checked(self, report: list[str]) -> None:
        self._set_busy(False)
        self.say("")
        self.query_one("#report", Static).update(shown("\n".join(report)))
        self.query_one("#body").scroll_end(animate=False)

    def _not_checked(self, sentence: str) -> None:
        self._set_busy(False)
        self.say_error(sentence)

    def _set_busy(self, busy: bool) -> None:
        for name in ("#do", "#check"):
            self.query_one(name).disabled = busy


def _looked_through(given: Path, journal: Path, door: tuple[str, str] | None, follow: Progress) -> list[str]:
    """What each backup holds, in lines."""
    from kapjournal.journal import backups_in, beside_journal, open_backup, sealed_contents  # noqa: PLC0415

    folder = given if given.exists() else given.with_suffix("")  # a folder has no ending to be added
    files = backups_in(folder) if folder.is_dir() else [given]
    said = []
    for file in files:
        said.append(f"{file.relative_to(folder)}:" if len(files) > 1 else "")
        try:
            found = sealed_contents(file, follow)
        except (CannotSave, Damaged) as error:
            said.append(str(error))
            continue
        said += backups.wholeness(found)
        said += [f"{what.capitalize()}: {value}." for what, value in backups.contents(found).items()]
        if journal.exists() and not journal.samefile(file):
            said += backups.beside(beside_journal(file, journal, follow))
        if door is not None:
            said.append(backups.opened(open_backup(file, label=door[0], passphrase=door[1], follow=follow)))
    return [line for line in said if line]
