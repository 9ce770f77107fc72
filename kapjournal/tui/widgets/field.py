"""A one-line field that shows and takes nothing a terminal could act on."""

from contextlib import suppress

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ScreenStackError
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from kapjournal.text import BOM, shown_line, without_controls
from kapjournal.tui import graphemes


class ControlsMasked(Highlighter):
    """Draws marks in the place of characters that would steer the terminal; the value stays as it is."""

    def highlight(self, text: Text) -> None:
        """Replace control characters in what is drawn, one for one."""
        text.plain = shown_line(text.plain)


class ControlsDropped(Message):
    """A paste held control characters; `count` of them were left out."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    @property
    def sentence(self) -> str:
        """The sentence that tells the person."""
        what = "One control character was" if self.count == 1 else f"{self.count:,} control characters were"
        return f"{what} left out of what you pasted."


class Field(Input):
    """An `Input` for titles, labels, words and passphrases."""

    DEFAULT_CSS = """
    Field {
        height: 3;
        border: round $border-blurred;
        background: transparent;
        padding: 0 1;
        &:focus { border: round $border; background-tint: transparent; }
        &:disabled { text-opacity: 50%; }
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        max_length: int = 0,
        select_on_focus: bool = False,
        missing: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """With `select_on_focus` typing replaces the value, such as a day that is filled in; a form says
        `missing` of a field that is empty and has to be filled in."""
        super().__init__(
            value,
            placeholder,
            highlighter=ControlsMasked(),
            password=password,
            max_length=max_length,
            select_on_focus=select_on_focus,
            id=id,
            classes=classes,
        )
        self.missing = missing
        self._offered = value

    @property
    def is_typed(self) -> bool:
        """Whether words stand here that were typed; a passphrase is none."""
        return not self.password and bool(self.value.strip()) and self.value != self._offered

    def on_unmount(self) -> None:
        """Forget what was typed, which may be a passphrase: a widget may live on in memory."""
        with self.prevent(Input.Changed), suppress(ScreenStackError):  # the program may be ending
            self.value = ""

    # by what a person takes for a character

    def action_cursor_left(self, select: bool = False) -> None:
        """Go one character to the left."""
        start, end = self.selection
        if select or self.selection.is_empty:
            place = graphemes.before(self.value, end)
            self.selection = Selection(start if select else place, place)
        else:
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Go one character to the right, or take what is suggested at the end."""
        start, end = self.selection
        suggests = self.suggester is not None and self.cursor_at_end
        if (select or self.selection.is_empty) and not suggests:
            place = graphemes.after(self.value, end)
            self.selection = Selection(start if select else place, place)
        else:
            super().action_cursor_right(select)

    def action_delete_left(self) -> None:
        """Delete the character to the left, or what is selected."""
        if self.selection.is_empty:
            self.delete(graphemes.before(self.value, self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_delete_right(self) -> None:
        """Delete the character to the right, or what is selected."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, graphemes.after(self.value, self.cursor_position))
        else:
            self.delete_selection()

    def action_copy(self) -> None:
        """Copy what is selected; never of a passphrase, which could then be read elsewhere."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; never of a passphrase."""
        if not self.password:
            super().action_cut()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted as one line and without control characters, unlike `Input`."""
        event.stop()
        event.prevent_default()
        text, dropped = without_controls(event.text)
        line = " ".join(text.strip("\n").replace("\t", " ").splitlines())
        if not self.password:  # a door made by an earlier program may have it in its passphrase
            line = line.removeprefix(BOM)
        if line:
            self.replace(line, *self.selection)
        if dropped:
            self.post_message(ControlsDropped(dropped))
