"""A dialog for the kind of a note, with one sentence for each."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.notes import NoteKind
from kapjournal.presentation.notes import KIND_IN_WORDS
from kapjournal.tui.modals.dialog import Dialog


class KindModal(Dialog[NoteKind]):
    """Hands back the kind that was chosen."""

    def __init__(self, kinds: Sequence[NoteKind], chosen: NoteKind) -> None:
        super().__init__()
        self._kinds = kinds
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """One row for each kind."""
        with VerticalScroll(classes="sheet"):
            yield Static("What is this page?", markup=False, classes="heading")
            yield OptionList(
                *(
                    Option(
                        Content.assemble(f"{kind.capitalize():<14}", (KIND_IN_WORDS[kind], "$text-muted")),
                        id=kind.value,
                    )
                    for kind in self._kinds
                ),
                classes="choices",
            )
            yield Static("Its prompts stand above the page. Nothing else changes.", classes="aside")

    def on_mount(self) -> None:
        """Put the cursor on the present kind."""
        rows = self.query_one(OptionList)
        rows.highlighted = self._kinds.index(self._chosen) if self._chosen in self._kinds else 0
        rows.focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(NoteKind(event.option.id or ""))
