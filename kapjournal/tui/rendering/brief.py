"""The brief as blocks to show: each section with its heading beside its first line."""

from collections.abc import Iterator

from textual.content import Content

from kapjournal.presentation import brief as saying
from kapjournal.presentation.brief import Brief, Section
from kapjournal.tui.rendering.layout import Block, LaidOut

HEADING_CELLS = 16
"""The place of the headings, and of the lines under them."""


UNCUT = 0
_CUTS = (UNCUT, 4, 3, 2, 1)
"""How far entries are cut so that all stands in one window: to so many times the rows of their section."""


def brief_page(brief: Brief, width: int, height: int) -> list[Block]:
    """The next session, then what is known, in the order in which it is needed, for a window of so many
    cells: whole where there is room, and else cut no further than it needs."""
    pages = (_page(brief, width, times) for times in _CUTS)
    return next((page for page in pages if len(LaidOut(page, width)) <= height), _page(brief, width, 1))


def _page(brief: Brief, width: int, times: int) -> list[Block]:
    cells = (width - HEADING_CELLS) * times
    head = Content.styled(brief.coming or saying.NO_SESSION, "bold $primary")
    if brief.secrets:
        head += Content.styled(f" · secrets: {brief.secrets}", "$text-muted")
    page = [Block("", "", head, gap=False)]
    if brief.why_not:
        why = saying.NOT_OPENED.format(why=brief.why_not)
        page.append(Block("", "", Content.styled(why, "$warning"), gap=False))
    for section in brief.sections:
        page += _section(section, cells * section.rows)
    if not brief.sections:
        page.append(Block("", "", Content.styled(brief.nothing, "$text-muted"), gap=True))
    return page


def _section(section: Section, most: int) -> Iterator[Block]:
    """Its entries, each cut to so many cells; not cut where that is 0, or where it is of safety."""
    hang = " " * HEADING_CELLS
    for number, entry in enumerate(section.entries):
        name = Content.styled(f"{entry.who}  ", "$secondary") if entry.who else Content("")
        words = Content.styled(entry.words, "bold $error") if section.is_urgent else Content(entry.words)
        lead = hang if number else section.heading.ljust(HEADING_CELLS)
        whole = name + words
        is_cut = most > 0 and not entry.is_whole
        yield Block(lead, hang, whole.truncate(most, ellipsis=True) if is_cut else whole, gap=False)
