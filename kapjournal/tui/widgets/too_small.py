"""What a window too small for anything shows."""

from textual.widgets import Static

SENTENCE = "A little more room, please."


class TooSmall(Static):
    """One sentence over everything; what lies under it keeps its words and its cursor."""

    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: too-small;
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
