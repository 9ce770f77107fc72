"""A dialog for the kind of a note, or a topic for it, with one sentence for each."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.content.topics import Topic
from kapjournal.domain.notes import NoteKind
from kapjournal.presentation.notes import KIND_IN_WORDS
from kapjournal.text import shown_line
from kapjournal.tui.modals.dialog import Dialog


class KindModal(Dialog[NoteKind | Topic]):
    """Hands back the kind or the topic that was chosen."""

    def __init__(self, kinds: Sequence[NoteKind], topics: Sequence[Topic], chosen: NoteKind) -> None:
        super().__init__()
        self._kinds = kinds
        self._topics = topics
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """One row for each kind, and below them one for each topic."""
        with VerticalScroll(classes="sheet"):
            yield Static("What is this page?", markup=False, classes="heading")
            yield OptionList(
                *(_row(kind.value, KIND_IN_WORDS[kind], kind.value) for kind in self._kinds),
                *(_row(one.name, f"a page on {shown_line(one.sentence)}") for one in self._topics),
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
        place = event.option_index - len(self._kinds)
        self.dismiss(self._kinds[place] if place < 0 else self._topics[place])


def _row(name: str, sentence: str, row_id: str | None = None) -> Option:
    return Option(Content.assemble(f"{name.capitalize():<14}", (sentence, "$text-muted")), id=row_id)
