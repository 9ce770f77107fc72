"""A list as high as its lines, on a page that scrolls: the page follows the chosen line.

So nothing scrolls within something that scrolls.

Private names used here, since nothing public leads to them:

- `OptionList._index_to_line`, `OptionList._heights`: the first line of every option, and how many it has.
"""

from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widgets import OptionList


class WholeList(OptionList):
    """A list without a scroller of its own; its style lets it be as high as it likes."""

    def on_focus(self) -> None:
        """Show the chosen line wherever on the page it is."""
        self.screen.call_later(self.scroll_to_highlight)

    @property
    def moves_its_page(self) -> bool:
        """Whether the page follows: the screen then need not scroll to it."""
        return self._page is not None and self.highlighted is not None

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Scroll the page to the chosen line, once both are laid out."""
        super().scroll_to_highlight(top)
        if (page := self._page) is not None and self.has_focus:
            page.call_after_refresh(self._show_chosen_line, page)

    def action_page_up(self) -> None:
        """Go up by as many lines as are in sight."""
        self._go(-1)

    def action_page_down(self) -> None:
        """Go down by as many lines as are in sight."""
        self._go(1)

    def _go(self, pages: int) -> None:
        lines = pages * max((self._page or self).size.height - 1, 1)
        if self.option_count:
            self.highlighted = min(max((self.highlighted or 0) + lines, 0), self.option_count - 1)

    @property
    def _page(self) -> VerticalScroll | None:
        return next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)

    async def _show_chosen_line(self, page: VerticalScroll) -> None:
        line = self._index_to_line.get(self.highlighted) if self.highlighted is not None else None
        if line is None:
            return
        await page.stop_animation("scroll_y", complete=False)
        here = self.content_region.offset - self.scroll_offset
        there = here - page.content_region.offset + page.scroll_offset
        height = self._heights[self.highlighted or 0]
        chosen = Region(there.x, there.y + line, self.content_region.width, height)
        page.scroll_to_region(chosen, animate=False, force=True, immediate=True)
