"""A dialog that closes a letter or a decision until a day."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Select

from kapjournal.domain.notes import Note
from kapjournal.errors import KapjournalError
from kapjournal.presentation import opening
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.opening_choice import OpeningChoice

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class CloseUntilModal(FieldsDialog[str]):
    """Hands back a sentence when the page is closed."""

    HEADING = "On which day does it open?"
    WHAT = opening.WHAT_CLOSING_DOES
    DO = "Close it until then"
    HELP = (
        "Here you say on which day a letter or a decision of yours opens to you. Until then no screen shows "
        "its words, and no search finds them; what waits, in the course, opens it at any time. Who can read "
        "it already still can.\n\n"
        "{back} leaves it as it is."
    )

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note

    def fields(self) -> ComposeResult:
        """The choice."""
        yield OpeningChoice(self._note.text.kind, self._note.opens, is_new=False)

    def on_mount(self) -> None:
        """Begin with the day where there is nothing else to choose."""
        several = self._note.text.kind in opening.WITH_DAYS_OFFERED
        self.query_one(OpeningChoice).query_one("#opening", Select).display = several
        self.query_one("#opening" if several else "#opens-on").focus()

    def filled_in(self) -> None:
        """Close it."""
        journal, note_id = self._journal, self._note.id
        try:
            day = self.query_one(OpeningChoice).day
        except KapjournalError as error:
            self.say_error(str(error), self.query_one("#opens-on"))
            return

        def close() -> str:
            if day is not None:
                journal.waiting.close(note_id, day)
            return " ".join(opening.opening_in_words(journal.waiting.of(journal.notes.get(note_id))))

        self.run_once("Closing…", close, lambda said: self.dismiss(said) and None)
