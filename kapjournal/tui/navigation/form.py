"""What screens and dialogs with fields have in common: Enter, and what is said of a field left empty."""

from typing import Generic

from textual import on
from textual.widgets import Button, Input

from kapjournal.tui.navigation.base_screen import Answer, BaseScreen
from kapjournal.tui.widgets.field import Field


class Form(BaseScreen[Answer], Generic[Answer]):
    """A form: Enter goes from a field to what comes next, and in the last field does what the first button
    does. A field that has to be filled in keeps the cursor until it is."""

    @on(Input.Submitted)
    def _field_done(self, event: Input.Submitted) -> None:
        if event.input not in self._fields or self._lacks(event.input):
            return
        if self.is_last(event.input):
            self.action_first_button()
        else:
            self.focus_next()

    def is_last(self, field: Input) -> bool:
        """Whether nothing has to be filled in after a field: then Enter in it does it."""
        return field is self._fields[-1]

    def action_first_button(self) -> None:
        """Do what the first button says, also from a field of several lines, where Enter begins another."""
        self.query_one("Button.-primary", Button).press()

    @property
    def is_complete(self) -> bool:
        """Whether no field is empty that has to be filled in; the first that is says so."""
        return not any(self._lacks(field) for field in self._fields)

    @property
    def _fields(self) -> list[Input]:
        return [widget for widget in self.focus_chain if isinstance(widget, Input)]

    def _lacks(self, field: Input) -> bool:
        if not isinstance(field, Field) or not field.missing or field.value.strip():
            return False
        self.say_error(field.missing, field)
        return True
