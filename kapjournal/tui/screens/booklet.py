"""The form that saves the booklet of what both partners approved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.booklet import FILE_NAME, FORMS, save_booklet
from kapjournal.exchange.page_file import SAVING
from kapjournal.presentation.booklet import WHAT_IS_IN_IT
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    pass


class BookletScreen(SavingForm):
    """Writes it as markdown, HTML, DOCX or a PDF to a new file."""

    NAME = "booklet"
    BINDINGS = actions.bindings(NAME)
    CAN_STOP = True
    HELP = (
        "This writes a booklet for the two of you, to print and to keep: a title page, what is left of "
        "your dialogues, the name of your loop, the practices you chose, and the words of your closing. "
        "Nothing is in it that only one of you approved, or that one took back; agreements are left out.\n\n"
        "It bears no days and no times, and does not say who made it. A name that ends in .pdf needs the "
        "package typst; its sheets are A5. It is not sealed where you save it without a key: keep it "
        "where only you two come. Nothing is ever written over.\n\n" + ON_SEALING
    )

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Your booklet"

    @property
    def meaning(self) -> str:
        """What is in it, and what will be done."""
        return f"{WHAT_IS_IN_IT}\n\n{SAVING} {FORMS}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested that names nobody."""
        return FileField("The new file", str(paths.free_in_home(FILE_NAME)), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Save it."""
        journal = self._journal
        return lambda: [save_booklet(journal, path, self.stopping.begun, sealing)]
