"""A dialog that proves two shares of the will that stands; nothing is opened by it."""

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.presentation import will as saying
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field


class RehearseModal(FieldsDialog[str]):
    """Hands back what to say, once the shares were right; until then they stay as they were typed."""

    HEADING = "Rehearse your will"
    WHAT = saying.REHEARSING
    DO = "Try the shares"

    def fields(self) -> ComposeResult:
        """Room for two shares, a line each."""
        for which in saying.FIRST_AND_SECOND:
            yield Static(saying.share_caption(which), markup=False, classes="caption")
            yield Field(placeholder="1 academic  2 acid  3 …", missing=saying.HOW_TO_TYPE, id=which)

    def filled_in(self) -> None:
        """Try them."""
        shares, will = [field.value for field in self.query(Field)], self._journal.will
        self.run_once("Trying the shares…", lambda: saying.rehearsed(will.rehearse(shares)), self._done)

    def _done(self, said: str) -> None:
        self.dismiss(said)
