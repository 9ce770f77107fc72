"""The form that writes a copy of the journal for another computer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.presentation import copies
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import FileForm, Report
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class CopyScreen(FileForm):
    """Writes a copy for another computer of the member, or for somebody who is invited, by `name`."""

    NAME = "copy"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Write it"
    PROGRESS = "Writing the copy…"
    CAN_STOP = True
    HELP = (
        "This writes a new, sealed file for another computer: onto a stick, for example. A copy of your own "
        "opens with your passphrase; one for somebody you invited opens with their six words.\n\n"
        "The two files know of each other only once they are brought together. While it is written, Escape "
        "gives it up and leaves nothing of it."
    )

    def __init__(self, journal: "Journal", name: str = "") -> None:
        super().__init__(journal)
        self._for = name

    @property
    def heading(self) -> str:
        """What the form is for."""
        return copies.heading(self._for)

    @property
    def meaning(self) -> str:
        """What will be done."""
        return copies.purpose(self._for)

    def field(self) -> FileField:
        """The field for the new file, with one suggested that names nobody."""
        return FileField("The new file", str(paths.free_copy()))

    def work(self, path: Path) -> Callable[[], Report]:
        """Write the copy."""
        use_cases, name, follow = self._journal.copies, self._for, self.following()

        def write() -> Report:
            if name:
                use_cases.for_newcomer(path, name, follow)
            else:
                use_cases.for_own_computer(path, follow)
            return [copies.written(path), *copies.next_steps(name)]

        return write
