"""Dialogs of sentences to read; one explains a screen and its keys."""

from collections.abc import Iterable, Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kapjournal.text import shown
from kapjournal.tui import actions
from kapjournal.tui.actions import Action
from kapjournal.tui.modals.dialog import Dialog


class TextModal(Dialog[None]):
    """A dialog of sentences; Escape or Enter closes it."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The title over the text."""
        with VerticalScroll(classes="sheet"):
            yield Static(self._title, markup=False, classes="heading")
            yield Static(shown(self._text), markup=False)
            yield from self.compose_more()
            yield Static("Esc closes this.", markup=False, classes="aside")

    def compose_more(self) -> ComposeResult:
        """Further lines, for a subclass to give."""
        yield from ()

    def key_enter(self, event: events.Key) -> None:
        """Close the dialog."""
        self.close_with(event)


class HelpModal(TextModal):
    """The sentences of one screen, and the keys of what can be done there now."""

    def __init__(self, text: str, possible: Iterable[Action], keys: Mapping[str, str]) -> None:
        """`keys` are those the person changed, by action."""
        super().__init__("What this is", actions.with_keys(text, keys))
        self._possible = possible
        self._changed = keys

    def compose_more(self) -> ComposeResult:
        """A line for each key."""
        keys = {action: actions.keys_of(action, self._changed) for action in self._possible}
        lines = [
            Content.assemble((f"{actions.key_name(key):<8}", "$primary"), action.sentence)
            for action, key in keys.items()
        ]
        yield Static(Content("\n").join(lines), markup=False, classes="gap")
