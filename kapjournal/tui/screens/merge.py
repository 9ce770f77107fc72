"""The form that brings in another copy of the journal."""

from collections.abc import Callable
from pathlib import Path

from kapjournal.presentation import copies
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import FileForm, Report
from kapjournal.tui.widgets.file_field import FileField


class MergeScreen(FileForm):
    """Brings this copy and another together, both ways."""

    NAME = "merge"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Bring it in"
    PROGRESS = "Bringing the two together…"
    CAN_STOP = True
    HELP = (
        f"{copies.MERGING}\n\n{copies.MERGING_TWICE} The other copy stays where it is; a whole, older copy "
        "does no harm.\n\nEscape gives it up meanwhile: each of the two files takes in all or nothing."
    )

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Bring in another copy"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return copies.MERGING

    def field(self) -> FileField:
        """The field for the other copy; a synced folder is no danger to it."""
        return FileField("Where the other copy is", warns=False)

    def work(self, path: Path) -> Callable[[], Report]:
        """Bring the two together."""
        journal, follow = self._journal, self.following()
        return lambda: copies.merge(journal, path, follow)[1]
