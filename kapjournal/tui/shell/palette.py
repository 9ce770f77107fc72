"""The command palette (Ctrl+P): the registry's actions for the screen behind it, and the themes."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from kapjournal.tui.actions import Action

_NOT_LISTED = {"command_palette", "back"}


class PaletteApp(Protocol):
    """The app as the palette sees it."""

    @property
    def theme_names(self) -> Collection[str]:
        """The themes that can be used."""

    def keep_theme(self, name: str) -> None:
        """Change the colours for good."""

    def available_actions(self, screen: "Screen[Any]") -> "Iterator[tuple[Action, DOMNode]]":
        """What can be done on a screen this moment, and who does it."""

    async def run_action(self, action: str, default_namespace: "DOMNode") -> bool:
        """Do it."""


class Commands(Provider):
    """Everything that can be done here, by its sentence. Nothing else is in the palette: no screenshots."""

    def _commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        app = cast("PaletteApp", self.app)
        for action, node in app.available_actions(self.screen):
            if action.method not in _NOT_LISTED:
                yield action.sentence, partial(app.run_action, action.method, node)
        for name in sorted(app.theme_names):
            yield f"Use the theme “{name}”.", partial(app.keep_theme, name)

    async def discover(self) -> Hits:
        """Offer every command, before anything is typed."""
        for sentence, command in self._commands():
            yield DiscoveryHit(sentence, command)

    async def search(self, query: str) -> Hits:
        """Offer the commands that fit what is typed."""
        matcher = self.matcher(query)
        for sentence, command in self._commands():
            if (score := matcher.match(sentence)) > 0:
                yield Hit(score, matcher.highlight(sentence), command)
