"""An app that takes what is typed key by key: the next one once all that the one before it began is done.

Textual hands every key that is waiting to what has the focus now. Of keys that come in one burst, those after
the one that opens a form would be lost, or land in the field that happened to be there first.

Private name used here, since nothing public leads to it:

- `MessagePump._pending_message`: a message that was taken out of a queue and is not handled yet.
"""

import asyncio
from collections import deque
from time import monotonic

from textual import events
from textual.app import App

from kapjournal.tui.textual_internals.taken_away import is_being_taken_away

PATIENCE = 1.0
"""How long, in seconds, the keys wait at most for one step: nothing that is stuck may keep a person from
leaving. A step that ends gives the next one its time, or a slow computer would lose the end of a burst."""


class KeysInTurnApp(App[int], inherit_bindings=False):
    """An app whose keys and pastes wait for each other."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Event] = deque()
        self._latest = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed wait for its turn; what a widget has had already bubbles on. Once the app is
        ending nothing is there to take it."""
        if isinstance(event, events.InputEvent | events.Paste) and self._is_ending:
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if len(self._typed) == 1:
            self._latest = monotonic() + PATIENCE
            await self._take_next()

    async def _take_next(self) -> None:
        is_at_work = self._is_at_work()
        if is_at_work and monotonic() < self._latest:
            await asyncio.sleep(0)
            self.call_later(self._take_next)
            return
        if not is_at_work:
            self._latest = monotonic() + PATIENCE
        try:
            if not self._is_ending:
                await super().on_event(self._typed[0])
        finally:
            self._typed.popleft()
            if self._typed:
                self.call_later(self._take_next)

    @property
    def _is_ending(self) -> bool:
        screens = self.screen_stack
        return not screens or is_being_taken_away(screens[-1])

    def _is_at_work(self) -> bool:
        """Whether the app or something on its screens has a message yet to handle."""
        screens = (node for screen in self.screen_stack for node in screen.walk_children(with_self=True))
        return any(node.message_queue_size or node._pending_message for node in (self, *screens))
