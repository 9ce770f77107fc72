"""The line on which a stamped row is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from kapjournal.tui.widgets.field import Field


class RowEnded(Message):
    """The row that was typed is as it should be."""


class OtherKind(Message):
    """Another kind of row is wanted, so many `steps` on."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps


class PadEntry(Field):
    """One line; Enter or Escape ends it, Tab changes what kind of line it is. It is in the practice while it
    is typed: ending it loses nothing."""

    DEFAULT_CSS = """
    PadEntry {
        margin: 0 1;
        border-title-color: $text-muted;
        &.-closed { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "close_row", show=False),
        Binding("tab", "kind(1)", show=False),
        Binding("shift+tab", "kind(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="entry", classes="-closed")

    @property
    def is_open(self) -> bool:
        """Whether a row is being typed."""
        return not self.has_class("-closed")

    def open(self, title: str, placeholder: str, words: str = "") -> None:
        """Show it, with the `words` it begins with, for a row that was stamped."""
        with self.prevent(Field.Changed):
            self.value = words
        self.cursor_position = len(words)
        self.remove_class("-closed")
        self.placeholder = placeholder
        self.show_title(title)
        self.focus()

    def show_title(self, title: str) -> None:
        """Say what row it is."""
        self.border_title = Content(title)

    def close(self) -> None:
        """Hide it, and forget the words."""
        self.add_class("-closed")
        with self.prevent(Field.Changed):
            self.value = ""

    def action_close_row(self) -> None:
        """Say that the row is done."""
        self.post_message(RowEnded())

    def action_kind(self, steps: int) -> None:
        """Ask for another kind."""
        self.post_message(OtherKind(steps))
