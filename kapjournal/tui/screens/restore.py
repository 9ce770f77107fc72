"""The form that looks through a backup, or puts it in the place of the journal."""

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Button, Static

from kapjournal import paths
from kapjournal.domain.members import valid_label
from kapjournal.errors import NotWhole
from kapjournal.presentation import backups, restoring
from kapjournal.progress import Progress
from kapjournal.text import shown, shown_line
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
        "With your label and passphrase typed it proves of one that your door opens. Nothing is changed.\n\n"
        "Escape gives up what takes long; nothing of it is left."
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._is_not_whole = False
        self._takes_damaged = False
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
        self.watch(self.query_one("#body"), "virtual_size", self._show_report, init=False)

    def action_back(self) -> None:
        """Return; while something takes long, give it up."""
        if self._is_busy:
            self._stopping.stop()
            self.say(STOPPING)
        else:
            super().action_back()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what restores, and opens the door."""
        self.query_one("#report").remove_class("-done")
        damaged, self._takes_damaged, self._is_not_whole = self._takes_damaged, False, False
        with self.reading("file"):
            backup = self.query_one(FileField).path
        with self.reading("label"):
            label = valid_label(self.query_one("#label", Field).value)
        passphrase, path = self.query_one("#passphrase", Field).value, self._path
        self._stopping.begin()
        record_folder, follow = self.shell.record_folder, self._stopping.following()

        def restore() -> OpenedDoor:
            from kapjournal.journal import restore, unlock  # noqa: PLC0415

            try:
                done = restore(
                    backup, path, label=label, passphrase=passphrase, damaged=damaged, follow=follow
                )
            except NotWhole:
                self._is_not_whole = True
                raise
            opened = unlock(path, label=label, passphrase=passphrase, record_folder=record_folder)
            return opened, " ".join(restoring.restored(path, done))

        return restore

    def _not_done(self, focused: Widget | None, sentence: str) -> None:
        """Ask whether a damaged backup is to be taken all the same."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        super()._not_done(focused, sentence)
        if self.is_attached and self._is_not_whole:
            consequence = f"{shown_line(sentence)}\n\n{restoring.AS_DAMAGED}"
            modal = ConfirmModal(restoring.ALL_THE_SAME, consequence, "Go back to it", "Not now")
            self.app.push_screen(modal, self._take_damaged)

    def _take_damaged(self, sure: bool | None) -> None:
        if sure:
            self._takes_damaged = True
            self._do()

    async def arrive(self, opened: OpenedDoor) -> None:
        """Enter."""
        await self.shell.enter(opened[0], opened[1] or "")

    @on(Button.Pressed, "#check")
    def action_check_backup(self) -> None:
        """Look through the backup, or each in a folder, and say what it holds."""
        if self._is_busy:
            return
        given, label, passphrase = (
            self.query_one(name, Field).value for name in ("#file", "#label", "#passphrase")
        )
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
        said = self.query_one("#report", Static)
        said.update(shown("\n".join(report)))
        said.add_class("-done")
        self._show_report()

    def _show_report(self) -> None:
        """Scroll to what came of looking through, whenever the page is laid out with it."""
        if not self._is_busy and self.query_one("#report").has_class("-done"):
            self.query_one("#body").scroll_end(animate=False, immediate=True)

    def _not_checked(self, sentence: str) -> None:
        self._set_busy(False)
        self.say_error(sentence)

    def _set_busy(self, busy: bool) -> None:
        for name in ("#do", "#check"):
            self.query_one(name).disabled = busy


def _looked_through(typed: str, journal: Path, door: tuple[str, str] | None, follow: Progress) -> list[str]:
    """What each backup holds, in lines."""
    from kapjournal.journal import backups_in, look_through  # noqa: PLC0415

    given = paths.folder_or_journal(typed)
    door, said = None if given.is_dir() else door, list[str]()
    for file in backups_in(given):
        name = backups.name_in(given, file)
        said += [f"{name}:"] if name else []
        said += backups.in_full(look_through(file, journal, door=door, follow=follow))
    return said
