"""A measure that a therapist enters from paper: a row for each item, and a digit for each answer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.parsing import day_from, past_day_from
from kapjournal.errors import UsageError
from kapjournal.presentation import answering
from kapjournal.presentation.measures import row_label
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.screens.answering import AnsweringScreen
from kapjournal.tui.textual_internals.whole_list import WholeList
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_NAME_CELLS = 44
NOTHING = "·"
"""What stands where no answer was entered."""


class PaperScreen(AnsweringScreen):
    """Takes one digit after the other."""

    NAME = "paper"
    CSS_PATH = "questions.tcss"
    AUTO_FOCUS = ""
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "You enter what a partner answered on paper. Type the values one after the other, each a digit: the "
        "cursor goes on by itself. {leave-out} leaves an item out; up and down go back to one, and another "
        "digit changes it. Each is sealed as you type it. What stands beside a number is a topic for you and "
        "no question: what was asked stands on the paper.\n\n"
        "{answers-done} writes it down. That partner reads it too; the other never can. {back} keeps what is "
        "entered so far, for you alone."
    )

    def __init__(self, journal: "Journal", draft: MeasureDraft, unsaved: bool = False) -> None:
        super().__init__(journal, draft, unsaved)
        self._partner = shown_line(journal.members.label_of(draft.of))

    def sheet(self) -> ComposeResult:
        """The rows of the items, the day on the paper, who reads it."""
        yield WholeList(id="rows")
        yield Static(answering.DATE_OF_PAPER, markup=False, classes="caption")
        yield Field(self._draft.date, placeholder="YYYY-MM-DD", select_on_focus=True, id="date")
        yield Static(self._who_reads, markup=False, classes="quiet")
        with Horizontal(classes="buttons"):
            yield Button("Write it down", variant="primary", id="done")
            yield Button("Back", id="back")

    @property
    def _who_reads(self) -> str:
        if self._draft.changes:
            who = readers_in_words(self._journal, self._draft.readers)
            return shown_line(answering.READERS_STAY.format(readers=who))
        return answering.ON_PAPER_READERS.format(partner=self._partner)

    def on_mount(self) -> None:
        """Put the cursor on the first item without an answer."""
        self._show()
        rows = self.query_one(WholeList)
        missing = [at for at, value in enumerate(self._draft.answers) if value is None]
        rows.highlighted = missing[0] if missing else 0
        rows.focus()

    def on_unmount(self) -> None:
        """Forget whose it is: a screen may live on in memory."""
        self._partner = ""

    def _show(self) -> None:
        rows = self.query_one(WholeList)
        at = rows.highlighted
        rows.set_options(Option(self._row(number)) for number in range(1, len(self._draft.answers) + 1))
        rows.highlighted = at
        self._show_heading()

    def _show_heading(self) -> None:
        heading = Content.assemble(
            (shown_line(self._measure.title), "bold $primary"),
            f"   of {self._partner}, from paper   ",
            (answering.how_far(self._draft), "$text-muted"),
        )
        self.query_one("#heading", Static).update(heading)

    def _row(self, number: int) -> Content:
        value = self._draft.answers[number - 1]
        label = Content(row_label(self._measure, number)).truncate(_NAME_CELLS, ellipsis=True, pad=True)
        values = " ".join(map(str, sorted(self._measure.item(number).values)))
        said = NOTHING if value is None else str(value)
        return Content.assemble(" ", label, "  ", (said, "bold $primary"), (f"   of {values}", "$text-muted"))

    # what is typed

    def on_key(self, event: events.Key) -> None:
        """Take a digit for the item of the cursor."""
        rows, typed = self.query_one(WholeList), event.character or ""
        if rows.has_focus and typed in "0123456789" and typed and rows.highlighted is not None:
            event.stop()
            event.prevent_default()
            number = rows.highlighted + 1
            try:
                value = answering.value_on_paper(self._measure, number, typed)
            except UsageError as error:
                self.say_error(str(error))
            else:
                self._enter(number, value)

    def action_leave_out(self) -> None:
        """Leave the item of the cursor out."""
        rows = self.query_one(WholeList)
        if rows.has_focus and rows.highlighted is not None:
            self._enter(rows.highlighted + 1, None)

    def _enter(self, number: int, value: int | None) -> None:
        """Take it up, and go on to the next item."""
        if self._autosave.is_paused:
            return
        self._put(self._draft.with_answer(number, value))
        rows = self.query_one(WholeList)
        rows.replace_option_prompt_at_index(number - 1, self._row(number))
        self._show_heading()
        self.query_one(StatusLine).say("")
        if number < len(self._draft.answers):
            rows.highlighted = number
        elif value is not None:
            self.say(self.shell.with_keys("That was the last one. {answers-done} writes it down."))

    @on(OptionList.OptionSelected, "#rows")
    def _further(self, event: OptionList.OptionSelected) -> None:
        """Enter goes on to the next item, behind the last to the day."""
        rows = self.query_one(WholeList)
        if event.option_index + 1 < rows.option_count:
            rows.highlighted = event.option_index + 1
        else:
            self.query_one("#date").focus()

    @on(Input.Changed, "#date")
    def _typed_day(self, event: Input.Changed) -> None:
        if not self._autosave.is_paused and event.value != self._draft.date:
            self._put(replace(self._draft, date=event.value))

    @on(Input.Submitted, "#date")
    def _day_done(self) -> None:
        self.query_one("#done").focus()

    # the end

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Write it down; where something was left out, ask first."""
        if not self._draft.answered:
            self.say_error(answering.NOTHING_YET_ANSWERED)
            return
        try:
            read = day_from if self._draft.changes else past_day_from  # a day that stays is not asked about
            read(self._draft.date.strip())
        except UsageError as error:
            self.say_error(f"{answering.DATE_OF_PAPER}: {error}", self.query_one("#date"))
            return
        if self._draft.answered == len(self._draft.answers):
            self._write_down()
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._write_down()

        left_out = answering.left_out(self._draft)
        self.app.push_screen(
            ConfirmModal("Write it down so?", left_out, "Write it down", "Not yet"), answered
        )

    def _write_down(self) -> None:
        who = readers_in_words(
            self._journal, self._draft.readers or frozenset({self._journal.me.id, self._draft.of})
        )
        self._finish(shown_line(answering.KEPT.format(readers=who)))
