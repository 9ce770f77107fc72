"""A review as blocks to show: what was found in its text, lines that bear on a question, the whole page."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from kapjournal.domain.review import Section
from kapjournal.text import shown, shown_line
from kapjournal.tui.rendering.found import FOUND
from kapjournal.tui.rendering.layout import Block


def found_page(pieces: Sequence[tuple[str, bool]]) -> list[Block]:
    """The lines around what was found, each place of which stands out by a style and by brackets."""
    whole = Content.assemble(
        *(Content.styled(f"[{text}]", FOUND) if is_found else text for text, is_found in pieces)
    )
    return [Block("", "", line, gap=False) for line in whole.split("\n", allow_blank=True)]


def story_page(lines: Sequence[tuple[str, str]], nothing: str) -> list[Block]:
    """Each word that bears on the question with its line; without any, that there is `nothing`."""
    if not lines:
        return [Block("", "", Content.styled(nothing, "$text-muted"), gap=False)]
    return [
        Block("", "  ", Content.assemble((f"{word}: ", "$accent"), line), gap=False) for word, line in lines
    ]


def whole_page(sections: Iterable[Section]) -> list[Block]:
    """The text as it would leave."""
    page: list[Block] = []
    for section in sections:
        page.append(
            Block("", "", Content.styled(shown_line(section.heading), "bold $primary"), gap=bool(page))
        )
        page += [Block("", "", Content(line), gap=False) for line in shown(section.text).split("\n")]
    return page
