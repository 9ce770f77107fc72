"""A card on what a partner noticed after a dose: yes, no or left out, and a line beside a yes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Static

from kapjournal import clock
from kapjournal.content import self_reports as content
from kapjournal.domain.self_reports import NOTHING_ANSWERED, AfterEffects, SelfReportDraft
from kapjournal.presentation import days
from kapjournal.presentation import self_reports as saying
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import readers_in_words, with_role
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui import actions
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.screens.reporting import ReportingScreen
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.scale import RowChanged, WordRow
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_WORDS = ("yes", "no")
_LINE = "line-"
_MORE_OF_IT = "more about it, if you like"


class AfterEffectsScreen(ReportingScreen):
    """Takes an answer for each row. Where one asks for it, the page says at once to tell the clinic today."""

    NAME = "after-effects"
    AUTO_FOCUS = "WordRow"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This card is for the clinic: what you noticed since your dose. Answer with y or n, the arrow keys "
        "or the mouse; Delete leaves a row out. Where you say yes, a line for more opens under it, and what "
        "you type then goes there. Up, down, Tab and Enter go from one row to the next.\n\n"
        "The readers who are ticked are your therapists and the prescriber; take the tick from whoever "
        "shall not read it. Your partner is not in that list and never reads it.\n\n"
        "Every answer is sealed at once, for you alone, until {report-done} gives the card to its readers. "
        "{back} keeps it as it is.\n\n"
        "Nothing is scored. This program is not monitored: nobody is alerted by what you say."
    )

    def __init__(self, journal: "Journal", draft: SelfReportDraft, unsaved: bool = False) -> None:
        super().__init__(journal, draft, unsaved)
        self._rows = content.effects()
        self._readers = saying.possible_readers(journal, draft.said)

    def sheet(self) -> ComposeResult:
        """The rows, and who reads it."""
        said, ticked = self._said, saying.ticked(self._journal, self._draft)
        for name, row in self._rows.items():
            answer = said.answer_to(name)
            yield WordRow(name, row.label, _WORDS, None if answer is None else _WORDS.index(_word(answer)))
            line = Field(
                said.line_of(name),
                placeholder=_MORE_OF_IT,
                max_length=MAX_LINE,
                id=f"{_LINE}{name}",
                classes="line",
            )
            line.set_class(bool(answer or said.line_of(name)), "-open")
            yield line
        yield Static("Who reads it", markup=False, classes="caption")
        yield Static(saying.CARD_READERS, markup=False, classes="quiet")
        if self._readers:
            yield Checklist(*((Content(with_role(m)), m.id, m.id in ticked) for m in self._readers))
        yield NotMonitoredNotice()

    def buttons(self) -> ComposeResult:
        """The end, and who reads it then."""
        yield Button("Done", variant="primary", id="done")
        yield Button("Back", id="back")
        yield SelfClearingText("", id="readers")

    def on_mount(self) -> None:
        """Say which day it is, and what is due."""
        card = saying.card_due(self._journal)
        about = f"   day {card.day} after your dose" if card else ""
        heading = Content.assemble(
            ("How you have been", "bold $primary"), f"   {days.spoken(clock.today())}{about}"
        )
        self.query_one("#heading", Static).update(heading)
        self._tell()
        self._show_notice()

    @property
    def _said(self) -> AfterEffects:
        said = self._draft.said
        if not isinstance(said, AfterEffects):
            raise TypeError(type(said))
        return said

    # what is answered

    @on(RowChanged)
    def _chosen(self, event: RowChanged) -> None:
        if self._autosave.is_paused:
            return
        name, answer = str(event.row.name), None if event.chosen is None else event.chosen == 0
        before, self._draft = self._draft, replace(self._draft, said=self._said.with_answer(name, answer))
        line = self.query_one(f"#{_LINE}{name}", Field)
        is_open = bool(answer or line.value)
        line.set_class(is_open, "-open")
        line.display = is_open  # at once: a Tab may come before the styles do
        self._tell()
        self._seal(before)

    def on_key(self, event: events.Key) -> None:
        """Take words that are typed beside a yes into the line under it, where they were meant to go."""
        row = self.focused
        if isinstance(row, WordRow) and event.is_printable and event.character:
            line = self.query_one(f"#{_LINE}{row.name}", Field)
            if line.has_class("-open"):
                self.set_focus(line)
                line.insert_text_at_cursor(event.character)
                event.stop()

    @on(Input.Changed, ".line")
    def _typed(self, event: Input.Changed) -> None:
        name = str(event.input.id).removeprefix(_LINE)
        if not self._autosave.is_paused and event.value != self._said.line_of(name):
            self._draft = replace(self._draft, said=self._said.with_line(name, event.value))
            self._autosave.touch()

    @on(Input.Submitted, ".line")
    def _line_done(self) -> None:
        self.focus_next()

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        chosen = frozenset(self.query_one(Checklist).selected)
        if not self._autosave.is_paused and chosen != saying.ticked(self._journal, self._draft):
            before, self._draft = self._draft, replace(self._draft, readers=chosen)
            self._seal(before)
            self._show_notice()

    def _tell(self) -> None:
        """Say whom to tell, before anything is saved; it stays as long as the answer does."""
        self._show_whom_to_call(saying.tell_the_clinic(self._said))

    def _show_notice(self) -> None:
        readers = saying.ticked(self._journal, self._draft)
        self.query_one(NotMonitoredNotice).update(crisis_notice(self._journal, readers))
        members, me = self._journal.members.all(), self._journal.me.id
        symbol, said = readers_line.symbol_and_words(readers | {me}, members, me)
        line = Content.styled(f"{symbol} {said}", readers_line.tone(symbol))
        self.query_one("#readers", SelfClearingText).update(line)

    # the end

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Give the card to its readers."""
        if self._said.is_empty:
            self.say_error(NOTHING_ANSWERED)
            return
        readers = saying.ticked(self._journal, self._draft) | {self._journal.me.id}
        who = readers_in_words(self._journal, readers)
        said = f"{saying.MADE} {who} can read it. {saying.tell_the_clinic(self._said)}"
        self._finish(shown_line(said.strip()))


def _word(answer: bool) -> str:
    return "yes" if answer else "no"
