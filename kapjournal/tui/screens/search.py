"""The search: finds notes by their words while the query is typed."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, OptionList, Select, Static

from kapjournal.domain.filters import FilterOptions, filter_options
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.errors import SearchDropped
from kapjournal.presentation.progress import in_quarters
from kapjournal.presentation.search import (
    MADE_READY,
    NOTHING_FITS,
    NOTHING_HAS_IT,
    FoundNote,
    find,
    how_much,
)
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ReaderRoute
from kapjournal.tui.note_data import note_heading, note_row
from kapjournal.tui.rendering.found import excerpt_line, marked_line
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.filters import Filters
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.note_pane import NotePane
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Query = tuple[str, dict[str, Any]]

WIDE = 120
"""From so many columns on the chosen note stands beside the list."""

PAUSE = 0.12
"""Seconds without a key before the index is asked."""


class SearchScreen(JournalScreen):
    """Searches all notes the member can read; drafts are left out. Nothing of it touches the disk."""

    NAME = "search"
    CSS_PATH = "search.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Type the beginning of a word, or several words that all have to be there. Down goes to the notes "
        "that were found, Enter opens one where the words are. Those that fit your words best come first.\n\n"
        "Tab goes to the choices under the field: whose, which session, which kind, which tag; Enter opens "
        "one. With a choice and no word, all its notes are shown. {back} first clears, then goes back."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._hits: list[FoundNote] = []
        self._sessions: list[Session] = []
        self._timer: Timer | None = None
        self._found: Query = ("", {})
        """What was asked for when the list was filled last."""
        self._asked = 0
        """How often something was typed or chosen: a search for what was asked for before is given up."""

    def compose(self) -> ComposeResult:
        """The field, the filters and the notes that were found."""
        yield TopBar(self._journal.me.label)
        with Horizontal(id="panes"):
            with Vertical(id="pane"):
                yield Field(placeholder="Search all you can read")
                yield Filters()
                yield Static("", markup=False, id="how-much")
                yield NoteList()
                yield Static("", markup=False, id="empty")
            yield NotePane(id="right")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the field."""
        self.query_one(NoteList).display = self.query_one(NotePane).display = False
        self.query_one("#how-much").display = False
        self.query_one(NotePane).border_title = "The note"
        self.query_one(Field).focus()

    def on_unmount(self) -> None:
        """Forget what was found."""
        self._hits, self._found = [], ("", {})
        self._asked += 1

    def on_screen_resume(self) -> None:
        """Offer what there is to choose from, also after a note was changed."""
        journal = self._journal

        def given() -> tuple[FilterOptions, list[Session]]:
            sessions = journal.sessions.all()
            return filter_options(journal.notes.all(), journal.members.all(), sessions), sessions

        background.run(self, given, self._offer, self.say_error, group="choices")

    def _offer(self, given: tuple[FilterOptions, list[Session]]) -> None:
        options, self._sessions = given
        self.query_one(Filters).offer(options)
        self._search()

    @on(Input.Changed)
    @on(Select.Changed)
    def _typing(self) -> None:
        self._asked += 1
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    @property
    def _wanted(self) -> Query:
        return self.query_one(Field).value.strip(), self.query_one(Filters).chosen

    def _search(self) -> None:
        wanted, journal, asked = self._wanted, self._journal, self._asked
        follow = in_quarters(lambda sentence: self.call_later(self._say_made_ready, asked, sentence))

        def work() -> list[FoundNote] | None:
            with suppress(SearchDropped):
                return find(journal, *wanted, lambda: self._asked != asked, follow)
            return None

        def found(hits: list[FoundNote] | None) -> None:
            self.query_one(StatusLine).let_go()
            if hits is not None and wanted == self._wanted:
                before, self._found = self._found, wanted
                self._show(hits, *wanted, is_other=wanted != before)

        background.run(self, work, found, self.say_error, group="search")

    def _say_made_ready(self, asked: int, sentence: str) -> None:
        if self._asked == asked:
            self.query_one(StatusLine).say(f"{MADE_READY} {sentence}", stays=True)

    def _show(self, hits: list[FoundNote], query: str, filters: dict[str, Any], *, is_other: bool) -> None:
        self._hits = hits
        listed, empty = self.query_one(NoteList), self.query_one("#empty", Static)
        listed.show((hit[0].id, partial(self._row, hit)) for hit in hits)
        listed.display = bool(hits)
        if hits and is_other:
            listed.highlighted = 0
        nothing = NOTHING_HAS_IT if query else ""
        empty.update(NOTHING_FITS if filters else nothing)
        empty.display = not hits
        counted = self.query_one("#how-much", Static)
        counted.update(how_much([hit for _, hit in hits]) if hits else "")
        counted.display = bool(hits)
        self._show_note()

    @property
    def _chosen(self) -> Note | None:
        chosen = self.query_one(NoteList).chosen
        return next((note for note, _ in self._hits if note.id == chosen), None)

    def on_resize(self) -> None:
        """Show the chosen note beside the list, once there is room for it."""
        self._show_note()

    @on(OptionList.OptionHighlighted, "NoteList")
    def _show_note(self) -> None:
        pane, note = self.query_one(NotePane), self._chosen
        pane.display = note is not None and self.app.size.width >= WIDE
        if note is not None and pane.display:
            pane.show(note_heading(self._journal, note, self._sessions), note.words, self._found[0])
            self._journal.notes.looked_at(note)
        else:
            pane.clear()

    def action_back(self) -> None:
        """Clear what was asked for; with nothing asked, go back."""
        if not any(self._wanted):
            super().action_back()
            return
        self.query_one(Field).value = ""
        self.query_one(Filters).clear()
        self.query_one(Field).focus()

    def _row(self, found: FoundNote) -> NoteRow:
        note, hit = found
        if hit is None:
            return note_row(self._journal, note)
        return note_row(self._journal, note, marked_line(hit.title), excerpt_line(hit.excerpt))

    @on(Input.Submitted)
    def _to_the_notes(self) -> None:
        if self._hits:
            self.query_one(NoteList).focus()

    def key_down(self) -> None:
        """Go from the field to what was found."""
        if self.focused is self.query_one(Field):
            self._to_the_notes()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if (note := self._chosen) is not None:
            among = [hit[0].id for hit in self._hits]
            self.shell.go_to(ReaderRoute(self._journal, note, among, self._found[0]))
