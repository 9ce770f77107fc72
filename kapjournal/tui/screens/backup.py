"""The form that writes a sealed backup of the whole journal."""

from collections.abc import Callable
from pathlib import Path

from kapjournal import paths
from kapjournal.presentation import copies
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import FileForm, Report
from kapjournal.tui.widgets.file_field import FileField


class BackupScreen(FileForm):
    """Writes a copy of the whole file; it is whole even while others write."""

    NAME = "backup"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Write it"
    PROGRESS = "Writing the backup…"
    HELP = (
        f"{copies.BACKING_UP}\n\nKeep some, and at least one of them on another disk or a stick. At the "
        "doors, “Go back to a backup” puts one in the place of the journal."
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
        return FileField("The new file", str(paths.free_backup()), warns=False)

    def work(self, path: Path) -> Callable[[], Report]:
        """Write the backup."""
        journal = self._journal

        def write() -> Report:
            journal.backup(path)
            return [copies.backed_up(path)]

        return write
