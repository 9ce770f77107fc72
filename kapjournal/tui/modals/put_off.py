"""A dialog in which two partners choose the hour at which they speak, within a day."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from kapjournal.domain.dialogue import Dialogue
from kapjournal.domain.parsing import time_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import dialogue as saying
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class PutOffModal(FieldsDialog[str]):
    """Hands back the sentence that says until when it is put off."""

    HEADING = "At what hour?"
    WHAT = "Choose an hour within the next day. Both of you see it when you open the journal."
    DO = "Put it off"

    def __init__(self, doors: "Sequence[Journal]", dialogue: Dialogue) -> None:
        super().__init__(doors[0])
        self._doors = doors
        self._dialogue = dialogue

    def fields(self) -> ComposeResult:
        """The hour."""
        yield Field(placeholder="HH:MM", missing="Say the hour.", id="hour")

    def filled_in(self) -> None:
        """Keep it for both."""
        try:
            with self.reading("hour"):
                hour = time_from(self.query_one("#hour", Field).value.strip())
        except KapjournalError as error:
            self.say_error(str(error))
            return
        work = partial(saying.put_off, self._doors, self._dialogue, hour)
        self.run_once("One moment…", work, self._put_off)

    def _put_off(self, said: str) -> None:
        self.dismiss(said)
