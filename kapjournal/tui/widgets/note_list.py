"""Notes as rows of two lines: day, title and readers; then the first words and the author."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

NARROW = 48
"""Under this many cells the readers stand under the title, else beside it."""
INDENT, GAP = 8, 2
"""The cells of the day, and those between a text and what stands beside it."""
MIN_PLACE, MAX_PLACE = 16, 26
"""The cells of the place for readers and author, which is the same in every row of a list."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What one row says; every text is safe for a terminal already."""

    day: str
    title: Content
    """Empty for a note without one: then its words begin in the first line, and go on in the second."""
    words: Content
    symbol: str
    readers: str
    tone: str
    author: str = ""


RowMaker = Callable[[], NoteRow]
"""Makes a row when it is drawn."""


class NoteRowVisual(Visual):
    """Draws a row only when it is on screen, at a height known beforehand: ten thousand cost nothing."""

    HEIGHT: ClassVar[int] = 3

    def __init__(self, make: RowMaker) -> None:
        self._make = make

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As many lines as every row of its kind: two and an empty one."""
        return self.HEIGHT

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The whole width there is."""
        return container_width

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the row, cut to `width` cells."""
        row = self._make()
        readers = Content.styled(f"{row.symbol} {row.readers}".lstrip(), row.tone)
        author = Content.styled(row.author, "$secondary")
        room = width - INDENT
        if width < NARROW:
            place = min(MIN_PLACE, room)
            first = row.title or row.words or Content("Untitled")
            under = row.words.stylize_before("$text-muted") if row.title else Content("")
            second = _fit(readers, place, pad=True)
            if room - place > GAP:
                beside = author or under
                second += Content(" " * GAP) + _fit(beside, room - place - GAP, pad=False)
        else:
            place = max(MIN_PLACE, min(MAX_PLACE, width * 3 // 8))
            left = room - place - GAP
            title, under = _two_lines(row, left)
            first = _beside(title, left, _fit(readers, place, pad=False))
            second = _beside(under, left, _fit(author, place, pad=False)) if author else under
        first, second = (_fit(line, room, pad=False) for line in (first, second))
        head = Content.styled(f"{row.day:>6}  ", "$secondary")
        lines = (head + first, Content(" " * INDENT) + second, Content(""))
        return [Strip(line.render_segments(style), line.cell_length) for line in lines]


class LineVisual(NoteRowVisual):
    """Draws a row in one line, with nothing under it, for lists that are gone through thing by thing."""

    HEIGHT = 1

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Day, title and readers; what is too long is cut."""
        row = self._make()
        room = width - INDENT
        place = min(MAX_PLACE, max(MIN_PLACE, width * 3 // 8), room // 2)
        readers = _fit(Content.styled(row.readers, row.tone), place, pad=False)
        title = _beside(row.title, room - place - GAP, readers) if row.readers else row.title
        line = Content.styled(f"{row.day:>6}  ", "$secondary") + _fit(title, room, pad=False)
        return [Strip(line.render_segments(style), line.cell_length)]


def _two_lines(row: NoteRow, room: int) -> tuple[Content, Content]:
    """The texts of the first line, which has `room` cells, and of the second."""
    words = row.words
    if row.title:
        return row.title, words.stylize_before("$text-muted")
    first = words.wrap(max(room, 1))[0] if words else Content("Untitled")
    rest = words[len(first.plain.rstrip()) :]
    skipped = len(rest.plain) - len(rest.plain.lstrip())
    return first, rest[skipped:].stylize_before("$text-muted")


def _beside(left: Content, width: int, right: Content) -> Content:
    return _fit(left, width, pad=True) + Content(" " * GAP) + right


def _fit(content: Content, width: int, *, pad: bool) -> Content:
    return content.truncate(max(width, 1), ellipsis=True, pad=pad)


class NoteList(OptionList):
    """A list of rows; Enter or a click chooses one. Keeps its place when the rows are replaced."""

    DEFAULT_CSS = """
    NoteList {
        height: 1fr;
        border: none;
        padding: 1 0 0 1;
        scrollbar-gutter: stable;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    ROW: ClassVar[type[NoteRowVisual]] = NoteRowVisual

    def show(
        self, rows: Iterable[tuple[str, RowMaker]], *, newest_first: bool = False, to_new: bool = False
    ) -> None:
        """Replace the rows, each an id and what makes it when it is drawn.

        The cursor stays on its note if that is still there, else it goes to the newest. With `to_new` it goes
        to the first that was not there before: what was begun, or written, over the screen.
        """
        before = self.highlighted_option.id if self.highlighted_option else None
        known = {option.id for option in self.options}
        self.set_options(Option(self.ROW(make), id=row_id) for row_id, make in rows)
        ids = [option.id for option in self.options]
        if ids:
            self.highlighted = None
            newest = 0 if newest_first else len(ids) - 1
            self.highlighted = ids.index(before) if before in ids else newest
            if to_new and known and (new := [one for one in ids if one not in known]):
                self.highlighted = ids.index(new[0])

    def add(self, rows: Iterable[tuple[str, Callable[[], NoteRow]]]) -> None:
        """Put rows under those that are there; the cursor stays, or goes to the first of all."""
        self.add_options(Option(self.ROW(make), id=row_id) for row_id, make in rows)
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def on_unmount(self) -> None:
        """Forget the rows, which know their notes: a widget may live on in memory."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()

    def render_line(self, y: int) -> Strip:
        """A line of a row; the empty one under it is not part of the highlight."""
        height = self.ROW.HEIGHT
        if height > 1 and (self.scroll_offset.y + y) % height == height - 1:
            base = self.get_visual_style("option-list--option").rich_style
            return Strip.blank(self.scrollable_content_region.width, base)
        return super().render_line(y)

    def choose(self, note_id: str) -> None:
        """Put the cursor on a note, if it is here."""
        ids = [option.id for option in self.options]
        if note_id in ids:
            self.highlighted = ids.index(note_id)

    @property
    def chosen(self) -> str | None:
        """The id of the row under the cursor."""
        return self.highlighted_option.id if self.highlighted_option else None


class LineList(NoteList):
    """The same with one line for each row."""

    ROW = LineVisual

    def on_resize(self) -> None:
        """Keep the chosen row in sight, also when a long sentence below takes a line."""
        self.scroll_to_highlight()
