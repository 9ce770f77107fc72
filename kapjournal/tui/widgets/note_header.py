"""What stands above a note's words: title, who and when, and who can read it."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kapjournal.tui.widgets.self_clearing_text import SelfClearingText


@dataclass(frozen=True, slots=True)
class NoteHeading:
    """The texts of a header; each is safe for a terminal already."""

    title: str
    """Empty for a note without one."""
    about: str
    readers: Content


class NoteHeader(Vertical):
    """Three quiet lines; a note without a title has two."""

    DEFAULT_CSS = """
    NoteHeader {
        height: auto;
        padding: 0 0 1 0;
        & > #title { text-style: bold; color: $foreground; }
        & > #about { color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Three lines: title, circumstances, readers."""
        yield SelfClearingText("", id="title")
        yield SelfClearingText("", id="about")
        yield Static("", markup=False, id="readers")

    def show(self, heading: NoteHeading) -> None:
        """Show the heading of a note."""
        title = self.query_one("#title", Static)
        title.update(heading.title)
        title.display = bool(heading.title)
        self.query_one("#about", Static).update(heading.about)
        self.query_one("#readers", Static).update(heading.readers)

    def clear(self) -> None:
        """Empty every line."""
        for line in self.query(Static):
            line.update("")
