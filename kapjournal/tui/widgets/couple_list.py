"""Couples as rows of one line: the name, an open safety mark, what is new, what waits for a signature, the
next session."""

from collections.abc import Collection, Sequence
from contextlib import suppress

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.presentation.couples import SAFETY, TALK, UNSIGNED, Glance, in_a_line
from kapjournal.text import shown_line

NAME_CELLS = 30
"""The place of the name, the same in every row; less of it where something else needs room."""


WIDE = 100
"""Columns from which on every name has its place whatever stands beside it; below, a row is 80 cells."""


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
    _has_mark = False
    """Whether a safety mark is open in the journal of one of them."""
    _has_ask = False
    """Whether a partner of one of them asks to talk."""

    def show(
        self, rows: Sequence[tuple[Couple, Glance | None]], unsigned: Collection[CaseId] = frozenset()
    ) -> None:
        """Replace the rows; the cursor stays on its couple if that is still there. Of those who are
        `unsigned` a record waits for its signature."""
        self._unsigned = unsigned
        self._has_mark = any(glance is not None and glance.has_open_mark for _, glance in rows)
        self._has_ask = any(glance is not None and glance.asks for _, glance in rows)
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
        columns = [SAFETY] * self._has_mark + [TALK] * self._has_ask + [UNSIGNED] * bool(self._unsigned)
        is_narrow = bool(columns) and self.app.size.width < WIDE
        gap = " " if is_narrow else "  "
        room = NAME_CELLS - is_narrow * (sum(len(word) + 1 for word in columns) - 2)
        name = Content(shown_line(couple.name)).truncate(room, ellipsis=True, pad=True)
        said, is_new = in_a_line(couple, glance)
        new = Content.styled("new", "$accent") if is_new else Content("   ")
        marks = []
        if self._has_mark:
            mark = SAFETY if glance is not None and glance.has_open_mark else ""
            marks += [Content.styled(mark.ljust(len(SAFETY)), "bold $error"), Content(gap)]
        if self._has_ask:
            asks = TALK if glance is not None and glance.asks else ""
            marks += [Content.styled(asks.ljust(len(TALK)), "$accent"), Content(gap)]
        marks += [new, Content(gap)]
        if self._unsigned:
            waits = UNSIGNED if couple.case in self._unsigned else ""
            marks += [Content.styled(waits.ljust(len(UNSIGNED)), "$warning"), Content(gap)]
        return Content.assemble(" ", name, gap, *marks, Content.styled(said, "$text-muted"))
