"""A dialog that marks a page or words for the next session: what, who reads it then, and when."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.presentation import bringing as saying
from kapjournal.presentation import talking
from kapjournal.presentation.sharing import beside_what_a_therapist_reads
from kapjournal.text import excerpt
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    import datetime as dt

    from kapjournal.domain.bringing import Brought
    from kapjournal.domain.notes import Note
    from kapjournal.journal import Journal

SHOWN = 240
"""Characters of a line that are shown, of whatever is marked."""


class BringModal(Dialog[str]):
    """Hands back a sentence when something was marked."""

    CSS_PATH = ["dialog.tcss", "bring.tcss"]  # noqa: RUF012 - Textual's form
    HELP = (
        "Choose what you bring to the next session: the whole page, or one line of it. Below stands what "
        "that means. Enter goes from what is chosen to the button, and Enter there marks it.\n\n"
        "What you mark stands first on the page that is read before the session. A line is given alone: "
        "nothing says which page it is from. {back} marks nothing."
    )

    def __init__(
        self, journal: "Journal", note: "Note | None", lines: Sequence[str], date: "dt.date"
    ) -> None:
        """`note` is the page, where it can be marked whole, `lines` are words of it, `date` its day."""
        super().__init__()
        self._journal = journal
        self._note = note
        self._lines = tuple(lines)
        self._date = date

    def compose(self) -> ComposeResult:
        """What can be marked, what that means, and two buttons."""
        rows = [Option(saying.WHOLE_PAGE)] if self._note else []
        rows += [Option(Content(excerpt(line, SHOWN))) for line in self._lines]
        with VerticalScroll(classes="sheet"):
            yield Static("Bring this to the next session", markup=False, classes="heading")
            yield OptionList(*rows, classes="choices")
            if self._note is None:
                yield Static(saying.FINISH_FIRST, markup=False, classes="aside")
            yield Static("", markup=False, id="consequence")
            yield Static("", markup=False, id="monitored")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Bring it", variant="primary", id="bring")
                yield Button("Not now", id="not-now")
                yield Button(talking.ONLY_ASK, id="talk")

    def on_mount(self) -> None:
        """Begin with the first."""
        said = beside_what_a_therapist_reads(self._journal, self.shell.settings.country)
        self.query_one("#monitored", Static).update("\n".join(said))
        rows = self.query_one(OptionList)
        rows.highlighted = 0
        rows.focus()

    def on_unmount(self) -> None:
        """Forget the words."""
        self._note, self._lines = None, ()

    @property
    def _chosen(self) -> str:
        """The line that is chosen; empty for the whole page."""
        place = self.query_one(OptionList).highlighted or 0
        return self._lines[place - 1 if self._note else place] if place or not self._note else ""

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        page = None if self._chosen else self._note
        said = (saying.what_marking_does(self._journal, page), saying.reads_when(self._journal))
        self.query_one("#consequence", Static).update(" ".join(said))

    @on(OptionList.OptionSelected)
    def _on_to_the_button(self) -> None:
        self.query_one("#bring", Button).focus()

    @on(Button.Pressed, "#talk")
    def _ask_to_talk(self) -> None:
        journal = self._journal
        self.run_once("Asking…", journal.talking.ask, lambda _: self.dismiss(talking.asked(journal)) and None)

    @on(Button.Pressed, "#bring")
    def _bring(self) -> None:
        bringing, note, words = self._journal.bringing, self._note, self._chosen
        if words or note is None:
            work = partial(bringing.words, words, self._date)
        else:
            work = partial(bringing.page, note.id)
        self.run_once("Marking…", work, self._marked)

    def _marked(self, brought: "Brought") -> None:
        self.dismiss(saying.marked(self._journal, brought))
