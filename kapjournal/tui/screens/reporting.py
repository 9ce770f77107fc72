"""What a check-in and an after-effects card on the way have in common."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Horizontal

from kapjournal.domain.self_reports import SelfReportDraft
from kapjournal.presentation import self_reports as saying
from kapjournal.tui.screens.kept_page_of_answers import KeptPageOfAnswers, LastWords

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ReportingScreen(KeptPageOfAnswers[SelfReportDraft]):
    """A page on which a partner says how they are."""

    CSS_PATH = "reporting.tcss"

    def __init__(self, journal: "Journal", draft: SelfReportDraft, unsaved: bool = False) -> None:
        super().__init__(journal, journal.self_report_drafts, draft, unsaved=unsaved)

    def foot(self) -> ComposeResult:
        """What ends it, always in sight."""
        with Center(classes="fixed"), Horizontal(classes="buttons"):
            yield from self.buttons()

    def buttons(self) -> ComposeResult:
        """What ends it."""
        raise NotImplementedError

    @property
    def last_words(self) -> LastWords:
        """What is said when the page is left, or thrown away."""
        return LastWords(saying.HALF_DONE_KEPT, saying.THROW_AWAY, saying.THROWING_AWAY, saying.THROWN_AWAY)

    @property
    def has_answers(self) -> bool:
        """Whether anything is said yet."""
        return not self._draft.said.is_empty

    def emptied(self) -> SelfReportDraft:
        """The draft with nothing said."""
        return self._draft.emptied
