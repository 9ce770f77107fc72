"""The command palette (Ctrl+P): the registry's actions for the screen behind it, and the themes."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kapjournal.tui import actions
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.shell.palette_words import OF_THE_JOURNAL, OTHER_WORDS

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from kapjournal.tui.actions import Action

_NOT_LISTED = {"command_palette", "back"}
_WORD = re.compile(r"\w+")


class PaletteApp(Protocol):
    """The app as the palette sees it."""

    @property
    def theme_names(self) -> Collection[str]:
        """The themes that can be used."""

    @property
    def changed_keys(self) -> Mapping[str, str]:
        """The keys the person gave to actions, by the action's id."""

    def keep_theme(self, name: str) -> None:
        """Change the colours for good."""

    def available_actions(self, screen: "Screen[Any]") -> "Iterator[tuple[Action, DOMNode]]":
        """What can be done on a screen this moment, and who does it."""

    async def run_action(self, action: str, default_namespace: "DOMNode") -> bool:
        """Do it."""


@dataclass(frozen=True, slots=True)
class _Command:
    sentence: str
    key: str
    names: str
    """The words it is called by, most usual first."""
    more: str
    """Other words a person may look for."""
    run: Callable[[], object]

    @property
    def line(self) -> Content:
        return Content.assemble((f"{self.key:<8}", "$primary"), self.sentence)

    def score(self, typed: list[str]) -> int:
        """3 if every typed word begins a word of the name, 2 if one of those beside it, 1 of the sentence."""
        words = ""
        for score, further in ((3, self.names), (2, self.more), (1, self.sentence)):
            words += f" {further}"
            there = _words(words)
            if all(any(word.startswith(one) for word in there) for one in typed):
                return score
        return 0

    def resembles(self, typed: list[str]) -> bool:
        """Whether every typed word is much like one of its words, as after a slip."""
        words = _words(f"{self.names} {self.more} {self.sentence}")
        return all(get_close_matches(one, words, cutoff=0.75) for one in typed)


class Commands(Provider):
    """Everything that can be done here, with its key. Nothing else is in the palette: no screenshots."""

    def _offered(self) -> "Iterator[tuple[Action, DOMNode]]":
        seen = set(_NOT_LISTED)
        for action, node in (*self._app.available_actions(self.screen), *_of_the_journal(self.screen)):
            if action.method not in seen:
                seen.add(action.method)
                yield action, node

    @property
    def _app(self) -> PaletteApp:
        return cast("PaletteApp", self.app)

    def _commands(self) -> Iterator[_Command]:
        app = self._app
        for action, node in self._offered():
            key = actions.key_name(actions.keys_of(action, app.changed_keys))
            run = partial(app.run_action, action.method, node)
            names, more = f"{action.label} {action.id}", OTHER_WORDS.get(action.id, "")
            yield _Command(action.sentence, key, names, more, run)
        for name in sorted(app.theme_names):
            sentence = f"Use the theme “{name}”."
            yield _Command(sentence, "", f"theme {name}", "colours", partial(app.keep_theme, name))

    async def discover(self) -> Hits:
        """Offer every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.line, command.run, command.sentence)

    async def search(self, query: str) -> Hits:
        """Offer the commands with words that begin with what is typed, the best named first; if there is
        none, those with words much like it."""
        commands, typed = list(self._commands()), _words(query)
        found = [(command, score) for command in commands if (score := command.score(typed))]
        for command, score in found or [(one, 1) for one in commands if one.resembles(typed)]:
            yield Hit(score, command.line, command.run, command.sentence)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _of_the_journal(screen: "Screen[Any]") -> "Iterator[tuple[Action, DOMNode]]":
    """What can be done with the whole journal from a screen that lies over the course."""
    course = next((one for one in screen.app.screen_stack if getattr(one, "NAME", "") == "course"), None)
    if course is not None and isinstance(screen, JournalScreen) and not getattr(screen, "busy", False):
        for action in actions.of("course"):
            if action.id in OF_THE_JOURNAL and course.check_action(action.method, ()):
                yield action, course
