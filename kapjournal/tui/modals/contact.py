"""A dialog for a contact line: when and how somebody was in touch, and what came of it."""

import datetime as dt
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Select, Static

from kapjournal import clock
from kapjournal.domain.answered_measures import SafetyMark
from kapjournal.domain.forms import About
from kapjournal.domain.parsing import day_from, time_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import contacts, sentences
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions
from kapjournal.tui.editor.growing_area import GrowingArea
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ContactModal(Dialog[str], Form[str]):
    """Hands back a sentence when the line is written. Nothing else closes a mark."""

    NAME = "form"
    BINDINGS = actions.bindings(NAME)
    CSS_PATH = ["dialog.tcss", "measure.tcss"]  # noqa: RUF012 - Textual's form
    HELP = (
        "You write when and how you were in contact with this person, and what came of it. That line closes "
        "the mark, and stays in it. Where you came from your practice, the same goes into your clinical "
        "record as a contact note about this partner.\n\n"
        "{form-done} writes it. {back} closes this, and the mark stays as it is."
    )

    def __init__(self, journal: "Journal", mark: SafetyMark) -> None:
        super().__init__()
        self._journal = journal
        self._mark = mark
        self._asks_which = journal.contacts.goes_into_record and journal.contacts.about(mark) is None

    def compose(self) -> ComposeResult:
        """The mark, the three things to say, and what that does."""
        now = clock.local(clock.now())
        with Vertical(classes="sheet"):
            with VerticalScroll(classes="body", can_focus=False):
                yield Static("Contact line", markup=False, classes="heading")
                yield Static(saying.mark_in_words(self._journal, self._mark), markup=False)
                yield Static(contacts.before(self._journal, self._mark), markup=False, classes="quiet")
                with Horizontal(classes="pair"):
                    with Vertical(classes="when"):
                        yield Static("Day", markup=False, classes="caption")
                        yield Field(
                            now.date().isoformat(), select_on_focus=True, missing="Say when.", id="date"
                        )
                    with Vertical(classes="when"):
                        yield Static("Time", markup=False, classes="caption")
                        yield Field(
                            f"{now:%H:%M}", select_on_focus=True, missing="Say at what time.", id="time"
                        )
                    with Vertical():
                        yield Static("How", markup=False, classes="caption")
                        yield Field(
                            placeholder="phone, in person",
                            max_length=MAX_LINE,
                            missing="Say how you were in contact.",
                            id="how",
                        )
                if self._asks_which:
                    yield Static("In your record this is", markup=False, classes="caption")
                    which = [(Text(f"about the {one} partner"), one) for one in (About.FIRST, About.SECOND)]
                    yield Select(which, prompt="choose", id="about")
                with Vertical(classes="said"):
                    yield Static("What came of it", markup=False, classes="caption")
                    yield GrowingArea("", id="outcome")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Write it", variant="primary", id="write")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with how it was."""
        self.query_one("#how").focus()

    @property
    def _has_words(self) -> bool:
        return bool(self.query_one(GrowingArea).body.strip() or self.query_one("#how", Field).value.strip())

    @property
    def left_undone(self) -> str:
        """That the line is gone; not what it was for, which a partner at the doors might read."""
        return sentences.TYPED_IS_GONE if self._has_words else ""

    def action_back(self) -> None:
        """Leave; where something is typed already, ask first."""
        if not self._has_words:
            self.dismiss(None)
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self.dismiss(None)

        question = ConfirmModal(contacts.UNWRITTEN, contacts.UNWRITTEN_GOES, "Close it", "Go on writing")
        self.app.push_screen(question, answered)

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if not self.is_complete:
            return
        date, time, how = (
            self.query_one(f"#{name}", Field).value.strip() for name in ("date", "time", "how")
        )
        outcome = self.query_one(GrowingArea).body
        try:
            with self.reading("date"):
                day = day_from(date)
            with self.reading("time"):
                when = clock.local(dt.datetime.combine(day, time_from(time)))
        except KapjournalError as error:
            self.say_error(str(error))
            return
        journal, mark, about = self._journal, self._mark, self._about

        def write() -> str:
            return contacts.write(journal, mark, when, how, outcome, about)[1]

        self.run_once("Writing it…", write, self._written)

    def _written(self, said: str) -> None:
        self.dismiss(said)

    @property
    def _about(self) -> About | None:
        chosen = self.query_one("#about", Select).value if self._asks_which else None
        return chosen if isinstance(chosen, About) else None
