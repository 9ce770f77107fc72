"""The page one writes on."""

from rich.text import Text
from textual import events
from textual.widgets import TextArea

from kapjournal.text import shown, without_controls
from kapjournal.tui.widgets.field import ControlsDropped

_SEPARATORS = ("\u2028", "\u2029")
_NONCHARACTERS = tuple(chr(code) for code in range(0xFDD0, 0xFDF0))
_SEPARATOR_MARK = "⏎"


class Page(TextArea):
    """A `TextArea` that keeps every character of a body and draws none that steers the terminal.

    `TextArea` takes U+2028 and U+2029 for line ends and would give newlines back; while the page is open two
    noncharacters that the body does not hold stand for them.
    """

    DEFAULT_CSS = """
    Page {
        border: none;
        padding: 0 1;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $text-muted; }
    }
    """

    def __init__(self, body: str = "", *, placeholder: str = "Write…", id: str | None = None) -> None:
        free = [mark for mark in _NONCHARACTERS if mark not in body]
        self._stand_ins = dict(zip(_SEPARATORS, free, strict=False))
        self._drawn = str.maketrans(dict.fromkeys(self._stand_ins.values(), _SEPARATOR_MARK))
        super().__init__(
            self._inward(body),
            id=id,
            soft_wrap=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
        )

    @property
    def body(self) -> str:
        """What is written, to the letter."""
        body = self.text
        for separator, stand_in in self._stand_ins.items():
            body = body.replace(stand_in, separator)
        return body

    def empty(self) -> None:
        """Forget the words, and every step back to them."""
        self.load_text("")
        self.history.clear()

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn."""
        line = shown(self.document.get_line(line_index)).translate(self._drawn)
        return Text(line, end="", no_wrap=True)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text, dropped = without_controls(event.text)
        if text and (result := self._replace_via_keyboard(self._inward(text), *self.selection)):
            self.move_cursor(result.end_location)
        if dropped:
            self.post_message(ControlsDropped(dropped))

    def _inward(self, text: str) -> str:
        for separator, stand_in in self._stand_ins.items():
            text = text.replace(separator, stand_in)
        return text
