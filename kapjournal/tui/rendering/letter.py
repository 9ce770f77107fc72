"""A letter to a prescriber as blocks to show: its lines, with the headings set apart."""

from textual.content import Content

from kapjournal.presentation.letter import HEADINGS, TITLE, Letter, lines
from kapjournal.tui.rendering.layout import Block


def letter_page(letter: Letter) -> list[Block]:
    """The page line by line, as it is kept and printed."""
    return [Block("", "", _styled(line), gap=False) for line in lines(letter)]


def _styled(line: str) -> Content:
    is_heading = line in HEADINGS or line.startswith(f"{TITLE} ")
    return Content.styled(line, "bold $primary") if is_heading else Content(line)
