"""A note's words, rendered and ready to scroll."""

from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kapjournal.tui import background
from kapjournal.tui.rendering.found import FOUND, mark
from kapjournal.tui.rendering.layout import Block, LaidOut, lay_out
from kapjournal.tui.rendering.markdown import blocks

LARGE = 40_000
"""Longer texts, in characters, are laid out in a thread: the screen answers meanwhile."""

_NOTHING = LaidOut([], 1)


class FirstPlaceShown(Message):
    """A text is shown from the first of the `places` where words of a search stand."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places


class RenderedText(ScrollView, can_focus=True):
    """Shows one body; a single widget whatever its length."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RenderedText { height: 1fr; background: transparent; overflow-x: hidden; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._body = ""
        self._page: Sequence[Block] = ()
        self._laid_out = _NOTHING
        self._asked = 0
        self._query = ""
        self._place = -1
        """Which of the places marked is shown; -1 before the first is."""

    def show(self, body: str, query: str = "") -> None:
        """Show `body` unless it is shown already: from its beginning or, with a query, the words of which are
        marked, from the first of those; an empty one clears the page."""
        if (body, query) == (self._body, self._query) and not (self._page and not body):
            return
        self._begin(body, (), query)

    def show_blocks(self, page: Sequence[Block], query: str = "", *, stays: bool = False) -> None:
        """Show text that is laid out as blocks already, from its beginning or, if it `stays`, from where it
        is scrolled to."""
        self._begin("", mark(page, query), query, stays=stays)

    def _begin(self, body: str, page: Sequence[Block], query: str, *, stays: bool = False) -> None:
        self._body, self._page, self._laid_out = body, page, _NOTHING
        self._query, self._place = query, -1
        if not stays:
            self.scroll_home(animate=False)
        self._lay_out()

    def next_place(self) -> tuple[int, int]:
        """Scroll to the next place of the query, after the last to the first; returns which it is, counted
        from 1, and how many there are; 0 if there are none."""
        rows = self._laid_out.rows_styled(FOUND) if self._query else []
        if not rows:
            return 0, 0
        self._place = (self._place + 1) % len(rows)
        row, height = rows[self._place], self.scrollable_content_region.height
        self.scroll_to(y=max(row - height // 3, 0), animate=False, force=True)
        return self._place + 1, len(rows)

    def on_unmount(self) -> None:
        """Forget the words: a widget may live on in memory."""
        self._asked += 1
        self._body, self._query, self._page, self._laid_out = "", "", (), _NOTHING

    def on_resize(self, _: events.Resize) -> None:
        """Wrap to the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        body, page, query = self._body, self._page, self._query
        self._asked += 1
        asked = self._asked

        def lines() -> tuple[Sequence[Block], LaidOut]:
            laid = page or mark(blocks(body), query)
            return laid, lay_out(laid, width)

        def arrived(result: tuple[Sequence[Block], LaidOut]) -> None:
            if asked == self._asked:
                self._take(*result)

        if max(len(body), sum(len(block.words) for block in page)) > LARGE:
            background.run(self, lines, arrived, lambda _: None, group="reading")
        else:
            arrived(lines())

    def _take(self, page: Sequence[Block], laid_out: LaidOut) -> None:
        self._page, self._laid_out = page, laid_out
        self.virtual_size = Size(self.scrollable_content_region.width, len(laid_out))
        self.refresh()
        if self._query and self._place < 0:
            self.call_after_refresh(self._show_first_place)

    def watch_show_vertical_scrollbar(self) -> None:
        """Break the lines anew when the scrollbar that came with them took room from their ends, or gave it
        back."""
        self.call_later(self._lay_out)

    def _show_first_place(self) -> None:
        if self._place < 0:
            _, places = self.next_place()
            self.post_message(FirstPlaceShown(places))

    def render_line(self, y: int) -> Strip:
        """One line of the page as it is scrolled now."""
        width, style = self.size.width, self.visual_style
        index = self.scroll_offset.y + y
        if index >= len(self._laid_out):
            return Strip.blank(width, style.rich_style)
        line = self._laid_out[index]
        return Strip(line.render_segments(style), line.cell_length).extend_cell_length(
            width, style.rich_style
        )
