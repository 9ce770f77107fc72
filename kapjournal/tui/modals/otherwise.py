"""A dialog for a time it went otherwise: a day and one line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import clock
from kapjournal.domain.parsing import day_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import cycle as saying
from kapjournal.presentation.waiting import after_sharing
from kapjournal.text import MAX_LINE
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class OtherwiseModal(FieldsDialog[str]):
    """Hands back who reads the line, once it is in the journal."""

    HEADING = "A time it went otherwise"
    WHAT = saying.ADDING
    DO = "Write it down"

    def __init__(self, journal: "Journal", readers: Sequence[str]) -> None:
        """`readers` says who will read it, and what stands beside that."""
        super().__init__(journal)
        self._readers = tuple(readers)

    def fields(self) -> ComposeResult:
        """Who reads it, the line, and the day, which is today as a rule."""
        yield Static("\n".join(self._readers), markup=False)
        yield Field(
            placeholder="what was otherwise, in one line",
            max_length=MAX_LINE,
            missing="Type the line.",
            id="line",
        )
        yield Static("Day", markup=False, classes="caption")
        yield Field(clock.today().isoformat(), max_length=10, missing="Type the day.", id="day")

    def filled_in(self) -> None:
        """Write it down."""
        journal, line = self._journal, self.query_one("#line", Field).value
        try:
            with self.reading("day"):
                date = day_from(self.query_one("#day", Field).value.strip())
        except KapjournalError as error:
            self.say_error(str(error))
            return

        def work() -> str:
            return " ".join(after_sharing(journal, journal.cycle.add_otherwise(line, date)))

        def done(said: str) -> None:
            self.dismiss(said)

        self.run_once("Sealing it…", work, done)
