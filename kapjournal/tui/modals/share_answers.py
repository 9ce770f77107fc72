"""A dialog that lets more members read answers to a measure: never the other partner."""

from typing import TYPE_CHECKING

from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.presentation import answering
from kapjournal.tui.modals.add_readers import AddReadersModal

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ShareAnswersModal(AddReadersModal):
    """Hands back a sentence when the answers have been shared."""

    HEADING = "Let somebody read these answers"
    NEVER = " The other partner never can."
    CONSEQUENCE = answering.SHARING

    def __init__(self, journal: "Journal", answers: AnsweredMeasure) -> None:
        super().__init__(journal, answers.readers, answering.could_also_read(journal, answers))
        self._answers_id = answers.id

    def share(self, labels: str) -> None:
        """Share them."""
        measures, answers_id = self._journal.measures, self._answers_id
        self.run_once("Sharing…", lambda: measures.share(answers_id, labels), self._shared)

    def _shared(self, found: AnsweredMeasure) -> None:
        stops = self.shell.with_keys("{withdraw-answers} stops that.")
        self.dismiss(f"{self.in_words(found.readers)} can read these answers now. {stops}")
