"""The command palette (Ctrl+P): the registry's actions for the screen behind it, and the themes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from kapjournal.tui.shell.app import KapApp

_NOT_LISTED = {"command_palette", "back"}


class Commands(Provider):
    """Everything that can be done here, by its sentence. Nothing else is in the palette: no screenshots."""

    def _commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        app = cast("KapApp", self.app)
        for action, node in app.possible(self.screen):
            if action.method not in _NOT_LISTED:
                yield action.sentence, partial(app.run_action, action.method, node)
        for name in sorted(app.themes):
            yield f"Use the theme “{name}”.", partial(app.keep_theme, name)

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for sentence, command in self._commands():
            yield DiscoveryHit(sentence, command)

    async def search(self, query: str) -> Hits:
        """Those that fit what is typed."""
        matcher = self.matcher(query)
        for sentence, command in self._commands():
            if (score := matcher.match(sentence)) > 0:
                yield Hit(score, matcher.highlight(sentence), command)
