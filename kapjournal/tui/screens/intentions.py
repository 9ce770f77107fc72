"""The thread of intentions: each in its author's own words, from the first to the last."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.presentation import days
from kapjournal.presentation import intentions as saying
from kapjournal.presentation.intentions import Threads
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ReaderRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.spaced_option_list import SpacedOptionList
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.notes import Note


class IntentionsScreen(JournalScreen):
    """Lists them, the member's own first; Enter opens the note one is from."""

    NAME = "intentions"
    CSS_PATH = "intentions.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the intentions, in the order of their days: of each note of that kind the first line, "
        "word for word. Your own stand first, and below them those that others shared with you. Enter opens "
        "the note.\n\nAbove each page stands the last intention before its day; at the closing session the "
        "first one stands beside the last."
    )

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield SpacedOptionList(markup=False)
            yield Static(saying.NONE_YET, markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "Intentions"
        self.query_one("#empty").display = False
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Read them, again after a note was open."""
        background.run(self, partial(saying.read_threads, self._journal), self._show, self.say_error)

    def _show(self, threads: Threads) -> None:
        listed = self.query_one(SpacedOptionList)
        chosen = listed.highlighted
        rows = []
        for author, some in threads.of.items():
            by = "" if author == threads.me else f" · {shown_line(threads.names[author])}"
            for one in some:
                head = f"{days.short(one.date, year=True)}{by}"
                words = f"“{shown_line(one.line)}”"
                rows.append(Option(Content.assemble((head, "$text-muted"), "\n", words), id=one.note))
        listed.show(rows)
        listed.display, self.query_one("#empty").display = bool(rows), not rows
        if rows:
            listed.highlighted = min(chosen or 0, len(rows) - 1)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        journal, note_id = self._journal, event.option.id or ""
        among = [option.id or "" for option in self.query_one(OptionList).options]

        def opened(note: "Note") -> None:
            self.shell.go_to(ReaderRoute(journal, note, among))

        background.run(self, lambda: journal.notes.get(note_id), opened, self.say_error)
