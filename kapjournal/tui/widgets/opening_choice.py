"""A choice of the day on which a letter or a decision opens."""

import datetime as dt

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Select, Static

from kapjournal.domain.notes import NoteKind
from kapjournal.presentation import opening
from kapjournal.tui.widgets.field import Field


class OpeningChoice(Horizontal):
    """One line: after some days, or on a day that is typed. A new page can do without."""

    def __init__(self, kind: NoteKind, opens: dt.date | None, *, is_new: bool) -> None:
        super().__init__()
        self._kind = kind
        self._opens = opens
        self._is_new = is_new

    def compose(self) -> ComposeResult:
        """What can be chosen, and a field for a day."""
        yield Static("Opens", markup=False, classes="caption")
        yield Select(self._options, value=self._first, allow_blank=False, compact=True, id="opening")
        typed = self._opens.isoformat() if self._opens else ""
        yield Field(
            typed, placeholder="YYYY-MM-DD", select_on_focus=True, missing=opening.IN_FULL, id="opens-on"
        )

    @property
    def _options(self) -> list[tuple[str, str]]:
        choices = opening.choices_of_opening(self._kind, is_new=self._is_new)
        return [(words, choice) for choice, words in choices.items()]

    @property
    def _first(self) -> str:
        choices = [choice for _, choice in self._options]
        chosen = opening.choice_of(self._opens, self._kind)
        return chosen if chosen in choices else choices[0]

    def on_mount(self) -> None:
        """Ask for a day where one is to be typed."""
        self._chosen()

    def show(self, kind: NoteKind) -> None:
        """Offer what there is for this kind."""
        if kind is not self._kind:
            self._kind = kind
            select = self.query_one("#opening", Select)
            select.set_options(self._options)
            select.value = self._first

    @on(Select.Changed, "#opening")
    def _chosen(self) -> None:
        self.query_one("#opens-on").display = self._choice == opening.ON_THE_DAY

    @property
    def _choice(self) -> str:
        return str(self.query_one("#opening", Select).value)

    @property
    def day(self) -> dt.date | None:
        """The day that is chosen, None for the usual one or none (`UsageError`)."""
        return opening.opening_of(self._choice, self._kind, self.query_one("#opens-on", Field).value)
