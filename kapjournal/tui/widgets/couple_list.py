"""Couples as rows of one line: the name, an open safety mark, what is new, what waits for a signature, the
next session."""

from collections.abc import Collection, Sequence
from contextlib import suppress

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.presentation.couples import SAFETY, UNSIGNED, Glance, in_a_line
from kapjournal.text import shown_line

NAME_CELLS = 30
"""The place of the name, the same in every row; less of it where something else needs room."""
LEAST_WIDTH = 76
"""As many cells has the list in a window of 80, for a row that is made before it is laid out."""


class CoupleList(OptionList):
    """A list of couples; Enter or a click chooses one. Keeps its place when the rows are replaced."""

    DEFAULT_CSS = """
    CoupleList {
        height: 1fr;
        border: none;
        padding: 1 0 0 1;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    _unsigned: Collection[CaseId] = frozenset()

    def show(
        self, rows: Sequence[tuple[Couple, Glance | None]], unsigned: Collection[CaseId] = frozenset()
    ) -> None:
        """Replace the rows; the cursor stays on its couple if that is still there. Of those who are
        `unsigned` a record waits for its signature."""
        self._unsigned = unsigned
        before = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(Option(self._row(couple, glance), id=couple.case.hex()) for couple, glance in rows)
        ids = [option.id for option in self.options]
        self.highlighted = ids.index(before) if before in ids else (0 if ids else None)

    def show_glance(self, couple: Couple, glance: Glance) -> None:
        """Say beside a couple what was seen in their journal."""
        with suppress(OptionDoesNotExist):
            self.replace_option_prompt(couple.case.hex(), self._row(couple, glance))

    def on_unmount(self) -> None:
        """Forget the names: a widget may live on in memory."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()

    def _row(self, couple: Couple, glance: Glance | None) -> Content:
        room = NAME_CELLS - (len(UNSIGNED) + 2 if self._unsigned else 0)  # a row is one line of 80 cells
        name = Content(shown_line(couple.name)).truncate(room, ellipsis=True, pad=True)
        said, is_new = in_a_line(couple, glance)
        new = Content.styled("new", "$accent") if is_new else Content("   ")
        marks = [new, Content("  ")]
        if self._unsigned:
            waits = UNSIGNED if couple.case in self._unsigned else ""
            marks += [Content.styled(waits.ljust(len(UNSIGNED)), "$warning"), Content("  ")]
        row = Content.assemble(" ", name, "  ", *marks)
        if glance is None or not glance.has_open_mark:
            return row + Content.styled(said, "$text-muted")
        row += Content.styled(SAFETY, "bold $error") + Content("  ")
        rest = max((self.size.width or LEAST_WIDTH) - row.cell_length - 3, 1)
        return row + Content.styled(said, "$text-muted").truncate(rest, ellipsis=True)
