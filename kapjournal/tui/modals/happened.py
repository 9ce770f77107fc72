"""A dialog that asks, once, what came of something that was agreed in supervision."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain.supervision_reply import Act
from kapjournal.presentation import supervision_brief as saying
from kapjournal.text import MAX_LINE
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class HappenedModal(FieldsDialog[str]):
    """Hands back a sentence, once it is kept."""

    HEADING = saying.WHAT_HAPPENED
    WHAT = saying.ONCE
    DO = "Keep it"

    def __init__(self, journal: "Journal", act: Act) -> None:
        super().__init__(journal)
        self._act = act

    def fields(self) -> ComposeResult:
        """What was agreed, and a line for what came of it."""
        yield Static(saying.in_a_line(self._act), markup=False)
        yield Field(
            placeholder="what came of it, in one line",
            max_length=MAX_LINE,
            missing="Type what came of it, if only that it was not done.",
            id="words",
        )

    def filled_in(self) -> None:
        """Keep it with the reply."""
        journal, act, words = self._journal, self._act, self.query_one("#words", Field).value
        self.run_once(
            "Sealing it…",
            lambda: journal.write_ups.happened(act.id, words),
            lambda _: self.dismiss(saying.KEPT) and None,
        )
