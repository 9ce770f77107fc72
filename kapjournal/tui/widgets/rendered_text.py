"""A note's words, rendered and ready to scroll."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kapjournal.tui import background
from kapjournal.tui.rendering.markdown import Block, blocks, lay_out

LARGE = 40_000
"""Longer bodies, in characters, are laid out in a thread: the screen answers meanwhile."""


class RenderedText(ScrollView, can_focus=True):
    """Shows one body; a single widget whatever its length."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RenderedText { height: 1fr; background: transparent; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._body = ""
        self._page: list[Block] = []
        self._laid_out: list[Content] = []

    def show(self, body: str) -> None:
        """Show `body` from its beginning, unless it is shown already; an empty one clears the page."""
        if body == self._body and not (self._page and not body):
            return
        self._body, self._page = body, []
        self._lay_out()
        self.scroll_home(animate=False)

    def show_blocks(self, page: Sequence[Block]) -> None:
        """Show text that is laid out as blocks already."""
        self._body, self._page = "", list(page)
        self._lay_out()
        self.scroll_home(animate=False)

    def on_unmount(self) -> None:
        """Forget the words: a widget may live on in memory."""
        self._body, self._page, self._laid_out = "", [], []

    def on_resize(self, _: events.Resize) -> None:
        """Wrap to the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        body, page = self._body, self._page

        def lines() -> tuple[list[Block], list[Content]]:
            laid = page or blocks(body)
            return laid, lay_out(laid, width)

        def arrived(result: tuple[list[Block], list[Content]]) -> None:
            if body == self._body:
                self._take(*result)

        if len(body) > LARGE:
            background.run(self, lines, arrived, lambda _: None, group="reading")
        else:
            arrived(lines())

    def _take(self, page: list[Block], lines: Sequence[Content]) -> None:
        self._page, self._laid_out = page, list(lines)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._laid_out))
        self.refresh()

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
