"""What is attached to a note, a line for each file, between its header and its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kapjournal.domain.attachments import Attachment, Chosen


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a line that is safe for a terminal."""

    text: str
    file: Attachment


class FileList(OptionList):
    """One quiet line for each file, one of which is chosen; not there where there is none."""

    DEFAULT_CSS = """
    FileList {
        height: auto;
        max-height: 6;
        padding: 0;
        margin-bottom: 1;
        border: none;
        background: transparent;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option { padding: 0; }
        &:focus { border: none; background-tint: transparent; }
        &.-alone:blur > .option-list--option-highlighted {
            color: $text-muted;
            background: transparent;
            text-style: none;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._files: list[Attachment] = []

    def show(self, lines: Sequence[FileLine]) -> None:
        """Show the files of a note; the chosen place stays, if it can."""
        files = [line.file for line in lines]
        if files != self._files:
            before, self._files = self.highlighted or 0, files
            self.set_options(Option(Content(line.text)) for line in lines)
            self.highlighted = min(before, len(files) - 1) if files else None
        self.set_class(len(files) == 1, "-alone")
        self.display = bool(files)

    @property
    def chosen(self) -> Chosen | None:
        """The file under the cursor, if there is any."""
        at = self.highlighted
        return None if at is None or at >= len(self._files) else Chosen(at, self._files[at])

    def on_unmount(self) -> None:
        """Forget the names: a widget may live on in memory."""
        self._files = []
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
