"""The dialogs of a review: other words, a reason to keep, more to mark."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain.deciding import ONLY_A_LINE, REASON_NEEDED
from kapjournal.domain.review import Review
from kapjournal.presentation import write_up_walk as saying
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Decide = Callable[[str], Review]
"""What is done with the words, in a thread."""


class _WordsModal(FieldsDialog[Review]):
    """Asks for one line, and hands back the review once that is decided."""

    MISSING: str

    def __init__(self, journal: "Journal", about: str, decide: Decide, words: str = "") -> None:
        super().__init__(journal)
        self._about = about
        self._decide = decide
        self._words = words

    def fields(self) -> ComposeResult:
        """What it is about, and the line."""
        if self._about:
            yield Static(f"“{shown_line(self._about)}”", markup=False)
        yield Field(self._words, max_length=MAX_LINE, select_on_focus=True, missing=self.MISSING, id="words")

    def filled_in(self) -> None:
        """Decide it, or say why that cannot be."""
        words, decide = self.query_one("#words", Field).value, self._decide
        self.run_once(saying.SEALING, lambda: decide(words), lambda review: self.dismiss(review) and None)


class ChangeModal(_WordsModal):
    """Other words in the place of what was found."""

    HEADING = "Change"
    WHAT = saying.CHANGE_WHAT
    DO = "Put them there"
    MISSING = ONLY_A_LINE


class KeepModal(_WordsModal):
    """A reason to let something stay."""

    HEADING = "Keep it in the text"
    WHAT = saying.KEEP_WHAT
    DO = "Keep it"
    MISSING = REASON_NEEDED


class MarkModal(_WordsModal):
    """More words that tell somebody."""

    HEADING = "Mark more"
    WHAT = saying.MARK_WHAT
    DO = "Mark them"
    MISSING = "Type words as they stand in the text."
