"""Finding a note by its words, while one types."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, OptionList, Static

from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.screens.room import JournalRoom
from kapjournal.tui.widgets.bars import TopBar
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList, Row, note_row
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Hit, Journal

PAUSE = 0.12
"""Seconds without a key before the index is asked."""


class SearchScreen(JournalRoom):
    """Searches all one can read, drafts excepted. Nothing of it touches the disk."""

    ROOM = "search"
    CSS_PATH = "search.tcss"
    BINDINGS = actions.bindings(ROOM)
    HELP = (
        "Type the beginning of a word, or several words that all have to be there. Down goes to the notes "
        "that were found, Enter opens one."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._hits: list[Hit] = []
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A field and what it finds."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield Field(placeholder="Search all you can read")
            yield NoteList()
            yield Static("", markup=False, id="empty")
        yield Said()
        yield Footer()

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(NoteList).display = False
        self.query_one(Field).focus()

    @on(Input.Changed)
    def _typing(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        query, journal = self.query_one(Field).value.strip(), self._journal

        def found(hits: "list[Hit]") -> None:
            if query == self.query_one(Field).value.strip():
                self._show(query, hits)

        if query:
            background.run(self, lambda: journal.search(query), found, self.trouble, group="search")
        else:
            self._show("", [])

    def _show(self, query: str, hits: "list[Hit]") -> None:
        self._hits = hits
        listed, empty = self.query_one(NoteList), self.query_one("#empty", Static)
        listed.show([self._row(hit) for hit in hits])
        listed.display = bool(hits)
        if hits:
            listed.highlighted = 0
        empty.update("Nothing you can read has these words." if query and not hits else "")
        empty.display = not hits
        self.say("")

    def _row(self, hit: "Hit") -> Row:
        return note_row(self._journal, hit.note, _marked(hit.title) or None, lambda: _marked(hit.excerpt))

    @on(Input.Submitted)
    def _to_the_notes(self) -> None:
        if self._hits:
            self.query_one(NoteList).focus()

    def key_down(self) -> None:
        """From the field to what was found."""
        if self.focused is self.query_one(Field):
            self._to_the_notes()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        from kapjournal.tui.screens.reader import ReaderScreen  # noqa: PLC0415

        chosen = self.query_one(NoteList).chosen
        hit = next((hit for hit in self._hits if hit.note.id == chosen), None)
        if hit is not None:
            self.app.push_screen(ReaderScreen(self._journal, hit.note))


def _marked(runs: tuple[tuple[str, bool], ...]) -> Content:
    return Content.assemble(*((shown_line(text), "bold $warning" if match else "") for text, match in runs))
