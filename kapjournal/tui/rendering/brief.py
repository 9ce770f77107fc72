"""The brief as blocks to show: each section with its heading beside its first line."""

from collections.abc import Iterator

from textual.content import Content

from kapjournal.presentation import brief as saying
from kapjournal.presentation.brief import Brief, Section
from kapjournal.tui.rendering.layout import Block

HEADING_CELLS = 16
"""The place of the headings, and of the lines under them."""


def brief_page(brief: Brief) -> list[Block]:
    """The next session, then what is known, in the order in which it is needed."""
    head = Content.styled(brief.coming or saying.NO_SESSION, "bold $primary")
    if brief.secrets:
        head += Content.styled(f" · secrets: {brief.secrets}", "$text-muted")
    page = [Block("", "", head, gap=False)]
    if brief.why_not:
        why = saying.NOT_OPENED.format(why=brief.why_not)
        page.append(Block("", "", Content.styled(why, "$warning"), gap=False))
    for section in brief.sections:
        page += _section(section)
    if not brief.sections:
        page.append(Block("", "", Content.styled(saying.NOTHING, "$text-muted"), gap=True))
    return page


def _section(section: Section) -> Iterator[Block]:
    hang = " " * HEADING_CELLS
    for number, entry in enumerate(section.entries):
        name = Content.styled(f"{entry.who}  ", "$secondary") if entry.who else Content("")
        words = Content.styled(entry.words, "bold $error") if section.is_urgent else Content(entry.words)
        lead = hang if number else section.heading.ljust(HEADING_CELLS)
        yield Block(lead, hang, name + words, gap=False)
