"""A therapist's safety marks: the open ones first, and those that a contact line closed."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from kapjournal.domain.answered_measures import SafetyMark
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import days
from kapjournal.text import shown, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.measure_data import mark_row
from kapjournal.tui.modals.contact import ContactModal
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class MarksScreen(JournalScreen):
    """Lists them. A mark goes with a contact line alone, and what was noted stays."""

    NAME = "marks"
    CSS_PATH = "unsigned.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "A safety mark says that item 9 of a PHQ-9 that you can read was answered with 1 or more, whatever "
        "the total. It is yours alone: no partner sees it, and neither do colleagues. The person who "
        "answered was shown whom to call at once.\n\n"
        "Enter or {contact} writes when and how you were in contact and what came of it. That closes the "
        "mark; nothing else does, and what was noted stays, also when the answers are withdrawn.\n\n"
        "It came when this program first met the answer, which may be long after it was given: nobody is "
        "alerted meanwhile."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._marks: dict[str, SafetyMark] = {}
        self._words: dict[str, str] = {}
        """All that is said of each mark."""

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield NoteList()
            yield Static(saying.NO_MARKS, markup=False, id="empty")
            yield SelfClearingText("", id="chosen")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "Safety marks"
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the marks."""
        self._marks, self._words = {}, {}

    def on_screen_resume(self) -> None:
        """Read them, again after a line was written."""
        journal = self._journal

        def read() -> tuple[list[SafetyMark], dict[str, str]]:
            marks = journal.measures.marks()
            return marks, {one.id: _in_full(journal, one) for one in marks}

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    def _show(self, marks: list[SafetyMark], words: dict[str, str]) -> None:
        self._marks, self._words = {one.id: one for one in marks}, words
        listed = self.query_one(NoteList)
        listed.show(((one.id, partial(mark_row, self._journal, one)) for one in marks), newest_first=True)
        listed.display, self.query_one("#empty").display = bool(marks), not marks
        self._moved()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Show under the list all that was noted of the chosen one."""
        words = self._words.get(self.query_one(NoteList).chosen or "", "")
        self.query_one("#chosen", SelfClearingText).update(words)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """A line is written into a mark."""
        return saying.NO_MARKS if action == "contact" and not self._marks else ""

    @on(OptionList.OptionSelected)
    def action_contact(self) -> None:
        """Ask what came of it."""
        mark = self._marks.get(self.query_one(NoteList).chosen or "")
        if mark is not None:
            self.app.push_screen(ContactModal(self._journal, mark), self._say_done)


def _in_full(journal: "Journal", mark: SafetyMark) -> str:
    lines = [saying.mark_in_words(journal, mark)]
    for one in mark.contacts:
        when, outcome = f"{days.at(one.when)} · {shown_line(one.how)}", shown(one.outcome)
        lines += [f"Contact: {when}", *(f"  {line}" for line in outcome.split("\n"))]
    return "\n".join(lines)
