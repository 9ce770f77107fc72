"""What stands above a note's words: title, who and when, and who can read it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.text import shown_line
from kapjournal.tui import words

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class NoteHead(Vertical):
    """Three quiet lines."""

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
        yield Static("", markup=False, id="title")
        yield Static("", markup=False, id="about")
        yield Static("", markup=False, id="readers")

    def show(self, journal: "Journal", note: Note, sessions: Iterable[Session]) -> None:
        """Say it for one note."""
        me = journal.me.id
        symbol, said = words.readers(note.readers, journal.members, me)
        label = "" if note.author == me else shown_line(journal.label_of(note.author))
        about = words.about(note, label, sessions, in_doubt=note.author in journal.in_doubt)
        self.query_one("#title", Static).update(words.title(note.text))
        self.query_one("#about", Static).update(about)
        self.query_one("#readers", Static).update(Content.styled(f"{symbol} {said}", words.tone(symbol)))

    def clear(self) -> None:
        """Say nothing."""
        for line in self.query(Static):
            line.update("")
