"""Dialogs of the measures: which one, and what a therapist asks for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Select, Static
from textual.widgets.option_list import Option

from kapjournal.content.measures import published
from kapjournal.domain.answered_measures import MeasureRequest
from kapjournal.domain.measures import Measure
from kapjournal.domain.members import Member
from kapjournal.domain.parsing import day_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering, sentences
from kapjournal.presentation.answering import Offer
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui import actions
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class _WhichModal(Dialog[str]):
    """Hands back the id of the measure that was chosen."""

    def __init__(self, question: str, measures: Sequence[Measure], aside: str) -> None:
        super().__init__()
        self._question = question
        self._measures = measures
        self._aside = aside

    def compose(self) -> ComposeResult:
        """A row for each measure, and a sentence below."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(self._question, markup=False, classes="heading")
            if self._measures:
                width = max(len(shown_line(one.title)) for one in self._measures) + 2
                rows = (Option(_measure_row(one, width), id=one.id) for one in self._measures)
                yield OptionList(*rows, classes="choices")
            yield Static(self._aside, markup=False, classes="aside")
            if not self._measures:
                with Horizontal(classes="buttons"):
                    yield Button("Back", variant="primary")

    def on_mount(self) -> None:
        """Put the cursor on the first."""
        self.query_one(OptionList if self._measures else Button).focus()

    @on(Button.Pressed)
    def _back(self) -> None:
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class MeasureModal(_WhichModal):
    """Offers a partner what can be answered on this computer, and says why the rest cannot be."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        usable = [one.measure for one in offers if one.is_usable]
        super().__init__(answering.WHICH, usable, answering.why_not_the_rest(offers))


class PaperMeasureModal(_WhichModal):
    """Offers a therapist every measure: what is entered from paper needs no words here."""

    def __init__(self, partner: str) -> None:
        super().__init__(f"Which one did {partner} answer?", published(), answering.FROM_PAPER)


def _measure_row(measure: Measure, width: int) -> Content:
    items = f"{len(measure.items)} questions"
    return Content.assemble(shown_line(measure.title).ljust(width), (items, "$text-muted"))


class AskModal(Dialog[str], Form[str]):
    """Hands back a sentence when the partner is asked. What nobody sees until the next opening stands there
    before."""

    NAME = "form"
    BINDINGS = actions.bindings(NAME)
    CSS_PATH = ["dialog.tcss", "measure.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", partner: Member) -> None:
        super().__init__()
        self._journal = journal
        self._partner = partner

    def compose(self) -> ComposeResult:
        """Which measure, by when, a line for them."""
        name = shown_line(self._partner.label)
        measures = published()
        with VerticalScroll(classes="sheet"):
            yield Static(f"Ask {name} for a measure", markup=False, classes="heading")
            yield Static(saying.NOBODY_SEES_YET, markup=False, id="not-yet")
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Static("Which one", markup=False, classes="caption")
                    titles = [(Text(shown_line(one.title)), one.id) for one in measures]
                    yield Select(titles, value=measures[0].id, allow_blank=False, id="measure")
                with Vertical():
                    yield Static("By which day", markup=False, classes="caption")
                    yield Field(placeholder="YYYY-MM-DD, or none", id="date")
            yield Static(f"A line for {name}", markup=False, classes="caption")
            yield Field(placeholder="if you like", max_length=MAX_LINE, id="line")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Ask", variant="primary", id="ask")
                yield Button("Not now", id="not-now")

    @property
    def left_undone(self) -> str:
        """That the line is gone; not for whom it was."""
        return sentences.TYPED_IS_GONE if self.query_one("#line", Field).value.strip() else ""

    def on_mount(self) -> None:
        """Begin with the measure."""
        self.query_one("#measure").focus()

    @on(Button.Pressed, "#ask")
    def _ask(self) -> None:
        date, line = (self.query_one(f"#{name}", Field).value.strip() for name in ("date", "line"))
        measure = self.query_one("#measure", Select).value
        try:
            with self.reading("date"):
                day = day_from(date) if date else None
        except KapjournalError as error:
            self.say_error(str(error))
            return
        measures, label = self._journal.measures, self._partner.label
        self.run_once("Asking…", lambda: measures.request(str(measure), label, day, line), self._asked)

    def _asked(self, request: MeasureRequest) -> None:
        said = saying.request_in_words(self._journal, request)
        self.dismiss(f"{said}. Only they and you can read that.")
