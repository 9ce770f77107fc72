"""One entry of a form: its heading, a line of help, what is typed or chosen, and what is wrong with it."""

from collections.abc import Sequence
from typing import Any, Self

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Select, Static, TextArea

from kapjournal.domain.forms import FieldKind, FormField
from kapjournal.text import shown_line
from kapjournal.tui.editor.growing_area import GrowingArea
from kapjournal.tui.widgets.field import Field

Choices = Sequence[tuple[str, str]]
"""Answers: what is shown, and the value."""


class FormEntry(Vertical):
    """Holds its value as it was typed, whatever it is. `name_of` is the id of the field, or says what stands
    around the fields: `date`, say."""

    DEFAULT_CSS = """
    FormEntry {
        height: auto;
        margin-bottom: 1;
        & > .entry-heading { text-style: bold; padding: 0 1; }
        & > .entry-help { color: $text-muted; padding: 0 1; }
        & > .entry-problem { color: $warning; padding: 0 1; display: none; }
    }
    """

    def __init__(
        self,
        name_of: str,
        heading: str,
        value: str,
        *,
        help: str = "",
        kind: FieldKind = FieldKind.TEXT,
        choices: Choices = (),
        must_be: bool = False,
        placeholder: str = "",
        is_suggested: bool = False,
    ) -> None:
        """One that `must_be` chosen has no empty answer. A line that `is_suggested` is replaced by typing,
        as long as nothing in it was changed."""
        super().__init__()
        self.name_of = name_of
        self._heading = heading
        self._help = help
        self._begins = value if is_suggested else ""
        self._control = _control(
            kind, value, choices, must_be=must_be, placeholder=placeholder, is_suggested=is_suggested
        )

    @classmethod
    def of(cls, field: FormField, value: str) -> "FormEntry":
        """The entry of a field of a form. A value that is none of its answers any more can stay."""
        answers = list(field.answers)
        if answers and value and value not in answers:
            answers.append(value)
        return cls(
            field.id,
            field.heading,
            value,
            help=field.help,
            kind=field.kind,
            choices=[(answer, answer) for answer in answers],
            placeholder={FieldKind.DATE: "YYYY-MM-DD", FieldKind.TIME: "HH:MM"}.get(field.kind, ""),
        )

    def compose(self) -> ComposeResult:
        """Heading, help, what is filled in, and a line for what is wrong."""
        yield Static(shown_line(self._heading), markup=False, classes="entry-heading")
        if self._help:
            yield Static(shown_line(self._help), markup=False, classes="entry-help")
        yield self._control
        yield Static("", markup=False, classes="entry-problem")

    @on(Input.Changed)
    def _is_own_now(self, event: Input.Changed) -> None:
        if event.value != self._begins:
            event.input.select_on_focus = False

    @property
    def value(self) -> str:
        """What stands in it, to the letter."""
        if isinstance(self._control, GrowingArea):
            return self._control.body
        value: Any = self._control.value
        return "" if value is Select.NULL else str(value)

    @property
    def cursor(self) -> tuple[int, int]:
        """Line and column of the cursor in it."""
        if isinstance(self._control, GrowingArea):
            return self._control.cursor_location
        return 0, self._control.cursor_position if isinstance(self._control, Field) else 0

    @property
    def is_around(self) -> bool:
        """Whether it is no field of a form, but goes with them."""
        return self.parent is not None and self.parent.id == "around"

    def offer(self, choices: Choices) -> None:
        """Name the answers otherwise; what is chosen stays."""
        if isinstance(self._control, Select):
            chosen = self.value
            with self.prevent(Select.Changed):
                self._control.set_options([(Text(shown_line(said)), answer) for said, answer in choices])
                if chosen:
                    self._control.value = chosen

    def go_to(self, row: int = 0, column: int = 0) -> None:
        """Put the cursor into it."""
        if isinstance(self._control, GrowingArea):
            self._control.move_cursor(self._control.clamp_visitable((row, column)))
        elif isinstance(self._control, Field):
            self._control.cursor_position = column
        self.focus()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the cursor into it, to where it was in it."""
        self._control.focus(scroll_visible)
        return self

    def add(self, words: str) -> None:
        """Put words below those that stand in it, and the cursor behind them."""
        if isinstance(self._control, GrowingArea):
            end = self._control.document.end
            self._control.insert(f"\n\n{words}" if self._control.body.strip() else words, end)
            self.go_to(*self._control.document.end)

    @property
    def line(self) -> str:
        """The line the cursor is in."""
        if isinstance(self._control, GrowingArea):
            return self._control.document.get_line(self._control.cursor_location[0])
        return self.value

    def put_lines(self, lines: Sequence[str]) -> None:
        """Put lines below that of the cursor, or in its place if it is empty, and the cursor behind them."""
        if isinstance(self._control, GrowingArea):
            row, words = self._control.cursor_location[0], "\n".join(lines)
            end = (row, len(self.line))
            begin, words = (end, f"\n{words}") if self.line.strip() else ((row, 0), words)
            self.go_to(*self._control.replace(words, begin, end).end_location)

    def say(self, problem: str) -> None:
        """Name what is wrong with it; nothing, if nothing is."""
        line = self.query_one(".entry-problem", Static)
        if problem or line.display:  # not at every key: the page would be laid out anew
            line.update(shown_line(problem))
            line.display = bool(problem)

    def empty(self) -> None:
        """Forget what stands in it, and every step back to that."""
        self._begins = ""
        with self.prevent(TextArea.Changed, Input.Changed, Select.Changed):
            if isinstance(self._control, GrowingArea):
                self._control.empty()
            elif isinstance(self._control, Field):
                self._control.value = ""
            else:
                self._control.set_options([("", "")])


def _control(
    kind: FieldKind, value: str, choices: Choices, *, must_be: bool, placeholder: str, is_suggested: bool
) -> "GrowingArea | Field | Select[str]":
    if choices:
        options = [(Text(shown_line(said)), answer) for said, answer in choices]
        if must_be:
            return Select(options, value=value, allow_blank=False)
        return Select(options, value=value or Select.NULL, prompt="not answered")
    if kind in (FieldKind.LINE, FieldKind.DATE, FieldKind.TIME):
        return Field(value, placeholder=placeholder, select_on_focus=is_suggested)
    return GrowingArea(value, placeholder=placeholder)
