"""What is attached to a note, a line for each file, between its header and its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from kapjournal.domain.attachments import AttachmentKind
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

_MOST = 6
"""More lines than this would leave too little room for the words."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a line that is safe for a terminal. Whatever shows pictures one day finds them by `kind`."""

    text: str
    kind: AttachmentKind


class FileList(SelfClearingText):
    """One quiet line for each file; not there where there is none."""

    DEFAULT_CSS = """
    FileList { height: auto; padding: 0 0 1 0; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__("")
        self.display = False

    def show(self, lines: Sequence[FileLine]) -> None:
        """Show the files of a note."""
        shown = lines if len(lines) <= _MOST else lines[: _MOST - 1]
        words = [Content(line.text) for line in shown]
        if len(shown) < len(lines):
            words.append(Content(f"and {len(lines) - len(shown)} more files"))
        self.update(Content("\n").join(words))
        self.display = bool(lines)
