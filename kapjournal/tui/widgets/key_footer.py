"""The line of keys at the foot of a screen."""

from collections.abc import Sequence

from textual.screen import Screen
from textual.widgets import Footer


class KeyFooter(Footer):
    """A footer that is composed anew only when a key it shows has changed.

    Textual's own is rebuilt whenever the focus moves or an action is refreshed: a dozen widgets, laid out and
    styled, which is most of what a key pressed in a list costs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[object] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Ask for a new footer if it would look or act differently."""
        shown: dict[str, tuple[object, ...]] = {}  # by action: of several keys for one, the first is shown
        for key, (_, binding, enabled, tooltip) in screen.active_bindings.items():
            if binding.show or key == screen.app.COMMAND_PALETTE_BINDING:
                shown.setdefault(binding.action, (binding, enabled, tooltip))
        if (in_order := list(shown.values())) != self._shown:
            if screen.app.app_focus and self.is_attached and screen is self.screen:
                self._shown = in_order
            super().bindings_changed(screen)
