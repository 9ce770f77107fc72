"""A list of things to tick, members most often."""

from typing import Generic, TypeVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList

from kapjournal.tui.textual_internals.whole_list import WholeList

Value = TypeVar("Value")


class Checklist(SelectionList[Value], WholeList, Generic[Value]):
    """A `SelectionList` whose boxes differ by their sign, so that they can be told apart without colours.

    Space and Enter tick; Tab goes on.
    """

    DEFAULT_CSS = """
    Checklist {
        border: none;
        background: transparent;
        height: auto;
        max-height: 10;
        padding: 0;
        &:focus { border: none; background-tint: transparent; }
        & > .selection-list--button, & > .selection-list--button-highlighted {
            color: $border-blurred;
            background: $border-blurred;
        }
        & > .selection-list--button-selected, & > .selection-list--button-selected-highlighted {
            color: $background;
            background: $primary;
        }
    }
    """

    def render_line(self, y: int) -> Strip:
        """One line of the list, with a cross only in a ticked box."""
        line = super().render_line(y)
        index = self.scroll_offset.y + y
        segments = list(line)
        if index < self.option_count and len(segments) > 1:
            ticked = self.get_option_at_index(index).value in self.selected
            segments[1] = Segment("x" if ticked else " ", segments[1].style)
        return Strip(segments, line.cell_length)
