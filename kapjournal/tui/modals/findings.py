"""The dialog of findings and, where something is missing, what can be done about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.presentation import copies
from kapjournal.text import shown
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class FindingsAnswer:
    """What the person chose: to bring in another copy, or what was `said` of something done already."""

    said: str = ""
    bring_in: bool = False


class FindingsModal(Dialog[FindingsAnswer]):
    """Hands back what to do next; None if the person only read."""

    def __init__(self, journal: "Journal", sentences: Sequence[str], something_is_missing: bool) -> None:
        super().__init__()
        self._journal = journal
        self._sentences = sentences
        self._something_is_missing = something_is_missing

    def compose(self) -> ComposeResult:
        """The sentences; the buttons stand under them only where something is missing."""
        with VerticalScroll(classes="sheet", can_focus=not self._something_is_missing):
            yield Static("What is not as its author left it", markup=False, classes="heading")
            yield Static(shown("\n\n".join(self._sentences)), markup=False)
            if self._something_is_missing:
                yield Static(copies.MAY_COME_BACK, markup=False, classes="aside")
            yield StatusLine()
            if self._something_is_missing:
                with Horizontal(classes="buttons"):
                    yield Button("Bring in another copy", variant="primary", id="bring-in")
                    yield Button("Miss nothing of this any more", id="let-go")
            yield Static("Esc closes this.", markup=False, classes="aside")

    @on(Button.Pressed, "#bring-in")
    def _bring_in(self) -> None:
        self.dismiss(FindingsAnswer(bring_in=True))

    @on(Button.Pressed, "#let-go")
    def _ask(self) -> None:
        question = ConfirmModal(
            "Miss nothing of this any more?", copies.LETTING_GO, "Miss nothing", "Not now"
        )
        self.app.push_screen(question, self._let_go)

    def _let_go(self, sure: bool | None) -> None:
        if sure:
            self.run_once("Writing it down…", self._journal.let_go, self._has_let_go)

    def _has_let_go(self, something_was_missing: bool) -> None:
        said = copies.LET_GO if something_was_missing else copies.NOTHING_MISSING
        self.dismiss(FindingsAnswer(said))

    def key_enter(self, event: events.Key) -> None:
        """Close the dialog where there is nothing to choose."""
        if not self._something_is_missing:
            self.close_with(event)
