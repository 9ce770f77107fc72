"""The form that saves one note as a page to print."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.domain.notes import Note
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.page_file import SAVING
from kapjournal.exchange.printed_note import FILE_NAME, FORMS, print_note
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class PrintNoteScreen(SavingForm):
    """Writes the note as HTML, DOCX or a PDF to a new file."""

    NAME = "print"
    BINDINGS = actions.bindings(NAME)
    CAN_STOP = True
    HELP = (
        "This writes the note as a page of HTML, which any browser opens and prints, as a DOCX, if the "
        "name of the file ends in .docx, or as a PDF, if it ends in .pdf and the package typst is "
        "installed. The names of its files stand on it, and nothing is loaded from anywhere. There it is "
        "not sealed without a key: keep it where only you come, and delete it once it is printed. Nothing "
        "is ever written over.\n\n" + ON_SEALING
    )

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note

    def on_unmount(self) -> None:
        """Forget the note."""
        self._note = self._note.without_words

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Print this note"

    @property
    def meaning(self) -> str:
        """Which note, and what will be done."""
        return f"{shown_line(self._note.text.name)}\n\n{SAVING} {FORMS}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested that names nobody."""
        return FileField("The new file", str(paths.free_in_home(FILE_NAME)), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Save the page."""
        journal, note = self._journal, self._note
        return lambda: [print_note(journal, note, path, self.stopping.begun, sealing)]
