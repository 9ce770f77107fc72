"""A writing area that is as high as its words, on a page that scrolls."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Offset, Region
from textual.widget import Widget
from textual.widgets import TextArea

from kapjournal.tui.editor.writing_area import WritingArea


class GrowingArea(WritingArea):
    """Has no scroller of its own: the page around it follows the cursor, whose line is always in sight."""

    DEFAULT_CSS = """
    GrowingArea {
        height: auto;
        min-height: 3;
        border: round $border-blurred;
        overflow: hidden;
        &:focus { border: round $border; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "go_a_page(-1)", show=False),
        Binding("pagedown", "go_a_page(1)", show=False),
    ]

    def on_focus(self) -> None:
        """Show the line of the cursor, once the page is laid out."""
        self.screen.call_later(self.call_after_refresh, self.follow_cursor)

    @property
    def moves_its_page(self) -> bool:
        """Whether the page follows: the screen then need not scroll to it."""
        return self._page is not None

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Let the page follow, once it knows how high the area is now."""
        self.call_after_refresh(self.follow_cursor)

    def action_go_a_page(self, pages: int) -> None:
        """Go up or down by as many lines as the page shows."""
        page = self._page
        lines = max((page or self).size.height - 2, 1) * pages
        self.move_cursor(self.navigator.get_location_at_y_offset(self.cursor_location, lines))

    async def follow_cursor(self) -> None:
        """Scroll the page to what the area is part of, heading and all; where that is higher than the page,
        to the line of the cursor."""
        page, around = self._page, self.parent
        if page is None or not self.has_focus or not isinstance(around, Widget):
            return
        await page.stop_animation("scroll_y", complete=False)
        origin = page.scroll_offset - page.content_region.offset
        shown = around.region
        if shown.height > page.size.height:
            row = self.wrapped_document.location_to_offset(self.cursor_location).y
            at = self.content_region.offset + Offset(0, row - 1)
            shown = Region(at.x, at.y, 1, 3)
        page.scroll_to_region(shown.translate(origin), animate=False, force=True, immediate=True)

    @property
    def _page(self) -> VerticalScroll | None:
        return next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)
