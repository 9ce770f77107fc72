"""What the two pages on which answers are given have in common: whom to call, from the moment it is due."""

from typing import TYPE_CHECKING

from textual.widgets import Static

from kapjournal.content import measures as content
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import Measure, is_at_safety_mark
from kapjournal.presentation import answering as saying
from kapjournal.presentation.crisis_notice import at_the_mark
from kapjournal.tui.screens.kept_page_of_answers import KeptPageOfAnswers, LastWords

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnsweringScreen(KeptPageOfAnswers[MeasureDraft]):
    """A page of answers on the way. Whom to call stands on it from the moment the safety item is at its mark,
    until the page is left: also if the answer is changed again."""

    def __init__(self, journal: "Journal", draft: MeasureDraft, unsaved: bool = False) -> None:
        super().__init__(journal, journal.measure_drafts, draft, unsaved=unsaved)
        self._measure: Measure = content.measure(draft.measure)
        self._says_whom_to_call = False

    def on_mount(self) -> None:
        """Say whom to call where that is due already."""
        self._look_at_mark()

    @property
    def last_words(self) -> LastWords:
        """What is said when the page is left, or its answers are thrown away."""
        what = saying.THROWING_AWAY_A_CHANGE if self._draft.changes else saying.THROWING_AWAY
        return LastWords(saying.HALF_DONE_KEPT, saying.THROW_AWAY, what, saying.THROWN_AWAY)

    @property
    def has_answers(self) -> bool:
        """Whether any item has an answer."""
        return bool(self._draft.answered)

    def emptied(self) -> MeasureDraft:
        """The draft with no answer."""
        return self._draft.without_answers

    def _put(self, draft: MeasureDraft) -> None:
        """Take up what was chosen: first say whom to call if that is due, then seal it."""
        before, self._draft = self._draft, draft
        self._look_at_mark()
        self._seal(before)

    def _look_at_mark(self) -> None:
        """Show whom to call as soon as the safety item is at its mark."""
        if not self._says_whom_to_call and is_at_safety_mark(self._measure, self._draft.answers):
            self._says_whom_to_call = True
            for lines in self.query(".crisis").results(Static):
                lines.update(
                    at_the_mark(self.shell.settings.country, is_from_paper=self._draft.is_from_paper)
                )
                lines.add_class("-due")
