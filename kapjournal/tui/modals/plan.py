"""A dialog for how many doses the course is planned to have."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kapjournal.domain.parsing import number_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import sentences
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class PlanModal(Dialog[str], Form[str]):
    """Hands back a sentence once the number is in the journal."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal
        self._before = str(journal.sessions.planned_doses or "")

    def compose(self) -> ComposeResult:
        """One field, for the number."""
        doses, sessions = self._journal.sessions.planned_doses, self._journal.sessions.planned
        with Vertical(classes="sheet"):
            yield Static("How many doses are planned in all?", markup=False, classes="heading")
            if sessions and not doses:
                yield Static(f"{sentences.planned(doses, sessions)} 0 takes it away.\n", markup=False)
            yield Static(f"{sentences.PLANNING} Leave it empty to say no number.", markup=False)
            yield Field(self._before, placeholder="not said", max_length=2, classes="gap")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Say so", variant="primary", id="say")
                yield Button("Back", id="back")

    def on_mount(self) -> None:
        """Begin with the number."""
        self.query_one(Field).focus()

    @on(Button.Pressed, "#say")
    def _say(self) -> None:
        answer, sessions = self.query_one(Field).value.strip(), self._journal.sessions
        if answer == self._before:  # nothing is changed, least of all a number from before
            self.dismiss(sentences.planned(sessions.planned_doses, sessions.planned))
            return
        try:
            count = number_from(answer or "0")
        except KapjournalError as error:
            self.say_error(str(error), self.query_one(Field))
            return

        def done(_: None) -> None:
            self.dismiss(sentences.planned(sessions.planned_doses, sessions.planned))

        self.run_once("Writing it down…", lambda: sessions.plan(count), done)
