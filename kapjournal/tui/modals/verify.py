"""A dialog that compares 60 digits with another member, to be sure that their keys are theirs."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.members import Member
from kapjournal.presentation import sentences
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_WIDE = 56
"""From this many cells on, four of the twelve groups stand beside each other; on less, three."""


class VerifyModal(Dialog[str]):
    """Hands back a sentence when the digits were the same; an Enter out of habit confirms nothing."""

    CSS_PATH = ["dialog.tcss", "verify.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", member: Member) -> None:
        super().__init__()
        self._journal = journal
        self._label = member.label
        self._is_keeper = member.is_keeper

    def compose(self) -> ComposeResult:
        """The digits, how to compare them, and the two answers."""
        name = shown_line(self._label)
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(f"Is this {name}?", markup=False, classes="heading")
            yield Static(sentences.comparing(name), markup=False, id="how")
            yield Static("", markup=False, id="digits")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Not now", variant="primary", id="close")
                yield Button("It is the same", id="same", disabled=True)
                yield Button("It is not the same", id="different")

    def on_mount(self) -> None:
        """Read the digits from the journal."""
        journal, label = self._journal, self._label
        self.query_one("#close").focus()
        background.run(self, lambda: journal.members.comparison_number(label), self._show, self.say_error)

    def _show(self, number: str) -> None:
        groups, columns = number.split(), 4 if self.app.size.width >= _WIDE else 3
        rows = (groups[at : at + columns] for at in range(0, len(groups), columns))
        self.query_one("#digits", Static).update("\n\n".join("   ".join(row) for row in rows))
        self.query_one("#same").disabled = False

    @on(Button.Pressed, "#same")
    def _same(self) -> None:
        journal, label = self._journal, self._label
        self.run_once("Writing it down…", lambda: journal.members.mark_verified(label), self._marked)

    def _marked(self, _: None) -> None:
        self.dismiss(sentences.compared(self._label))

    @on(Button.Pressed, "#different")
    def _different(self) -> None:
        of_keeper = self._is_keeper
        said = sentences.not_the_same(self._label, to_keeper=self._journal.me.is_keeper, of_keeper=of_keeper)
        self.query_one("#how", Static).update(said)
        self.query_one("#digits").display = False
        self.query_one("#same").display = self.query_one("#different").display = False
        close = self.query_one("#close", Button)
        close.label = "Close"
        close.focus()

    @on(Button.Pressed, "#close")
    def _close(self) -> None:
        self.dismiss(None)
