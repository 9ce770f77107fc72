"""The form that writes a sealed backup of the whole journal, or one more into a folder of them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from kapjournal import paths
from kapjournal.domain.rotation import keep_from
from kapjournal.presentation import backups, copies
from kapjournal.tui import actions, background
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import LastBackup

COUPLES = "couples"


class BackupScreen(FileForm):
    """Writes a copy of the whole file; it is whole even while others write."""

    NAME = "backup"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Write it"
    PROGRESS = "Writing the backup…"
    CAN_STOP = True
    ENTER_DOES_IT = True
    HELP = (
        f"{copies.BACKING_UP}\n\nKeep some, and at least one of them on another disk or a stick. Name a "
        f"folder that is there, and one more is written into it. {backups.KEEPING}\n\n"
        "While it is written, Escape gives it up and leaves nothing of it. At the doors, “Go back to a "
        "backup” looks through one, or puts it in the place of the journal."
    )

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Make a backup"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return copies.BACKING_UP

    def field(self) -> FileField:
        """The field for the new file, with one suggested that names nobody; a synced folder is no danger."""
        return FileField("The new file, or a folder for one more", str(paths.free_backup()), warns=False)

    def further(self) -> Iterable[Widget]:
        """How many to keep in a folder, whether the couples go along, and when the last one was made."""
        yield Static("How many to keep in the folder", markup=False, classes="caption")
        yield Field(placeholder="all; or a number, or 7d,4w", max_length=20, id="keep")
        if self._journal.is_practice:
            yield Checklist[str](
                ("With the journals of all couples, into a folder", COUPLES), id="what", classes="gap"
            )
        yield Static("", markup=False, id="last")

    def on_mount(self) -> None:
        """Look when the last one was made."""
        super().on_mount()
        self._look_at_last()

    def _done(self, report: Report | Question) -> None:
        super()._done(report)
        self._look_at_last()

    def _look_at_last(self) -> None:
        background.run(self, self._journal.backups.last, self._have_last, self.say_error, group="last")

    def _have_last(self, last: "LastBackup") -> None:
        self.query_one("#last", Static).update(backups.last(last))

    def work_as_typed(self) -> Callable[[], Report]:
        """Read the fields: a folder that is there is one, any other path a new file."""
        typed, number = self.query_one("#file", Field).value, self.query_one("#keep", Field).value.strip()
        keep = keep_from(number) if number else None
        journal, follow = self._journal, self.following()
        couples = any(COUPLES in one.selected for one in self.query(Checklist))

        def write() -> Report:
            dest = paths.folder_or_journal(typed)
            done = journal.backups.make(dest, keep, couples=couples, follow=follow)
            return backups.made(done, of_a_practice=journal.is_practice)

        return write

    def work(self, path: Path) -> Callable[[], Report]:
        """Write one file."""
        raise NotImplementedError
