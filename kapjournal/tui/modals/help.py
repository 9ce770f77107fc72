"""A screen explained in sentences, with its keys."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kapjournal.text import shown
from kapjournal.tui import actions
from kapjournal.tui.modals.dialog import Dialog


class TextModal(Dialog[None]):
    """Some sentences to read; Escape or Enter closes them."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with VerticalScroll(classes="sheet"):
            yield Static(self._title, markup=False, classes="heading")
            yield Static(shown(self._text), markup=False)
            yield from self.compose_more()
            yield Static("Esc closes this.", markup=False, classes="said")

    def compose_more(self) -> ComposeResult:
        """Further lines; none here."""
        yield from ()

    def key_enter(self) -> None:
        """Close."""
        self.dismiss(None)


class HelpModal(TextModal):
    """The sentences of one room and all its keys."""

    def __init__(self, room: str, text: str) -> None:
        super().__init__("What this is", text)
        self._room = room

    def compose_more(self) -> ComposeResult:
        """The keys."""
        known = {action.name: action for action in (*actions.of(actions.APP), *actions.of(self._room))}
        lines = [
            Content.assemble((f"{actions.key_name(action.keys):<8}", "$primary"), action.sentence)
            for action in known.values()
        ]
        yield Static(Content("\n").join(lines), markup=False, classes="gap")
