"""A dialog that proves two shares of the will that stands; nothing is opened by it."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.presentation import will as saying
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class RehearseModal(Dialog[str], Form[str]):
    """Hands back what to say, once the shares were right; until then they stay as they were typed."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """Room for two shares, a line each."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("Rehearse your will", markup=False, classes="heading")
            yield Static(saying.REHEARSING, markup=False, classes="aside")
            for which in saying.FIRST_AND_SECOND:
                yield Static(saying.share_caption(which), markup=False, classes="caption")
                yield Field(placeholder="1 academic  2 acid  3 …", missing=saying.HOW_TO_TYPE, id=which)
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Try the shares", variant="primary", id="try")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Begin with the first share."""
        self.query_one(Field).focus()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#try")
    def _try(self) -> None:
        if not self.is_complete:
            return
        shares, journal = [field.value for field in self.query(Field)], self._journal
        self.run_once(
            "Trying the shares…", lambda: saying.rehearsed(journal.will.rehearse(shares)), self._done
        )

    def _done(self, said: str) -> None:
        self.dismiss(said)
