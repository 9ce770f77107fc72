"""What the two pages on which answers are given have in common: whom to call, from the moment it is due."""

from typing import TYPE_CHECKING

from kapjournal.content import measures as content
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import Measure
from kapjournal.presentation import answering as saying
from kapjournal.presentation.crisis_notice import whom_to_call
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
        draft = self._draft
        said = whom_to_call(self._measure, draft.answers, is_from_paper=draft.is_from_paper)
        if said and not self._says_whom_to_call:
            self._says_whom_to_call = True
            self._show_whom_to_call(said)
