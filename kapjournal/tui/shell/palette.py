"""The command palette (Ctrl+P): the registry's actions, done or explained, and the themes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kapjournal.presentation.crisis_notice import not_monitored
from kapjournal.tui import actions
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.shell.palette_words import (
    DARK_WORDS,
    EMERGENCY_WORDS,
    LETTERS,
    LETTERS_WORDS,
    LIGHT_WORDS,
    OF_A_COUPLE,
    OF_THE_JOURNAL,
    ONCE_OPEN,
    OTHER_WORDS,
    WHERE,
)

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme

    from kapjournal.config import Settings
    from kapjournal.tui.actions import Action

_NOT_LISTED = {"command_palette", "back"}
_WORD = re.compile(r"\w+")
_NO_KEY = " " * 8


class PaletteApp(Protocol):
    """The app as the palette sees it."""

    settings: "Settings"
    themes: "Mapping[str, Theme]"
    """The themes that can be used, by name."""

    @property
    def changed_keys(self) -> Mapping[str, str]:
        """The keys the person gave to actions, by the action's id."""

    def keep_theme(self, name: str) -> None:
        """Change the colours for good."""

    @property
    def in_a_practice(self) -> bool:
        """Whether a practice is open, or a couple's journal through one."""

    def with_keys(self, text: str) -> str:
        """A sentence with the keys it names."""

    def say(self, sentence: str) -> None:
        """Say something on the screen the person is on."""

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
    why_not: str = ""
    """Why it cannot be done here and now; then that is said in its stead."""

    @property
    def line(self) -> Content:
        if self.why_not:
            return Content.styled(f"{_NO_KEY}{self.sentence}\n{_NO_KEY}{self.why_not}", "$text-muted")
        return Content.assemble((f"{self.key:<8}", "$primary"), self.sentence)

    def score(self, typed: list[str]) -> float:
        """3 if every typed word begins a word of the name, 2 if one of those beside it, 1 of the sentence; 3
        more for what can be done here, and a little for what is called so most."""
        called = 0.5 if typed == self.names.lower().split()[:1] else 0
        words = ""
        for score, further in ((3, self.names), (2, self.more), (1, self.sentence)):
            words += f" {further}"
            there = _words(words)
            if all(any(word.startswith(one) for word in there) for one in typed):
                return score + called + (0 if self.why_not else 3)
        return 0

    def resembles(self, typed: list[str]) -> bool:
        """Whether every typed word is much like one of its words, as after a slip."""
        words = _words(f"{self.names} {self.more} {self.sentence}")
        return all(get_close_matches(one, words, cutoff=0.75) for one in typed)


class Commands(Provider):
    """Everything that can be done, here with its key. Nothing else is in the palette: no screenshots."""

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
        """What can be done here."""
        app = self._app
        for action, node in self._offered():
            key = actions.key_name(actions.keys_of(action, app.changed_keys))
            run = partial(app.run_action, action.method, node)
            yield _Command(action.sentence, key, *_names(action), run)
        for name, theme in sorted(app.themes.items()):
            sentence = f"Use the theme “{name}” ({'dark' if theme.dark else 'light'})."
            words = DARK_WORDS if theme.dark else LIGHT_WORDS
            yield _Command(sentence, "", f"theme {name}", words, partial(app.keep_theme, name))

    def _further(self) -> Iterator[_Command]:
        """What can be done elsewhere or later, and what the program does not do; each says so."""
        app = self._app
        offered = {action.method for action, _ in self._offered()}
        for action in actions.ACTIONS:
            if action.method not in offered | _NOT_LISTED and (why_not := _why_not(self.screen, action)):
                offered.add(action.method)
                sentence = app.with_keys(why_not)
                yield _Command(action.sentence, "", *_names(action), partial(app.say, sentence), sentence)
        size, how = LETTERS
        yield _Command(size, "", "", LETTERS_WORDS, partial(app.say, f"{size} {how}"), how)
        emergency = not_monitored(app.settings.country)
        yield _Command(emergency, "", "", EMERGENCY_WORDS, partial(app.say, emergency))

    async def discover(self) -> Hits:
        """Offer every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.line, command.run, command.sentence)

    async def search(self, query: str) -> Hits:
        """Offer the commands with words that begin with what is typed, the best named first; if there is
        none, those with words much like it."""
        commands, typed = [*self._commands(), *self._further()], _words(query)
        found = [(command, score) for command in commands if (score := command.score(typed))]
        for command, score in found or [(one, 1) for one in commands if one.resembles(typed)]:
            yield Hit(score, command.line, command.run, command.sentence)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _names(action: "Action") -> tuple[str, str]:
    return f"{action.label} {action.id}", OTHER_WORDS.get(action.id, "")


def _course_under(screen: "Screen[Any]") -> "Screen[Any] | None":
    """The course of the open journal, if there is one and the screen has to do with it."""
    if getattr(screen, "IS_RECORD", False):
        return None
    return next((one for one in screen.app.screen_stack if getattr(one, "NAME", "") == "course"), None)


def _of_the_journal(screen: "Screen[Any]") -> "Iterator[tuple[Action, DOMNode]]":
    """What can be done with the whole journal from a screen that lies over the course."""
    course = _course_under(screen)
    if course is not None and isinstance(screen, JournalScreen) and not getattr(screen, "busy", False):
        for action in actions.of("course"):
            if action.id in OF_THE_JOURNAL and course.check_action(action.method, ()):
                yield action, course


def _why_not(screen: "Screen[Any]", action: "Action") -> str:
    """Why an action cannot be done on a screen this moment; empty if there is nothing to say of it."""
    course = _course_under(screen)
    whose = course or screen
    if isinstance(whose, JournalScreen) and not whose.is_for_me(action.id):
        return ""
    here = screen if getattr(screen, "NAME", "") in action.screens else None
    if here is None and action.id in OF_THE_JOURNAL and isinstance(screen, JournalScreen):
        here = course
    if here is not None:
        return here.why_not(action.method) if isinstance(here, JournalScreen) else ""
    if action.id in actions.OF_A_PRACTICE:
        return ""
    where = next((said for name, said in WHERE.items() if name in action.screens), "")
    if not where or course is not None or "doors" in action.screens:
        return where
    return OF_A_COUPLE if cast("PaletteApp", screen.app).in_a_practice else ONCE_OPEN
