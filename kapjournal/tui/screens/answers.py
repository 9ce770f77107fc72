"""Answers to one measure, over the whole screen."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.content import measures as content
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.measure_data import answers_heading, answers_page
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.share_answers import ShareAnswersModal
from kapjournal.tui.modals.withdraw import WithdrawModal
from kapjournal.tui.navigation.routes import AnswersHistoryRoute, MeasureChartRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswersScreen(JournalScreen):
    """Shows the total as far as this member is shown it, and every answer."""

    NAME = "answers"
    CSS_PATH = "answers.tcss"
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the answers to one measure: the total, unless something was left out, and each answer in "
        "the words it was given to. Who can read them stands above. Arrow keys and Page Up/Down scroll.\n\n"
        "What you wrote down you can change with {edit-answers} and delete with {delete-answers}; "
        "{share-answers} lets somebody of the clinic read it, {withdraw-answers} stops that. The other "
        "partner never can read it. {answers-history} shows the earlier versions, which stay yours alone.\n\n"
        "{chart} shows the course of this measure over time. A total says little by itself: talk about it."
    )

    def __init__(self, journal: "Journal", answers: AnsweredMeasure) -> None:
        super().__init__(journal)
        self._answers: AnsweredMeasure | None = answers
        self._is_going = False

    def compose(self) -> ComposeResult:
        """The header, whom to call if that is due, the score and the answers."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield Static("", markup=False, id="crisis")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the answers as they were given."""
        if self._answers is not None:
            self._show(self._answers)

    def on_unmount(self) -> None:
        """Forget the answers."""
        self._answers = None

    def on_screen_resume(self) -> None:
        """Read them again: their page may have changed them."""
        if (found := self._answers) is not None and not self._is_going:
            journal = self._journal
            background.run(self, lambda: journal.measures.get(found.id), self._show, self.say_error)

    def _show(self, found: AnsweredMeasure) -> None:
        self._answers = found
        self.query_one(NoteHeader).show(answers_heading(self._journal, found))
        crisis, lines = self.query_one("#crisis", Static), saying.crisis_lines(self._journal, found)
        crisis.update(lines)
        crisis.display = bool(lines)
        self.query_one(RenderedText).show_blocks(answers_page(self._journal, found))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing more once they are being deleted."""
        return False if self._is_going else super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Answers are changed and shared by who wrote them down alone."""
        if self._answers is None:
            return ""
        if action == "chart" and content.known(self._answers.text.measure) is None:
            return saying.UNKNOWN
        return answering.why_not(self._journal, action, self._answers)

    def action_share(self) -> None:
        """Ask who may read them."""
        if self._answers is not None:
            self.app.push_screen(ShareAnswersModal(self._journal, self._answers), self._say_done)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        journal, found = self._journal, self._answers
        if found is not None:
            heading, withdraw = "Stop sharing these answers", journal.measures.withdraw
            modal = WithdrawModal(journal, found, withdraw, saying.WITHDRAWN, heading)
            self.app.push_screen(modal, self._say_done)

    def action_edit(self) -> None:
        """Open the page on which they are changed."""
        journal, found = self._journal, self._answers
        if found is not None:
            background.run(
                self,
                lambda: answering.draft_to_change(journal, found),
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_history(self) -> None:
        """Show their versions."""
        if self._answers is not None:
            self.shell.go_to(AnswersHistoryRoute(self._journal, self._answers))

    def action_chart(self) -> None:
        """Show the course of this measure of this person."""
        if (found := self._answers) is not None:
            self.shell.go_to(MeasureChartRoute(self._journal, found.text.of, found.text.measure))

    def action_delete(self) -> None:
        """Ask, then delete them."""
        found = self._answers
        if found is None:
            return
        others = found.readers - {self._journal.me.id}
        who = shown_line(readers_in_words(self._journal, others)) if others else ""
        gone = f"{saying.DELETED} {who} may have read them already." if who else saying.DELETED

        def answered(sure: bool | None) -> None:
            if sure:
                self._delete(found)

        self.app.push_screen(ConfirmModal("Delete these answers?", gone, "Delete"), answered)

    def _delete(self, found: AnsweredMeasure) -> None:
        journal, shell = self._journal, self.shell
        self._is_going = True

        def deleted(_: None) -> None:
            self.leave()
            shell.say(saying.DELETED)

        def failed(sentence: str) -> None:
            self._is_going = False
            self.say_error(sentence)

        background.run(self, lambda: journal.measures.delete(found.id), deleted, failed)
