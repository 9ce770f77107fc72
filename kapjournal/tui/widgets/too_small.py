"""What a window too small for anything shows."""

from typing import Generic, TypeVar

from textual.screen import Screen
from textual.widgets import Static

Answer = TypeVar("Answer")

SENTENCE = "A little more room, please."


class TooSmall(Static):
    """One sentence over everything; what lies under it keeps its words and its cursor."""

    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: veil;
        dock: top;
        width: 100%;
        height: 100%;
        content-align: center middle;
        text-align: center;
        background: $background;
        color: $text-muted;
    }
    """

    def __init__(self) -> None:
        super().__init__(SENTENCE, markup=False)


class BaseScreen(Screen[Answer], Generic[Answer]):
    """A screen that says so where the window is under 20 columns or 6 lines, and is told where it is low."""

    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-broad")]  # noqa: RUF012 - Textual's form
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (16, "-high")]  # noqa: RUF012

    def on_mount(self) -> None:
        """Lay it over whatever the screen is made of."""
        self.mount(TooSmall())
