"""A dialog that takes a supervisor's answer from a file."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import paths
from kapjournal.exchange.write_up import words_of_reply
from kapjournal.presentation import write_up_answer as saying
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswerFileModal(FieldsDialog[str]):
    """Hands back the words in the file."""

    HEADING = saying.FROM_A_FILE
    WHAT = saying.FILE_WHAT
    DO = "Take it"

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)

    def fields(self) -> ComposeResult:
        """The file, and what opens it."""
        yield Static("The file", markup=False, classes="caption")
        yield Field(missing="Say where the file is.", id="file")
        yield Static(saying.IDENTITY, markup=False, classes="caption")
        yield Field(id="identity")
        yield Static(saying.PASSPHRASE, markup=False, classes="caption")
        yield Field(password=True, id="passphrase")

    def filled_in(self) -> None:
        """Read it, and open it if it is sealed."""
        file, identity, passphrase = (
            self.query_one(name, Field).value for name in ("#file", "#identity", "#passphrase")
        )

        def read() -> str:
            data = paths.read_plain(paths.typed_file(file))
            key = paths.read_text(paths.typed_file(identity)) if identity.strip() else ""
            return words_of_reply(data, identity=key, passphrase=passphrase)

        self.run_once("Opening…", read, lambda words: self.dismiss(words) and None)
