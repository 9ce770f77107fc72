"""A dialog for a member's own prompts of one kind of note, a line each."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kapjournal.domain.notes import NoteKind
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.presentation import prompts as saying
from kapjournal.tui import actions
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class OwnPromptsModal(Dialog[OwnPrompts]):
    """Hands back the prompts once they are in the journal."""

    NAME = "details"
    HELP = (
        "Here you write prompts of your own, a line for each. They stand after ours above every page of this "
        "kind, and only you see them.\n\n"
        "{use-details} keeps them and goes back to the page, {back} leaves them as they were."
    )
    BINDINGS = actions.bindings(NAME)
    DEFAULT_CSS = "OwnPromptsModal WritingArea { height: 8; margin: 1 0; padding: 0; }"

    def __init__(self, journal: "Journal", kind: NoteKind, prompts: OwnPrompts) -> None:
        super().__init__()
        self._journal = journal
        self._kind = kind
        self._lines = prompts.of(kind)

    def compose(self) -> ComposeResult:
        """One area, a line for each prompt."""
        with Vertical(classes="sheet"):
            yield Static(saying.HEADING.format(kind=self._kind.value), markup=False, classes="heading")
            yield Static(saying.ABOUT, markup=False)
            yield WritingArea("\n".join(self._lines), placeholder="A line for each prompt")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Use these", variant="primary", id="use")
                yield Button("Back", id="back")

    def on_mount(self) -> None:
        """Begin with the lines."""
        self.query_one(WritingArea).focus()

    @on(Button.Pressed, "#use")
    def action_use(self) -> None:
        """Keep the lines."""
        lines, journal, kind = self.query_one(WritingArea).body.split("\n"), self._journal, self._kind
        self.run_once("Sealing them…", lambda: journal.own_prompts.put(kind, lines), self._done)

    def _done(self, prompts: OwnPrompts) -> None:
        self.dismiss(prompts)
