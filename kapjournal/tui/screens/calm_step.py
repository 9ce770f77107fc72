"""A step of beginning: a heading, a few words and a button with the focus."""

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine


class CalmStep(AppScreen):
    """In the middle of an empty screen. What is decided first is done, and nothing else."""

    CSS_PATH = "calm_step.tcss"
    _is_decided = False

    def compose_calmly(self, heading: str, words: str, *buttons: Button) -> ComposeResult:
        """What is decided, what goes with it, and the ways."""
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static(heading, markup=False, classes="heading")
            yield Static(words, markup=False)
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield from buttons
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the first button, so that Enter goes on."""
        self.query(Button).first().focus()

    def decide(self, act: Callable[[], Awaitable[object]]) -> None:
        """Leave this step by one of its ways; another button pressed in the same moment does nothing."""
        if not self._is_decided:
            self._is_decided = True
            self.app.call_later(act)
