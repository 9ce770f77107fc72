"""A list whose rows of two lines have room between them."""

from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class SpacedOptionList(OptionList):
    """Rows with an empty line between them that is no part of the cursor."""

    def show(self, rows: list[Option]) -> None:
        """Replace the rows."""
        apart = [part for row in rows for part in (row, None)]
        self.set_options(apart[:-1])

    def on_unmount(self) -> None:
        """Forget the rows: a widget may live on in memory."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()

    def render_line(self, y: int) -> Strip:
        """A line of a row, or nothing where `OptionList` draws a rule between two."""
        line = super().render_line(y)
        if line.text.strip("─"):
            return line
        return Strip.blank(line.cell_length, self.get_visual_style("option-list--option").rich_style)
