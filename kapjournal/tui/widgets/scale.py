"""Rows on which one of several things is chosen by arrows, digits or the mouse, or nothing: a slider from 0
to 10, and words beside each other. What is chosen and what is left out differ by signs, not by colour."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kapjournal.domain.self_reports import HIGHEST

LEFT_OUT = "·"
"""What stands where nothing is chosen."""
_LABEL_CELLS, _QUESTION_CELLS = 24, 38
_STOP = 4
"""Cells from one stop of a slider to the next, where there is room."""


class RowChanged(Message):
    """Another thing was chosen by the person, None for nothing."""

    def __init__(self, row: "ChoiceRow", chosen: int | None) -> None:
        super().__init__()
        self.row = row
        self.chosen = chosen


class ChoiceRow(Widget, can_focus=True):
    """Something with a label that is one of `count` things, or nothing. Delete leaves it out."""

    DEFAULT_CSS = """
    ChoiceRow {
        height: auto;
        padding: 0 1;
        border-left: blank;
        &:focus { border-left: outer $primary; }
    }
    """
    chosen: reactive[int | None] = reactive[int | None](None)

    def __init__(self, name: str, label: str, count: int, chosen: int | None = None) -> None:
        super().__init__(name=name)
        self._label = label
        self._count = count
        self.set_reactive(ChoiceRow.chosen, chosen)

    def on_unmount(self) -> None:
        """Forget what was chosen: a widget may live on in memory."""
        self.set_reactive(ChoiceRow.chosen, None)

    def choose(self, chosen: int | None) -> None:
        """Choose as the person does."""
        if chosen != self.chosen and self.is_attached:
            self.chosen = chosen
            self.post_message(RowChanged(self, chosen))

    def step(self, by: int) -> None:
        """Go on by one from what is chosen; from nothing, to the middle."""
        start = (self._count - 1) // 2 if self.chosen is None else self.chosen + by
        self.choose(min(max(start, 0), self._count - 1))

    def typed(self, character: str) -> bool:
        """Take a character that was typed; whether it means something here."""
        return False

    def on_key(self, event: events.Key) -> None:
        """Take arrows, characters and Delete; up and down go to another row, Enter to what comes next."""
        ends = {"home": 0, "end": self._count - 1}
        if event.key in ("left", "right"):
            self.step(1 if event.key == "right" else -1)
        elif event.key in ends:
            self.choose(ends[event.key])
        elif event.key in ("delete", "backspace", "minus"):
            self.choose(None)
        elif event.key in ("up", "down"):
            self._go(1 if event.key == "down" else -1)
        elif event.key == "enter":
            self.screen.focus_next()
        elif not (event.character and self.typed(event.character)):
            return
        event.stop()
        event.prevent_default()

    def _go(self, step: int) -> None:
        """Go to the row before or after this one; at the ends to what stands there."""
        rows = [one for one in self.screen.focus_chain if isinstance(one, ChoiceRow)]
        place = rows.index(self) + step
        if 0 <= place < len(rows):
            rows[place].focus()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class Slider(ChoiceRow):
    """A label and a value over a line from 0 to 10, with what its ends mean."""

    def __init__(self, name: str, label: str, low: str, high: str, chosen: int | None = None) -> None:
        super().__init__(name, label, HIGHEST + 1, chosen)
        self._low = low
        self._high = high
        self._one_typed = False
        self._is_drawn = False

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """The label over the line."""
        return 2

    def typed(self, character: str) -> bool:
        """Take a digit; a 0 right after a 1 makes ten of it."""
        if not (character.isascii() and character.isdecimal()):
            return False
        is_ten = character == "0" and self._one_typed and self.chosen == 1
        self.choose(HIGHEST if is_ten else int(character))
        self._one_typed = character == "1"
        return True

    def on_blur(self) -> None:
        """Begin anew with the digits."""
        self._one_typed = False

    def render(self) -> Content:
        """The label with the value, then the line."""
        width = self.size.width
        value = LEFT_OUT if self.chosen is None else str(self.chosen)
        head = Content.assemble(
            (self._label.ljust(min(_LABEL_CELLS, max(width - 4, 0))), "bold"), " ", (value, "bold $primary")
        )
        if self.has_focus and width >= 72:
            how = "← → or a digit" if self.chosen is None else "Delete leaves it out"
            head += Content.styled(f"   {how}", "$text-muted")
        return Content("\n").join([head.truncate(width, ellipsis=True), self._line(width)])

    def _line(self, width: int) -> Content:
        left, stop, has_ends = self._layout(width)
        pieces: list[Content | tuple[str, str]] = []
        if has_ends:
            pieces.append((f"{self._low.rjust(left - 1)} ", "$text-muted"))
        for place in range((self._count - 1) * stop + 1):
            is_stop = place % stop == 0
            if self.chosen is not None and place == self.chosen * stop:
                pieces.append(("●", "bold $primary"))
            elif self.chosen is not None and place < self.chosen * stop:
                pieces.append(("=", "$primary"))
            else:
                pieces.append(("·" if is_stop and stop > 1 else "─", "$text-muted"))
        if has_ends:
            pieces.append((f" {self._high}", "$text-muted"))
        return Content.assemble(*pieces).truncate(width)

    def _layout(self, width: int) -> tuple[int, int, bool]:
        """The first cell of the line, the cells of a stop, and whether its ends are named."""
        ends = len(self._low) + len(self._high) + 2
        for stop in (_STOP, 3, 2):
            if max(ends, len(self._high) + 17) + (self._count - 1) * stop + 1 <= width:
                return 16, stop, True
        stop = next((one for one in (3, 2) if (self._count - 1) * one + 1 <= width), 1)
        return 0, stop, False

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line; a click on the label leaves the slider out."""
        if event.y == 0:
            self.choose(None)
        elif event.y == 1:
            self._is_drawn = True
            self.capture_mouse()
            self._choose_at(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse while it holds the line."""
        if self._is_drawn:
            self._choose_at(event)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        self._is_drawn = False
        self.release_mouse()

    def _choose_at(self, event: events.MouseEvent) -> None:
        left, stop, _ = self._layout(self.size.width)
        x = event.x - self.gutter.left - left
        self.choose(min(max(round(x / stop), 0), self._count - 1))


class WordRow(ChoiceRow):
    """A label, and words of which one is chosen."""

    def __init__(self, name: str, label: str, words: Sequence[str], chosen: int | None = None) -> None:
        super().__init__(name, label, len(words), chosen)
        self._words = tuple(words)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One line, or the words under the label."""
        return 1 if self._left(width) else 2

    def typed(self, character: str) -> bool:
        """Take the first letter of a word."""
        fitting = [place for place, word in enumerate(self._words) if word.startswith(character.lower())]
        if fitting:
            self.choose(fitting[0])
        return bool(fitting)

    def _left(self, width: int) -> int:
        """The cell in which the words begin; 0 where they stand under the label."""
        words = sum(len(word) + 6 for word in self._words)
        fitting = (left for left in (_QUESTION_CELLS, len(self._label) + 2) if left + words <= width)
        return next((left for left in fitting if left > len(self._label)), 0)

    def render(self) -> Content:
        """The label, and each word with a sign before it."""
        width, words = self.size.width, Content("")
        for place, word in enumerate(self._words):
            is_chosen = place == self.chosen
            sign, style = ("(x)", "bold $primary") if is_chosen else ("( )", "$text-muted")
            words += Content.assemble((f"{sign} {word}", style), "  ")
        left = self._left(width)
        label = Content(self._label)
        if left:
            return (Content(self._label.ljust(left)) + words).truncate(width)
        return Content("\n").join([label.truncate(width, ellipsis=True), words.truncate(width)])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose the word that is clicked, or leave out the one that was chosen."""
        x = event.x - self.gutter.left - self._left(self.size.width)
        for place, word in enumerate(self._words):
            if 0 <= x < len(word) + 6:
                self.choose(None if place == self.chosen else place)
                return
            x -= len(word) + 6
