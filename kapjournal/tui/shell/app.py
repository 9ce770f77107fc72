"""Wiring: which screen is shown, and what the person may do from everywhere."""

import asyncio
import signal
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.theme import Theme

from kapjournal import config
from kapjournal.config import Loaded, Settings
from kapjournal.errors import CannotSave
from kapjournal.tui import actions, custom_keys
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.shell.journal_app import JournalApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.shell.theme import DEFAULT, Themes

if TYPE_CHECKING:
    from kapjournal.domain.ids import MemberId
    from kapjournal.domain.signing import Signer
    from kapjournal.journal import KdfStrength
    from kapjournal.tui.navigation.shell_protocol import Shell


STOPS = [
    getattr(signal, name)
    for name in ("SIGTERM", "SIGINT", "SIGQUIT", "SIGABRT", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
]
"""What another program may send to end this one: each seals the page and clears the screen. (A real abort
ends the process all the same.)"""

_CURSORS_WITHOUT_COLOURS = {
    "block-cursor-text-style": "bold underline",
    "block-cursor-blurred-text-style": "bold",
    "input-cursor-text-style": "reverse",
}


class KapApp(JournalApp, inherit_bindings=False):
    """The program in a terminal."""

    TITLE = "kapjournal"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-roomy")]  # noqa: RUF012
    COMMANDS = {Commands}  # noqa: RUF012 - Textual's form
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(actions.APP),
        Binding("ctrl+c", "how_to_leave", show=False, system=True),
    ]

    def __init__(
        self,
        loaded: Loaded,
        themes: Themes,
        *,
        path: Path | None = None,
        label: str | None = None,
        notice: str = "",
        record_folder: Path | None = None,
        strength: "KdfStrength | None" = None,
    ) -> None:
        super().__init__(loaded.settings.lock_minutes)
        self.record_folder = record_folder
        self.strength = strength
        self.settings = loaded.settings
        self.notices: dict[Path, str] = {}
        self.signers: dict[MemberId, Signer] = {}
        self.stretches: dict[str, tuple[int, dict[int, float]]] = {}
        self.themes: Mapping[str, Theme] = themes.by_name
        self._start = (path, label, notice)
        self._complaints = [*loaded.complaints, *themes.complaints]
        self._complaints += self.use_keys(loaded.settings.keys)
        for theme in self.themes.values():
            self.register_theme(theme)
        if not self.use_theme(loaded.settings.theme) and self.use_theme(DEFAULT):
            self._complaints.append(f"There is no theme “{loaded.settings.theme}”; this is “{DEFAULT}”.")

    # colours

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the theme, with other cursors where there are no colours."""
        variables = super().get_css_variables()
        return {**variables, **_CURSORS_WITHOUT_COLOURS} if self.no_color else variables

    # screens

    async def on_mount(self) -> None:
        """Show the first screen; nothing slow has been imported yet."""
        if self.no_color or (not self.is_headless and self.console.color_system in (None, "standard")):
            self.drop_colours()
        if not self.is_headless and sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in STOPS:
                loop.add_signal_handler(number, self.call_later, self.signalled, number)
            signal.signal(signal.SIGHUP, self.hung_up)
            self.set_interval(1.0, self.leave_with_the_terminal)
        self.set_interval(1.0, self.lock_if_nobody_is_there)
        await self.push_screen(self._first_route().make())
        self.call_after_refresh(self._complain)

    def _complain(self) -> None:
        """Name what is wrong in the person's own files, once something is painted."""
        from kapjournal.content.complaints import complaints  # noqa: PLC0415

        said = [*self._complaints, *complaints()]
        if said:
            self.say_error(" ".join(said))

    def _first_route(self) -> Route:
        from kapjournal import paths  # noqa: PLC0415

        path, label, notice = self._start
        nearby = [path] if path is not None else paths.journals_nearby()
        if not nearby:
            return routes.WelcomeRoute()
        if (first := paths.opened_first(nearby)) is None:
            return routes.ChooseJournalRoute(nearby)
        return routes.DoorsRoute(first, label=label, notice=notice)

    # settings

    @property
    def theme_names(self) -> Collection[str]:
        """The themes that can be used, in the order they were read."""
        return self.themes.keys()

    def use_theme(self, name: str) -> bool:
        """Change the colours; False if there is no such theme."""
        if name not in self.themes:
            return False
        self.theme = name
        return True

    def use_keys(self, given: Mapping[str, str]) -> list[str]:
        """Give actions the keys a person chose; returns a sentence for each that cannot be had."""
        self.changed_keys, complaints = custom_keys.usable(given)
        self.set_keymap(self.changed_keys)
        return complaints

    def change_settings(self, settings: Settings) -> None:
        """Let settings work from now on, and keep them in the settings file (`CannotSave`)."""
        self.settings = settings
        self.use_theme(settings.theme)
        self.use_keys(settings.keys)
        self.lock_after(settings.lock_minutes)
        config.save(settings)

    def keep_theme(self, name: str) -> None:
        """Change the colours for good."""
        try:
            self.change_settings(replace(self.settings, theme=name))
        except CannotSave as error:
            self.say_error(str(error))

    def with_keys(self, text: str) -> str:
        """A sentence with the keys it names: “Press {write} to write.”"""
        return actions.with_keys(text, self.changed_keys)

    # actions

    async def action_write(self) -> None:
        """Begin a new note."""
        await self.write_note()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs an open journal while there is none, and a second page over the first."""
        if action == "lock":
            return self.guards_something
        if action == "leave_couple":
            is_inside = self._practice is not None or self._in_the_record
            return is_inside and not getattr(self.screen, "busy", False)
        if action == "write" and (self._writes_nothing or getattr(self.screen, "busy", False)):
            return False
        return not (action == "write" and self.writing_screen is not None)

    async def action_leave_couple(self) -> None:
        """Go back to the couples of the practice."""
        await self.leave_couple()

    async def action_help(self) -> None:
        """Explain the screen or dialog the person is on."""
        from kapjournal.tui.modals.dialog import Dialog  # noqa: PLC0415
        from kapjournal.tui.modals.help import HelpModal  # noqa: PLC0415

        screen = self.screen
        if isinstance(screen, AppScreen | Dialog) and not isinstance(screen, HelpModal):
            available = [action for action, _ in self.available_actions(screen)]
            more = screen.HELP_IN_A_PRACTICE if isinstance(screen, AppScreen) and self.in_a_practice else ""
            text = f"{screen.HELP}\n\n{more}" if more else screen.HELP
            await self.push_screen(HelpModal(text, available, self.changed_keys))

    async def action_crisis(self) -> None:
        """Say whom to call, over whatever is on the screen; what was begun there waits."""
        from kapjournal.tui.modals.crisis import CrisisModal  # noqa: PLC0415 - not before the first paint

        if not isinstance(self.screen, CrisisModal):
            await self.push_screen(CrisisModal(self.settings.country))

    def available_actions(self, screen: Screen[Any]) -> Iterator[tuple[actions.Action, DOMNode]]:
        """What can be done on a screen this moment, and who does it: the screen itself goes first."""
        seen: set[str] = set()
        for name, node in ((getattr(screen, "NAME", ""), screen), (actions.APP, self)):
            for action in actions.of(name):
                if action.method not in seen and node.check_action(action.method, ()):
                    seen.add(action.method)
                    yield action, node

    def action_how_to_leave(self) -> None:
        """Ctrl+C is for copying; say what leaves."""
        self.say(self.with_keys("To leave, press {quit}."))

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer names it: “^L”, “F1”, “n”."""
        return actions.key_name(binding.key).replace("Ctrl+", "^")


if TYPE_CHECKING:

    def _is_a_shell(app: KapApp) -> Shell:
        return app
