"""A dialog with a few lines of which one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.text import shown_line
from kapjournal.tui.modals.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: what it hands back, what it is called, and something beside that."""

    id: str
    name: str
    beside: str = ""


class ChoiceModal(Dialog[str]):
    """Hands back the id of what was chosen."""

    def __init__(self, question: str, choices: Sequence[Choice], chosen: str = "", aside: str = "") -> None:
        """With the cursor on what is `chosen`."""
        super().__init__()
        self._question = question
        self._choices = choices
        self._first = chosen
        self._aside = aside

    def compose(self) -> ComposeResult:
        """The question, a row for each choice, and a sentence below."""
        width = max((len(choice.name) for choice in self._choices), default=0) + 2
        with VerticalScroll(classes="sheet"):
            yield Static(self._question, markup=False, classes="heading")
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            Content(shown_line(choice.name).ljust(width)),
                            Content.styled(shown_line(choice.beside), "$text-muted"),
                        ),
                        id=choice.id,
                    )
                    for choice in self._choices
                ),
                classes="choices",
            )
            if self._aside:
                yield Static(self._aside, markup=False, classes="aside")

    def on_mount(self) -> None:
        """Put the cursor on the present choice."""
        rows, ids = self.query_one(OptionList), [choice.id for choice in self._choices]
        rows.highlighted = ids.index(self._first) if self._first in ids else 0
        rows.focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
