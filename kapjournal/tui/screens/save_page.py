"""The form that saves a page of text, to print it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.page_file import SAVING, save_page
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class SavePageScreen(SavingForm):
    """Writes the page to a new file."""

    NAME = "save-page"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This writes the page to a file, from where you can print it. There it is not sealed without a "
        "key: keep it where only you come, and delete it when you no longer need it. Nothing is ever "
        "written over.\n\n" + ON_SEALING
    )

    def __init__(self, journal: "Journal", text: str, name: str) -> None:
        """The `text` of the page, for a file that is called so unless another name is chosen."""
        super().__init__(journal)
        self._text, self._file = text, name

    def on_unmount(self) -> None:
        """Forget the page."""
        self._text = ""

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Save this page"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return SAVING

    def field(self) -> FileField:
        """The field for the new file, with a place suggested that names nobody."""
        return FileField("The new file", str(paths.free_in_home(self._file)), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Save the page."""
        journal, text = self._journal, self._text
        return lambda: [save_page(journal, path, text, sealing)]
