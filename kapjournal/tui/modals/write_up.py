"""The dialogs with which a write-up and its review begin: the question, and who is to read it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Select, Static

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.record_drafts import RecordDraft, new_record_draft
from kapjournal.domain.supervision import NO_QUESTION, NO_RECIPIENT, QUESTION, WANTED, check_question
from kapjournal.errors import UsageError
from kapjournal.presentation import write_up_standing as saying
from kapjournal.text import MAX_LINE
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NewWriteUpModal(FieldsDialog[RecordDraft]):
    """Hands back the page of a new write-up, with the question on it."""

    HEADING = "A new write-up"
    WHAT = "It begins with your question: one sentence that ends with a question mark."
    DO = "Write it"

    def __init__(self, journal: "Journal", couple: Couple) -> None:
        super().__init__(journal)
        self._case = couple.case

    def fields(self) -> ComposeResult:
        """The question, and what is wanted."""
        form = form_for(RecordKind.SUPERVISION)
        wanted = form.field(WANTED)
        yield Static(form.field(QUESTION).heading, markup=False, classes="caption")
        yield Field(max_length=MAX_LINE, missing=NO_QUESTION, id="question")
        yield Static(wanted.heading, markup=False, classes="caption")
        answers = [(answer, answer) for answer in wanted.answers]
        yield Select(answers, value=wanted.answers[0], allow_blank=False, id="wanted")

    def filled_in(self) -> None:
        """Hand back the page, or say what is wrong with the question."""
        said = {
            QUESTION: self.query_one("#question", Field).value.strip(),
            WANTED: str(self.query_one("#wanted", Select).value),
        }
        try:
            check_question(said)
        except UsageError as error:
            self.say_error(str(error), self.query_one("#question"))
            return
        form = form_for(RecordKind.SUPERVISION)
        page = new_record_draft(form, self._case, About.COUPLE, clock.today())
        self.dismiss(replace(page, values=tuple(sorted(said.items()))))


class RecipientModal(FieldsDialog[str]):
    """Hands back who is to read a write-up."""

    HEADING = saying.WHO_READS_IT
    WHAT = saying.NEW_WORDS
    DO = "Review it"

    def __init__(self, journal: "Journal", recipient: str) -> None:
        """With the `recipient` of the form offered."""
        super().__init__(journal)
        self._recipient = recipient

    def fields(self) -> ComposeResult:
        """One line."""
        yield Field(
            self._recipient, max_length=MAX_LINE, select_on_focus=True, missing=NO_RECIPIENT, id="recipient"
        )

    def filled_in(self) -> None:
        """Hand back the name."""
        self.dismiss(self.query_one("#recipient", Field).value.strip())
