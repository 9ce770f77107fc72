"""The dialog of pages that the partners of a couple withdrew or deleted: their days, and whether they were
kept."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kapjournal.domain.kept import GoneNote
from kapjournal.presentation import kept as saying
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine


class WithdrawnModal(Dialog[None]):
    """Shows no word of a page that was not kept."""

    def __init__(self, couple: str, gone: Sequence[GoneNote]) -> None:
        super().__init__()
        self._couple = couple
        self._gone = gone

    def compose(self) -> ComposeResult:
        """A line for each page."""
        with VerticalScroll(classes="sheet"):
            yield Static(f"Withdrawn: {self._couple}", markup=False, classes="heading")
            yield Static(saying.WITHDRAWN_OR_DELETED, markup=False, classes="aside")
            lines = [saying.gone_in_a_line(one) for one in self._gone]
            yield Static("\n".join(lines) or saying.NOTHING_WITHDRAWN, markup=False)
            yield StatusLine()
            yield Static("Esc closes this.", markup=False, classes="aside")

    def on_unmount(self) -> None:
        """Forget what was kept."""
        self._couple, self._gone = "", ()

    def key_enter(self, event: events.Key) -> None:
        """Close the dialog: there is nothing to choose."""
        self.close_with(event)
