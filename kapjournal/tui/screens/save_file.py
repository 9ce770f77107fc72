"""The form that saves an attached file, out of the journal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.attachments import Attachment, Chosen
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.page_file import SAVING, saved_as
from kapjournal.exchange.saved_file import save_file
from kapjournal.presentation import attachments as wording
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class SaveFileScreen(SavingForm):
    """Saves a file of a note the member can read."""

    NAME = "save-file"
    BINDINGS = actions.bindings(NAME)
    CAN_STOP = True
    HELP = (
        "This writes an attached file out of the journal, to where other programs open it. There it is "
        "not sealed without a key: keep it where only you come, and delete it when you no longer need it.\n\n"
        "You can also name a folder: then it gets its own name there. Nothing is ever written over.\n\n"
        + ON_SEALING
    )

    def __init__(self, journal: "Journal", note_id: str, chosen: Chosen) -> None:
        super().__init__(journal)
        self._note_id = note_id
        self._chosen = chosen

    def on_unmount(self) -> None:
        """Forget the file: a screen may live on in memory."""
        self._chosen = Chosen(0, Attachment("", 0))

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Save a file"

    @property
    def meaning(self) -> str:
        """Which file, and what will be done."""
        return f"{wording.in_a_line(self._chosen.file)}\n\n{SAVING}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested."""
        return FileField("The new file", str(wording.suggested(self._chosen.file)), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Save the file."""
        journal, note_id, chosen = self._journal, self._note_id, self._chosen
        follow = self.following()

        def write() -> Report:
            return [saved_as(save_file(journal, note_id, chosen, path, follow, sealing), sealing)]

        return write
