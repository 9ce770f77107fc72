"""Answers to one measure, over the whole screen."""

from functools import partial
from typing import TYPE_CHECKING

from kapjournal.content import measures as content
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.measure_data import answers_heading, answers_page
from kapjournal.tui.modals.share_answers import ShareAnswersModal
from kapjournal.tui.modals.withdraw import WithdrawModal
from kapjournal.tui.navigation.routes import AnswersHistoryRoute, MeasureChartRoute
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.shown_answers import ShownAnswers
from kapjournal.tui.widgets.note_header import NoteHeading

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswersScreen(ShownAnswers[AnsweredMeasure]):
    """Shows the total as far as this member is shown it, and every answer."""

    NAME = "answers"
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
        super().__init__(journal, answers)

    def again(self, shown: AnsweredMeasure) -> AnsweredMeasure:
        """Read them from the journal: their page may have changed them."""
        return self._journal.measures.get(shown.id)

    def heading(self, shown: AnsweredMeasure) -> NoteHeading:
        """Which measure, of whom, and who can read them."""
        return answers_heading(self._journal, shown)

    def whom_to_call(self, shown: AnsweredMeasure) -> str:
        """Whom to call, where the safety item is at its mark."""
        return saying.crisis_lines(self._journal, shown)

    def page(self, shown: AnsweredMeasure) -> list[Block]:
        """The score as far as the member is shown it, and every answer."""
        return answers_page(self._journal, shown)

    def why_not(self, action: str) -> str:
        """Answers are changed and shared by who wrote them down alone."""
        if self._shown is None:
            return ""
        if action == "chart" and content.known(self._shown.text.measure) is None:
            return saying.UNKNOWN
        return answering.why_not(self._journal, action, self._shown)

    def action_share(self) -> None:
        """Ask who may read them."""
        if self._shown is not None:
            self.app.push_screen(ShareAnswersModal(self._journal, self._shown), self._say_done)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        journal, found = self._journal, self._shown
        if found is not None:
            heading, withdraw = "Stop sharing these answers", journal.measures.withdraw
            modal = WithdrawModal(journal, found, withdraw, saying.WITHDRAWN, heading)
            self.app.push_screen(modal, self._say_done)

    def action_edit(self) -> None:
        """Open the page on which they are changed."""
        journal, found = self._journal, self._shown
        if found is not None:
            background.run(
                self,
                lambda: answering.draft_to_change(journal, found),
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_history(self) -> None:
        """Show their versions."""
        if self._shown is not None:
            self.shell.go_to(AnswersHistoryRoute(self._journal, self._shown))

    def action_chart(self) -> None:
        """Show the course of this measure of this person."""
        if (found := self._shown) is not None:
            self.shell.go_to(MeasureChartRoute(self._journal, found.text.of, found.text.measure))

    def action_delete(self) -> None:
        """Ask, then delete them."""
        found = self._shown
        if found is None:
            return
        others = found.readers - {self._journal.me.id}
        who = shown_line(readers_in_words(self._journal, others)) if others else ""
        gone = f"{saying.DELETED} {who} may have read them already." if who else saying.DELETED
        delete = partial(self._journal.measures.delete, found.id)
        self._ask_to_delete("Delete these answers?", gone, delete, saying.DELETED)
