"""The area in which a note is written."""

from collections.abc import Iterator
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.strip import Strip
from textual.widgets import TextArea

from kapjournal.text import shown, without_controls
from kapjournal.tui import graphemes
from kapjournal.tui.rendering.line_marks import NAMES, LineMark, marks
from kapjournal.tui.textual_internals.text_area import DrawableTextArea
from kapjournal.tui.widgets.field import ControlsDropped

_SEPARATORS = ("\u2028", "\u2029")
_NONCHARACTERS = tuple(chr(code) for code in range(0xFDD0, 0xFDF0))
_SEPARATOR_MARK = "⏎"
_MOST_LINES_MARKED = 128


class WritingArea(DrawableTextArea):
    """A `TextArea` that keeps every character of a body and draws none that steers the terminal.

    `TextArea` takes U+2028 and U+2029 for line ends and would give newlines back; while the page is open two
    noncharacters that the body does not hold stand for them. It also works on a whole paragraph to draw one
    line of it, so breaking and drawing are our own.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"writing--{name}" for name in NAMES}
    DEFAULT_CSS = """
    WritingArea {
        border: none;
        padding: 0 1;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $text-muted; }
        & .writing--heading { color: $primary; text-style: bold; }
        & .writing--mark { color: $primary; }
        & .writing--quote { color: $text-muted; text-style: italic; }
        & .writing--code { color: $accent; }
        & .writing--strong { text-style: bold; }
        & .writing--emphasis { text-style: italic; }
        & .writing--strike { text-style: strike; }
        & .writing--link { color: $secondary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "to_the_end(-1)", show=False),
        Binding("ctrl+end", "to_the_end(1)", show=False),
    ]

    def __init__(self, body: str = "", *, placeholder: str = "Write…", id: str | None = None) -> None:
        free = [mark for mark in _NONCHARACTERS if mark not in body]
        self._stand_ins = dict(zip(_SEPARATORS, free, strict=False))
        self._drawn = str.maketrans(dict.fromkeys(self._stand_ins.values(), _SEPARATOR_MARK))
        self._marked: dict[str, list[LineMark]] = {}
        super().__init__(self._encoded(body), placeholder=placeholder, id=id)

    @property
    def body(self) -> str:
        """The words on the page, to the letter."""
        return self._decoded(self.text)

    @property
    def selected_body(self) -> str:
        """The words that are selected."""
        return self._decoded(self.selected_text)

    @property
    def line_of_cursor(self) -> str:
        """The line the cursor is on, to its line end."""
        return self._decoded(self.document[self.cursor_location[0]])

    def _decoded(self, text: str) -> str:
        for separator, stand_in in self._stand_ins.items():
            text = text.replace(stand_in, separator)
        return text

    def empty(self) -> None:
        """Forget the words, every step back to them, and how they were painted."""
        self.load_text("")
        self.history.clear()
        self._marked.clear()
        self.refresh()

    def on_unmount(self) -> None:
        """Forget the words: a widget may live on in memory."""
        with self.prevent(TextArea.Changed, TextArea.SelectionChanged):
            self.empty()

    def action_to_the_end(self, way: int) -> None:
        """Go to the very beginning of the page, or to its end."""
        self.move_cursor(self.document.end if way > 0 else (0, 0))

    def insert_heading(self, words: str) -> None:
        """Write a heading under the line of the cursor, and leave the cursor under it."""
        row = self.cursor_location[0]
        end = (row, len(self.document[row]))
        if self.document[row].strip():
            before = "\n\n"
        else:
            before = "\n" if row and self.document[row - 1].strip() else ""
        self.insert(f"{before}## {words}\n\n", end, maintain_selection_offset=False)

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the page as it is scrolled now."""
        if self.document.end == (0, 0):
            return super().render_line(y)
        base = self.text_style
        row = y + self.scroll_offset.y
        if row >= self.wrapped_document.height:
            return Strip.blank(self.size.width, base)
        words = self._drawn_piece(*self.wrapped_document.piece_at(row))
        strip = Strip(words.render(self.app.console), words.cell_len)
        return strip.extend_cell_length(self.scrollable_content_region.width, base).apply_style(base)

    def _drawn_piece(self, line: int, piece: int) -> Text:
        start, words = self.wrapped_document.section(line, piece)
        text = Text(shown(words).translate(self._drawn), end="", no_wrap=True)
        if start + len(words) == len(self.document[line]):
            text.append(" ")  # where the cursor stands at the end of a line
        for style, first, end in self._styles(line):
            if first < start + len(text) and end > start:
                text.stylize(style, max(first - start, 0), end - start)
        if "\t" in words:
            before = self.document[line].count("\t", 0, start)
            widths = self.wrapped_document.get_tab_widths(line)
            text = expand_text_tabs_from_widths(text, widths[before : before + words.count("\t")])
        return text

    def _styles(self, line: int) -> Iterator[tuple[Style, int, int]]:
        """The styles laid over the columns of a line, the last on top: marks, the selection, the cursor."""
        for mark in self._marks_of(self.document[line]):
            yield self.get_component_rich_style(f"writing--{mark.name}", partial=True), mark.start, mark.end
        (top, first), (bottom, last) = sorted(self.selection)
        if (top, first) != (bottom, last) and top <= line <= bottom:
            end = last if line == bottom else len(self.document[line]) + 1
            yield self.selected_style, first if line == top else 0, end
        row, column = self.selection.end
        if row == line and (style := self.shown_cursor_style) is not None:
            yield style, column, max(column + 1, graphemes.after(self.document[line], column))

    def _marks_of(self, words: str) -> list[LineMark]:
        if words not in self._marked:
            if len(self._marked) >= _MOST_LINES_MARKED:
                self._marked.clear()
            self._marked[words] = marks(words)
        return self._marked[words]

    # pasting

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted without control characters, unlike `TextArea`."""
        event.stop()
        event.prevent_default()
        text, dropped = without_controls(event.text)
        if text and not self.read_only:
            pasted = self.replace(self._encoded(text), *self.selection, maintain_selection_offset=False)
            self.move_cursor(pasted.end_location)
        if dropped:
            self.post_message(ControlsDropped(dropped))

    def _encoded(self, text: str) -> str:
        for separator, stand_in in self._stand_ins.items():
            text = text.replace(separator, stand_in)
        return text
