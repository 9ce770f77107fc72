"""A dialog with one question and two answers."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText


class ConfirmModal(Dialog[bool]):
    """Hands back True if the person is sure; “Keep” has the focus, so that Enter alone changes nothing."""

    AUTO_FOCUS = "#keep"

    def __init__(self, question: str, consequence: str, yes: str, no: str = "Keep", words: str = "") -> None:
        """`words` are what is said yes to, if they stand nowhere else in sight."""
        super().__init__()
        self._words = words
        self._question = question
        self._consequence = consequence
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """The question, its consequence, the two answers."""
        with Vertical(classes="sheet"):
            yield Static(self._question, markup=False, classes="heading")
            if self._words:
                with VerticalScroll(classes="said-yes-to"):
                    yield SelfClearingText(self._words)
            yield Static(self._consequence, markup=False)
            with Horizontal(classes="buttons"):
                yield Button(self._no, variant="primary", id="keep")
                yield Button(self._yes, id="yes")

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
