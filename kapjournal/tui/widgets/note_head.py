"""What stands above a note's words: title, who and when, and who can read it."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.tui import words


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

    def show(self, note: Note, label: str, sessions: Iterable[Session], readers: tuple[str, str]) -> None:
        """Say it for one note; `label` is its author's unless that is oneself."""
        symbol, said = readers
        self.query_one("#title", Static).update(words.title(note.text))
        self.query_one("#about", Static).update(words.about(note, label, sessions))
        self.query_one("#readers", Static).update(Content.styled(f"{symbol} {said}", words.tone(symbol)))

    def clear(self) -> None:
        """Say nothing."""
        for line in self.query(Static):
            line.update("")
