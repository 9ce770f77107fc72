"""A dialog that stops sharing a note, a report or answers with some of the readers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note
from kapjournal.presentation import sentences
from kapjournal.presentation.people import named, readers_in_words
from kapjournal.text import shown_line
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class HasReaders(Protocol):
    """What the member wrote, and who reads it."""

    @property
    def id(self) -> str:
        """What it is found by."""

    @property
    def readers(self) -> frozenset[MemberId]:
        """The member and whom they shared it with."""


class WithdrawModal(Dialog[str]):
    """Hands back a sentence when the sharing has stopped."""

    def __init__(
        self,
        journal: "Journal",
        shared: HasReaders,
        withdraw: Callable[[str, str], HasReaders],
        consequence: str,
        heading: str = "Stop sharing this",
        title: str = "",
    ) -> None:
        """`withdraw` is given the id and labels; `consequence` says what stopping does."""
        super().__init__()
        self._journal = journal
        self._shared_id = shared.id
        self._withdraw = withdraw
        self._consequence = consequence
        self._heading = heading
        self._title = title
        others = shared.readers - {journal.me.id}
        self._readers = [one for one in journal.members.all() if one.id in others]

    def compose(self) -> ComposeResult:
        """Readers to tick, and what stopping does."""
        with Vertical(classes="sheet"):
            yield Static(self._heading, markup=False, classes="heading")
            if self._title:
                yield Static(f"“{self._title}”", markup=False)
            rows = ((Content(shown_line(m.label)), m.label, len(self._readers) == 1) for m in self._readers)
            yield Checklist(*rows, classes="gap" if self._title else "")
            yield Static(self._consequence, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Stop sharing", variant="primary", id="stop")
                yield Button("Not now", id="leave")

    @on(Button.Pressed, "#stop")
    def _stop(self) -> None:
        withdraw, shared_id = self._withdraw, self._shared_id
        labels = ", ".join(self.query_one(Checklist).selected)
        if not labels:
            self.say_error("Tick who should no longer read it.")
            return
        self.run_once("Stopping the sharing…", lambda: withdraw(shared_id, labels), self._stopped)

    def _stopped(self, shared: HasReaders) -> None:
        self.dismiss(self.outcome(shared.readers))

    def outcome(self, readers: frozenset[MemberId]) -> str:
        """That it has stopped, and who still reads it."""
        who = shown_line(named(self._journal, readers))
        return f"Stopped sharing. {self._consequence} Now: {who}."


class WithdrawNoteModal(WithdrawModal):
    """The same of a note, which is named; of its readers all together are “all of you”."""

    def __init__(self, journal: "Journal", note: Note) -> None:
        withdraw, title = journal.notes.withdraw, note.text.name
        super().__init__(journal, note, withdraw, sentences.WITHDRAWING, title=title)

    def outcome(self, readers: frozenset[MemberId]) -> str:
        """That it has stopped, and who still reads it."""
        return f"{sentences.WITHDRAWN} Now: {shown_line(readers_in_words(self._journal, readers))}."
