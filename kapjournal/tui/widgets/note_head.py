"""What stands above a note's words: title, who and when, and who can read it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.text import shown_line
from kapjournal.tui import words
from kapjournal.tui.widgets.secret import Secret

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NoteHead(Vertical):
    """Three quiet lines; a note without a title has two."""

    DEFAULT_CSS = """
    NoteHead {
        height: auto;
        padding: 0 0 1 0;
        & > #title { text-style: bold; color: $foreground; }
        & > #about { color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Title, circumstances, readers."""
        yield Secret("", id="title")
        yield Secret("", id="about")
        yield Static("", markup=False, id="readers")

    def show(self, journal: "Journal", note: Note, sessions: Iterable[Session]) -> None:
        """Say it for one note."""
        label = "" if note.author == journal.me.id else journal.members.label_of(note.author)
        self._say(journal, note, sessions, label, journal.me.id)

    def show_as(self, journal: "Journal", note: Note, sessions: Iterable[Session], reader: MemberId) -> None:
        """Say it as another reader of one's own note will see it."""
        self._say(journal, note, sessions, journal.me.label, reader)

    def _say(
        self, journal: "Journal", note: Note, sessions: Iterable[Session], label: str, reader: MemberId
    ) -> None:
        symbol, said = words.readers(note.readers, journal.members.all(), reader)
        about = words.about(
            note, shown_line(label), sessions, in_doubt=note.author in journal.members.doubted_authors
        )
        title = self.query_one("#title", Static)
        title.update(shown_line(note.text.title))
        title.display = bool(note.text.title)
        self.query_one("#about", Static).update(about)
        self.query_one("#readers", Static).update(Content.styled(f"{symbol} {said}", words.tone(symbol)))

    def clear(self) -> None:
        """Say nothing."""
        for line in self.query(Static):
            line.update("")
