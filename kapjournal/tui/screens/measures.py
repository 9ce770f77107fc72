"""The measures of one partner: what they are asked for, what is not finished, and what was answered."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal.content import measures as content
from kapjournal.domain.answered_measures import AnsweredMeasure, MeasureRequest
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.members import Member, Role
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering
from kapjournal.presentation.measures import no_pack
from kapjournal.presentation.people import partners
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.measure_data import MeasuresOf, answers_row, draft_row, measures_of, request_row
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.measure import AskModal, MeasureModal, PaperMeasureModal
from kapjournal.tui.navigation.routes import AnswersRoute, MarksRoute, MeasureChartRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, RowMaker
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Listed = MeasureRequest | MeasureDraft | AnsweredMeasure
_NOBODY = "There is no partner in this journal yet."
_CHOOSE = "Choose a measure first."
_CHOOSE_WHOSE = "Press {whose} to choose whose measures are shown."
_NONE_OF_MINE = (
    "You have answered nothing yet. {answer} begins: one question at a time, and only you can read what you "
    "answer, unless you choose otherwise at the end."
)
_NONE_OF_THEIRS = "There is nothing of {name} here that you can read. {paper} enters from paper, {ask} asks."
_NONE_TO_READ = "There is nothing of {name} here that you can read."
_NOTHING_TO_TAKE_BACK = (
    "Choose what you asked for, or what is not finished. Answers are deleted where they are read."
)


class MeasuresScreen(JournalScreen):
    """A partner's own; to the clinic one partner's at a time, chosen anew each time."""

    NAME = "measures"
    CSS_PATH = "unsigned.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Measures are published questionnaires. A partner answers here in the official words, where a file "
        "with these is on this computer ({answer}); what stands first is what the therapist asks for, then "
        "what is not finished, then the answers, the newest first. Enter opens one. Beside each stands who "
        "can read it; the other partner never can, and no two people are compared.\n\n"
        "{chart} shows the course of the chosen measure over time.\n\n"
        "A therapist chooses whose measures are shown ({whose}), enters what was answered on paper ({paper}) "
        "and asks for a measure ({ask}). What was asked for and is not needed any more, and what is not "
        "finished, goes with {take-back}.\n\n"
        "Nobody is alerted by an answer: this program is not monitored."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._of: Member | None = journal.me if journal.me.role is Role.PARTNER else None
        self._listed: dict[str, Listed] = {}
        self._is_asking = False

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield Static("", markup=False, id="mark")
            yield NoteList()
            yield Static("", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say what it is; a list that is not there yet shows nothing."""
        self.query_one("#empty").display = self.query_one("#mark").display = False
        self.query_one("#mark", Static).update(self.shell.with_keys(saying.OPEN_MARK_HERE))
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget whose measures they are, and the measures."""
        self._of, self._listed = None, {}

    def on_screen_resume(self) -> None:
        """Read them, again after something was answered; first choose whose."""
        if self._of is not None:
            self._look()
        elif not self._is_asking:
            self.action_whose()

    @property
    def _is_mine(self) -> bool:
        return self._journal.me.role is Role.PARTNER

    # what is shown

    def _look(self) -> None:
        journal, person = self._journal, self._of
        if person is None:
            return

        def read() -> MeasuresOf:
            journal.refresh()
            return measures_of(journal, person)

        background.run(self, read, partial(self._show, person), self.say_error, group="look")

    def _show(self, person: Member, found: MeasuresOf) -> None:
        if person is not self._of:
            return
        journal = self._journal
        rows: list[tuple[str, RowMaker]] = []
        self._listed = {}
        for request in found.requests:
            self._listed[f"request {request.id}"] = request
            rows.append((f"request {request.id}", partial(request_row, journal, request)))
        for draft in found.drafts:
            self._listed[f"draft {draft.id}"] = draft
            rows.append((f"draft {draft.id}", partial(draft_row, journal, draft)))
        for one in found.answers:
            self._listed[one.id] = one
            rows.append((one.id, partial(answers_row, journal, one)))
        pane, listed = self.query_one("#pane"), self.query_one(NoteList)
        empty = self.query_one("#empty", Static)
        name = shown_line(person.label)
        pane.border_title = Content("Your measures" if self._is_mine else f"Measures of {name}")
        listed.show(rows, newest_first=True, to_new=True)
        listed.display, empty.display = bool(rows), not rows
        if self._is_mine:
            nothing = _NONE_OF_MINE
        else:
            nothing = _NONE_OF_THEIRS if journal.me.role.is_therapist else _NONE_TO_READ
        empty.update(self.shell.with_keys(nothing.replace("{name}", name)))
        if rows:
            listed.focus()
        self.query_one("#mark").display = found.has_open_mark
        self.refresh_bindings()

    @property
    def _chosen(self) -> Listed | None:
        return self._listed.get(self.query_one(NoteList).chosen or "")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a partner what a partner does, and the clinic what the clinic does."""
        return super().check_action(action, parameters) if self.is_for_me(action) else False

    def why_not(self, action: str) -> str:
        """Something is needed for what is done with it."""
        if action in ("paper", "ask") and self._of is None:
            return _CHOOSE_WHOSE
        if action == "take_back" and not self._can_be_taken_back:
            return _NOTHING_TO_TAKE_BACK
        if action == "chart":
            chosen = self._chosen
            if chosen is None:
                return _CHOOSE
            return "" if content.known(_measure_of(chosen)) else saying.UNKNOWN
        return ""

    @property
    def _can_be_taken_back(self) -> bool:
        chosen = self._chosen
        if isinstance(chosen, MeasureRequest):
            return chosen.author == self._journal.me.id
        return isinstance(chosen, MeasureDraft)

    @on(OptionList.OptionSelected)
    async def _open(self) -> None:
        chosen = self._chosen
        if isinstance(chosen, AnsweredMeasure):
            self.shell.go_to(AnswersRoute(self._journal, chosen))
        elif isinstance(chosen, MeasureDraft):
            await self._go_on(chosen)
        elif isinstance(chosen, MeasureRequest) and self._is_mine:
            self._begin(chosen.measure)
        elif chosen is not None:
            asked = saying.request_in_words(self._journal, chosen)
            self.say(f"{asked}. " + self.shell.with_keys("{take-back} asks no more."))

    # whose

    def action_whose(self) -> None:
        """Ask whose measures are to be shown, one partner's at a time."""
        people = partners(self._journal)
        if not people:
            self.query_one("#empty").display = True
            self.query_one("#empty", Static).update(_NOBODY)
            return
        choices = [Choice(f"_{at}", one.label) for at, one in enumerate(people)]
        self._is_asking = True

        def chosen(choice: str | None) -> None:
            self._is_asking = False
            if choice is not None:
                self._of, self._listed = people[int(choice[1:])], {}
                self.query_one(NoteList).show([])
                self._look()
            elif self._of is None:
                self.leave()

        self.app.push_screen(ChoiceModal("Whose measures?", choices), chosen)

    # answering

    def action_answer(self) -> None:
        """Ask which measure, and begin."""

        def chosen(measure_id: str | None) -> None:
            if measure_id is not None:
                self._begin(measure_id)

        self.app.push_screen(MeasureModal(answering.offers()), chosen)

    def _begin(self, measure_id: str) -> None:
        """Answer a measure, or go on with it where it is not finished."""
        journal = self._journal

        async def begin(draft: MeasureDraft | None) -> None:
            if draft is None:
                known = content.known(measure_id)
                self.say_error(no_pack(known) if known else saying.UNKNOWN)
            else:
                await self._go_on(draft)

        if content.known(measure_id) is None:
            self.say_error(saying.UNKNOWN)
            return
        background.run(self, partial(answering.draft_to_answer, journal, measure_id), begin, self.say_error)

    async def _go_on(self, draft: MeasureDraft) -> None:
        if content.known(draft.measure) is None:
            self.say_error(saying.UNKNOWN)
        else:
            await self.shell.open_editor(self._journal, draft)

    def action_paper(self) -> None:
        """Ask which measure, and show the page to enter it."""
        journal, person = self._journal, self._of
        if person is None:
            return

        def chosen(measure_id: str | None) -> None:
            if measure_id is not None:
                work = partial(answering.draft_to_enter, journal, measure_id, person.id)
                background.run(self, work, self._go_on, self.say_error)

        self.app.push_screen(PaperMeasureModal(shown_line(person.label)), chosen)

    def action_ask(self) -> None:
        """Ask what is asked for, and by when."""
        if self._of is not None:
            self.app.push_screen(AskModal(self._journal, self._of), self._say_done)

    def action_chart(self) -> None:
        """Show the course of the chosen measure."""
        if (chosen := self._chosen) is not None and self._of is not None:
            self.shell.go_to(MeasureChartRoute(self._journal, self._of.id, _measure_of(chosen)))

    def action_marks(self) -> None:
        """Go to the therapist's safety marks."""
        self.shell.go_to(MarksRoute(self._journal))

    def action_take_back(self) -> None:
        """Ask no more, or throw away what is not finished."""
        journal, chosen = self._journal, self._chosen
        if isinstance(chosen, MeasureRequest):
            question = ConfirmModal(
                "Ask no more for this?", saying.request_in_words(journal, chosen), "Ask no more"
            )
            deed = partial(journal.measures.take_back, chosen.id)
        elif isinstance(chosen, MeasureDraft):
            what = answering.THROWING_AWAY_A_CHANGE if chosen.changes else answering.THROWING_AWAY
            question = ConfirmModal(answering.THROW_AWAY, what, "Throw away")
            deed = partial(journal.measure_drafts.discard, chosen.id, chosen.saved)
        else:
            return

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, deed, lambda _: self._look(), self.say_error)

        self.app.push_screen(question, answered)


def _measure_of(chosen: Listed) -> str:
    return chosen.text.measure if isinstance(chosen, AnsweredMeasure) else chosen.measure
