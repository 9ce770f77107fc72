"""A form that saves something out of the journal, sealed for somebody else if that is asked for."""

from collections.abc import Callable, Iterable
from pathlib import Path

from textual.widget import Widget

from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.field import Field

ON_SEALING = (
    "A public key, which begins with age1, seals it for whoever has the secret one: nobody else can open it, "
    "you neither, and they need the program age. Between several keys stand spaces; each of them opens it. "
    "The name ends in .age then, or in .age.txt for a file that goes by mail."
)
"""Stands in the help of each such form."""


class SavingForm(FileForm):
    """Asks below the file for the keys it is sealed to, as a rule for none."""

    SUBMIT = "Save it"
    PROGRESS = "Saving…"

    def further(self) -> Iterable[Widget]:
        """The field for the keys."""
        yield Field(placeholder=age.ASKING, id="keys")

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """What saves it, in a thread."""
        raise NotImplementedError

    def work_as_typed(self) -> Callable[[], Report | Question]:
        """What saves it where it was typed, sealed to the keys that were typed (`UsageError`)."""
        with self.reading("keys"):
            sealing = age.sealing_typed(self.query_one("#keys", Field).value)
        return self.save(self.path, sealing)
