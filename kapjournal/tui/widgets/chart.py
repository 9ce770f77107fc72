"""A chart of one person's course over time; in a window too small for a chart, its table."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kapjournal.domain.series import Series
from kapjournal.presentation import charts
from kapjournal.tui.rendering.chart import draw
from kapjournal.tui.rendering.layout import Block, lay_out


class Chart(ScrollView, can_focus=True):
    """Shows one series at the size it has; a table longer than the widget scrolls.

    A chart has no scrollbar: one that was there for what was shown before would cover its last day.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._series: Series | None = None
        self._rows: Sequence[Content] = ()

    def show(self, series: Series | None) -> None:
        """Show a series, or nothing."""
        self._series = series
        self.scroll_to(y=0, animate=False)
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def on_unmount(self) -> None:
        """Forget the numbers: a widget may live on in memory."""
        self._series, self._rows = None, ()

    def _draw(self) -> None:
        size, series = self.size, self._series
        rows: Sequence[Content] = ()
        if series is not None and size:
            drawn = draw(series, size.width, size.height)
            rows = drawn or _table(series, size.width - 1)
            self.styles.overflow_y = "hidden" if drawn else "auto"
        self._rows = rows
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row as it is scrolled now."""
        width, style = self.size.width, self.visual_style
        index = self.scroll_offset.y + y
        if index >= len(self._rows):
            return Strip.blank(width, style.rich_style)
        row = self._rows[index]
        return Strip(row.render_segments(style), row.cell_length).extend_cell_length(width, style.rich_style)


def _table(series: Series, width: int) -> list[Content]:
    """The table or, where its columns have no room, a sentence for each of its rows."""
    lines = charts.lines(series)
    if any(len(line) > width for line in lines):
        lines = charts.read_aloud(series)
    title = Block("", "", Content.styled(charts.title(series), "bold"), gap=False)
    return list(lay_out([title, *(Block("", "  ", Content(line), gap=False) for line in lines)], width))
