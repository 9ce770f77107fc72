"""Dialogs of the dose pad: a dose, an effect, a row to change."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.content.pad import Pad
from kapjournal.domain.dosing import COLUMNS, UNITS, Row
from kapjournal.domain.forms import FormField
from kapjournal.domain.parsing import time_from
from kapjournal.errors import KapjournalError
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine


class RowModal(Dialog[Row], Form[Row]):
    """Hands back a row with the values typed, and the time if it was changed. Nothing is judged. What is
    typed is told meanwhile, so that it is kept if the screen has to go."""

    NAME = "details"
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(NAME)
    CSS_PATH = ["dialog.tcss", "dosing_row.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(
        self, heading: str, row: Row, pad: Pad, *, first: str = "", typed: Callable[[Row], object]
    ) -> None:
        """With the cursor in the field `first`, else in the first that is empty."""
        super().__init__()
        self._heading = heading
        self._row = row
        self._pad = pad
        self._first = first
        self._tell = typed

    def compose(self) -> ComposeResult:
        """Two fields a line: each column of the row's kind, and the time."""
        fields = [self._field(column) for column in COLUMNS.get(self._row.kind, ())]
        time = Field(f"{self._row.at:%H:%M}", select_on_focus=True, id="at")
        time.border_title = "Time, as HH:MM"
        fields.append(time)
        with VerticalScroll(classes="sheet"):
            yield Static(shown_line(self._heading), markup=False, classes="heading")
            for at in range(0, len(fields), 2):
                yield Horizontal(*fields[at : at + 2], classes="pair")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Write it down", variant="primary", id="save")
                yield Button("Back", id="back")

    def _field(self, column: FormField) -> Field:
        field = Field(
            self._row.fields.get(column.id, ""),
            placeholder=", ".join(column.answers) or column.help,
            select_on_focus=True,
            id=column.id,
        )
        field.border_title = column.heading
        if words := self._suggestions(column):
            field.suggester = SuggestFromList(words, case_sensitive=False)
        return field

    def _suggestions(self, column: FormField) -> Sequence[str]:
        of_the_clinic = {"route": self._pad.routes, "form": self._pad.forms, "effect": self._pad.effects}
        return column.answers or of_the_clinic.get(column.id, UNITS if column.id == "unit" else ())

    def on_mount(self) -> None:
        """Put the cursor where something is to be typed."""
        fields = list(self.query(Field))
        begins = [one for one in fields if one.id == self._first or not (self._first or one.value)]
        (begins or fields)[0].focus()

    @on(Field.Changed)
    def _typed_something(self) -> None:
        with suppress(KapjournalError):
            self._tell(self._read())

    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        try:
            row = self._read()
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self.dismiss(row)

    def _read(self) -> Row:
        values = {column.id: self._typed(column.id) for column in COLUMNS.get(self._row.kind, ())}
        row = self._row.with_fields(values)
        if (typed := self._typed("at").strip()) == f"{self._row.at:%H:%M}":
            return row
        at = dt.datetime.combine(self._row.at.date(), time_from(typed), self._row.at.tzinfo)
        return replace(row, at=at, steady=None)

    def action_use(self) -> None:
        """Write it down, from whichever field."""
        self.query_one("#save", Button).press()

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).value


class EffectModal(Dialog[str]):
    """Hands back the name of an effect; one that goes on ends by being chosen."""

    def __init__(self, name: str, running: Mapping[str, Row], effects: Sequence[str]) -> None:
        super().__init__()
        self._person = name
        self._goes_on = running
        self._effects = [*effects, *(one for one in running if one not in effects)]

    def compose(self) -> ComposeResult:
        """One row for each; a digit chooses one of the first nine."""
        with VerticalScroll(classes="sheet"):
            yield Static(f"Effect: {shown_line(self._person)}", markup=False, classes="heading")
            yield OptionList(
                *(Option(self._row(number, effect)) for number, effect in enumerate(self._effects, 1)),
                classes="choices",
            )
            yield Static("One that goes on is ended by choosing it.", classes="aside")

    def _row(self, number: int, effect: str) -> Content:
        key = f"{number}" if number < 10 else " "
        began = self._goes_on.get(effect)
        since = f"since {began.at:%H:%M}: ends now" if began else ""
        return Content.assemble(f"{key}  {shown_line(effect):<24}", (since, "$text-muted"))

    def on_mount(self) -> None:
        """Put the cursor on the first."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """Choose one by its digit."""
        digit = int(event.character) if event.character and event.character in "123456789" else 0
        if 0 < digit <= len(self._effects):
            event.stop()  # on the pad the same key says whose turn it is
            event.prevent_default()
            self.dismiss(self._effects[digit - 1])

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._effects[event.option_index])
