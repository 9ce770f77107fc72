"""A screen explained in sentences, with its keys."""

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kapjournal.text import shown
from kapjournal.tui import actions
from kapjournal.tui.actions import Action
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
    """The sentences of one room, and the keys of what can be done there now."""

    def __init__(self, text: str, possible: Iterable[Action], keys: Mapping[str, str]) -> None:
        """`keys` are those a person changed, by action."""
        super().__init__("What this is", actions.with_keys(text, keys))
        self._possible = possible
        self._changed = keys

    def compose_more(self) -> ComposeResult:
        """The keys."""
        keys = {action: actions.keys_of(action, self._changed) for action in self._possible}
        lines = [
            Content.assemble((f"{actions.key_name(key):<8}", "$primary"), action.sentence)
            for action, key in keys.items()
        ]
        yield Static(Content("\n").join(lines), markup=False, classes="gap")
