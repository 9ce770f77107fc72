"""A list of lines to tick, under headings: it draws what is in sight, however many there are."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kapjournal.text import shown_line

_BOX = "    "
"""The place of a box and the space after it, in the words of a row."""


class RowsTicked(Message):
    """Other rows are ticked."""


class RowsTaken(Message):
    """What is ticked is taken or, if nothing is, the row of the cursor."""


class PickList(OptionList):
    """Rows of one line each, by a number of the caller's; one without a number is a heading.

    Space ticks, Shift with an arrow ticks row after row, Enter takes what is ticked or, if nothing is, the
    row it is on. A box is told by its sign, and not by a colour.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("space", "tick", show=False),
        Binding("shift+down", "tick_on(1)", show=False),
        Binding("shift+up", "tick_on(-1)", show=False),
    ]
    DEFAULT_CSS = """
    PickList {
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option-disabled { color: $secondary; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._numbers: tuple[int | None, ...] = ()
        self._ticked: set[int] = set()

    def show(self, rows: Sequence[tuple[int | None, str]]) -> None:
        """Replace the rows; what is ticked stays so, in sight or not."""
        self._numbers = tuple(number for number, _ in rows)
        self.set_options(
            Option(
                Content(shown_line(words) if number is None else _BOX + shown_line(words)),
                disabled=number is None,
            )
            for number, words in rows
        )
        first = next((at for at, number in enumerate(self._numbers) if number is not None), None)
        self.highlighted = first

    def on_unmount(self) -> None:
        """Forget the rows: a widget may live on in memory."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
        self._numbers = ()

    @property
    def ticked(self) -> Collection[int]:
        """The numbers of what is ticked."""
        return frozenset(self._ticked)

    @property
    def number(self) -> int | None:
        """The number of the row the cursor is on."""
        at = self.highlighted
        return self._numbers[at] if at is not None and at < len(self._numbers) else None

    def action_tick(self) -> None:
        """Tick the row, or take the tick away."""
        if (number := self.number) is not None:
            self._ticked ^= {number}
            self._changed()

    def action_tick_on(self, step: int) -> None:
        """Tick the row and go on to the next."""
        if (number := self.number) is not None:
            self._ticked.add(number)
            self._changed()
        if step > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def action_take(self) -> None:
        """Take what is ticked, else this row."""
        self.post_message(RowsTaken())

    def action_select(self) -> None:
        """Tick what is clicked on."""
        self.action_tick()

    def _changed(self) -> None:
        self.refresh()
        self.post_message(RowsTicked())

    def render_line(self, y: int) -> Strip:
        """A row with its box."""
        line = super().render_line(y)
        at = self.scroll_offset.y + y
        number = self._numbers[at] if at < len(self._numbers) else None
        lead = line.text.find(_BOX)
        if number is None or lead < 0:
            return line
        box = "[x]" if number in self._ticked else "[ ]"
        style = next(iter(line.crop(lead, lead + 1)), Segment("")).style
        return Strip.join([line.crop(0, lead), Strip([Segment(box, style)]), line.crop(lead + len(box))])
