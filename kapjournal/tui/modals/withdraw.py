"""A dialog that stops sharing a note with some of its readers."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.notes import Note
from kapjournal.presentation import sentences
from kapjournal.text import shown_line
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class WithdrawModal(Dialog[str]):
    """Hands back a sentence when the sharing has stopped."""

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__()
        self._journal = journal
        self._note = note
        self._readers = [m for m in journal.members.all() if m.id in note.readers and m.id != journal.me.id]

    def compose(self) -> ComposeResult:
        """Readers to tick, and what stopping does."""
        with Vertical(classes="sheet"):
            yield Static("Stop sharing this", markup=False, classes="heading")
            yield Static(f"“{self._note.text.name}”", markup=False)
            yield Checklist(
                *((Content(shown_line(m.label)), m.label, len(self._readers) == 1) for m in self._readers),
                classes="gap",
            )
            yield Static(sentences.WITHDRAWING, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Stop sharing", variant="primary", id="stop")
                yield Button("Leave it", id="leave")

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#stop")
    def _stop(self) -> None:
        journal, note_id = self._journal, self._note.id
        labels = self.query_one(Checklist).selected
        if not labels:
            self.say_error("Tick who should no longer read it.")
            return
        self.run_once(
            "Stopping the sharing…", lambda: journal.notes.withdraw(note_id, ", ".join(labels)), self._stopped
        )

    def _stopped(self, note: Note) -> None:
        _, said = readers_line.symbol_and_words(
            note.readers, self._journal.members.all(), self._journal.me.id
        )
        self.dismiss(f"{sentences.WITHDRAWN} Now: {said}.")
