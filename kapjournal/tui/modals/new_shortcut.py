"""A dialog that gives an action another key."""

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kapjournal.tui import actions, custom_keys
from kapjournal.tui.actions import Action
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine


class NewKeyModal(Dialog[str]):
    """Hands back the key that was pressed, once it is one the action can have."""

    AUTO_FOCUS = ""
    """Nothing has the focus: every key is an answer."""

    def __init__(self, action: Action, changed: Mapping[str, str]) -> None:
        """`changed` are the keys the person has changed so far."""
        super().__init__()
        self._action = action
        self._changed = changed

    def compose(self) -> ComposeResult:
        """The action, and what to do."""
        now = actions.key_name(actions.keys_of(self._action, self._changed))
        with Vertical(classes="sheet"):
            yield Static(self._action.sentence, markup=False, classes="heading")
            yield Static(f"Now it is {now}. Press the new key, or Esc to leave it.", markup=False)
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(f"Back to {actions.key_name(self._action.keys)}", id="ours")

    async def on_event(self, event: events.Event) -> None:
        """Take every key but Escape; those that lock and leave have worked before one arrives here."""
        if isinstance(event, events.Key) and event.key != "escape":
            event.stop().prevent_default()
            self._pressed(event.key)
        else:
            await super().on_event(event)

    def _pressed(self, key: str) -> None:
        """Take a key; the one the action came with gives it all of those back."""
        key = self._action.keys if key in self._action.keys.split(",") else key
        if no := custom_keys.why_not(self._action, key, self._changed):
            self.say_error(no)
        else:
            self.dismiss(key)

    @on(Button.Pressed, "#ours")
    def _ours(self) -> None:
        self._pressed(self._action.keys)
