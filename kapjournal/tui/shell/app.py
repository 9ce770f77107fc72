"""Wiring: which room is shown, and what a person may do from everywhere."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import NoColor
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from kapjournal import clock, config
from kapjournal.config import Loaded
from kapjournal.errors import CannotSave
from kapjournal.tui import actions, keymap
from kapjournal.tui.shell.lock import LockingApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.shell.theme import DEFAULT, Themes

if TYPE_CHECKING:
    from kapjournal.domain.notes import Draft
    from kapjournal.journal import Journal, KdfStrength
    from kapjournal.tui.screens.base import AppScreen

    Then = Callable[[Journal], Awaitable[None]]


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


class KapApp(LockingApp, inherit_bindings=False):
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
        memory: Path | None = None,
        strength: "KdfStrength | None" = None,
    ) -> None:
        super().__init__(loaded.settings.lock_minutes)
        self.memory = memory
        self.strength = strength
        self.settings = loaded.settings
        self.themes: Mapping[str, Theme] = themes.by_name
        self._start = (path, label, notice)
        self._complaints = [*loaded.complaints, *themes.complaints]
        self._complaints += self.use_keys(loaded.settings.keys)
        for theme in self.themes.values():
            self.register_theme(theme)
        if not self.use_theme(loaded.settings.theme) and self.use_theme(DEFAULT):
            self._complaints.append(f"There is no theme “{loaded.settings.theme}”; this is “{DEFAULT}”.")

    # colours

    def without_colours(self) -> None:
        """Say by bold and lines what colours say: somebody asked for none, or the terminal has too few."""
        self.no_color = True
        self._filters = [NoColor()]
        self.refresh_css(animate=False)

    def get_css_variables(self) -> dict[str, str]:
        """What a theme says of the cursor, or what stands for it where there are no colours."""
        variables = super().get_css_variables()
        return {**variables, **_CURSORS_WITHOUT_COLOURS} if self.no_color else variables

    # rooms

    async def on_mount(self) -> None:
        """Show the first room; nothing slow has been imported yet."""
        if self.no_color or (not self.is_headless and self.console.color_system in (None, "standard")):
            self.without_colours()
        if not self.is_headless and sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in STOPS:
                loop.add_signal_handler(number, self.call_later, self.signalled, number)
            signal.signal(signal.SIGHUP, self.hung_up)
            self.set_interval(1.0, self.leave_with_the_terminal)
        self.set_interval(1.0, self.lock_if_nobody_is_there)
        await self.push_screen(self._first_room())
        self.call_after_refresh(self._complain)

    def _complain(self) -> None:
        """Name what is wrong in the person's own files, once something is painted."""
        from kapjournal.content import crisis, prompts  # noqa: PLC0415

        complaints = [*self._complaints, *prompts.complaints(), *crisis.complaints()]
        if complaints:
            self.room.trouble(" ".join(complaints))

    def _first_room(self) -> "AppScreen":
        from kapjournal import paths  # noqa: PLC0415

        path, label, notice = self._start
        nearby = [path] if path is not None else paths.journals_nearby()
        if not nearby:
            from kapjournal.tui.screens.welcome import WelcomeScreen  # noqa: PLC0415

            return WelcomeScreen()
        if len(nearby) > 1:
            from kapjournal.tui.screens.files import FilesScreen  # noqa: PLC0415

            return FilesScreen(nearby)
        from kapjournal.tui.screens.doors import DoorsScreen  # noqa: PLC0415

        return DoorsScreen(nearby[0], label=label, notice=notice)

    def leave(self, room: Screen[Any]) -> None:
        """Take a room away, and what stands over it; the first room stays."""
        with self.batch_update():
            while room in self.screen_stack[2:]:
                self.pop_screen()
        if getattr(room, "GUARDED", False):
            self._clipboard = ""

    def use_theme(self, name: str) -> bool:
        """Change the colours; False if there is no such theme."""
        if name not in self.themes:
            return False
        self.theme = name
        return True

    def use_keys(self, given: Mapping[str, str]) -> list[str]:
        """Let actions have a person's own keys; a sentence for each that cannot be had, and is left out."""
        self.changed_keys, complaints = keymap.fitting(given)
        self.set_keymap(self.changed_keys)
        return complaints

    def change_settings(self, **changed: Any) -> None:
        """Let a setting work from now on, and keep it in the settings file (`CannotSave`)."""
        self.settings = replace(self.settings, **changed)
        self.use_theme(self.settings.theme)
        self.use_keys(self.settings.keys)
        self.lock_after(self.settings.lock_minutes)
        config.save(self.settings)

    def keep_theme(self, name: str) -> None:
        """Change the colours for good."""
        try:
            self.change_settings(theme=name)
        except CannotSave as error:
            self.room.trouble(str(error))

    def said(self, text: str) -> str:
        """A sentence with the keys it names: “Press {write} to write.”"""
        return actions.said(text, self.changed_keys)

    # opening

    async def welcome(self, journal: "Journal", words: str | None, *, then: "Then | None" = None) -> None:
        """Show the recovery words of a new door, `then` go in or wherever else."""
        from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen  # noqa: PLC0415

        then = then or self.enter
        if words is None:
            await then(journal)
        else:
            self.hold(journal)
            await self.only(RecoveryWordsScreen(journal, words, then))

    async def enter_demo(self, journal: "Journal", said: str = "") -> None:
        """Show the course and, to whoever is new to the program, what is what on it."""
        from kapjournal.tui.modals import tour  # noqa: PLC0415

        await self.enter(journal, said)
        if tour.due():
            await self.push_screen(tour.TourModal())

    async def enter(self, journal: "Journal", said: str = "") -> None:
        """Show the course of an open journal, and the page that was being written when it was locked."""
        from kapjournal.tui.screens.course import CourseScreen  # noqa: PLC0415

        self.hold(journal)
        kept = self._kept.pop((journal.path, journal.me.id), None)
        await self.only(CourseScreen(journal, resume=kept.draft_id if kept else ""))
        if kept is not None and kept.draft is not None:
            await self.open_editor(journal, kept.draft, unsaved=True)
        if said:
            self.room.say(said)

    # handing over the keyboard

    async def hand_over(self, journal: "Journal", name: str, code: str) -> None:
        """Lock the keeper's journal and let the invited person join at the same keyboard."""
        from kapjournal.tui.screens.doors import DoorsScreen  # noqa: PLC0415
        from kapjournal.tui.screens.hand_over import HandOverScreen  # noqa: PLC0415
        from kapjournal.tui.screens.join import JoinScreen  # noqa: PLC0415

        path, keeper = journal.path, journal.me.label
        with self.batch_update():
            await self.lock("", behind=DoorsScreen(path))
            await self.push_screen(JoinScreen(path, code=code, name=name, hand_back_to=keeper))
            await self.push_screen(HandOverScreen(name))

    async def hand_back(self, keeper: str, journal: "Journal") -> None:
        """The newcomer is in; ask the keeper to open their door once more."""
        from kapjournal.tui.screens.hand_over import HandBackScreen  # noqa: PLC0415

        self.hold(journal)
        await self.only(HandBackScreen(journal, keeper))

    async def action_write(self) -> None:
        """A new page, from wherever one is."""
        from kapjournal.domain.notes import new_draft  # noqa: PLC0415 - not before the first paint

        if self._journal is not None:
            while isinstance(self.screen, ModalScreen):
                await self.pop_screen()
            me = self._journal.me
            await self.open_editor(self._journal, new_draft(me.id, me.role, clock.today()))

    async def open_editor(self, journal: "Journal", draft: "Draft", *, unsaved: bool = False) -> None:
        """Show the page of a draft, unless there is a page already; `unsaved` words are saved at once."""
        from kapjournal.tui.screens.editor import EditorScreen  # noqa: PLC0415

        if self.page is None:
            await self.push_screen(EditorScreen(journal, draft, unsaved=unsaved))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs an open journal while there is none, and a second page over the first."""
        if action == "lock":
            return self.guards_something
        if action == "write" and (self._journal is None or getattr(self.screen, "busy", False)):
            return False
        return not (action == "write" and self.page is not None)

    async def action_help(self) -> None:
        """Explain the room one is in."""
        from kapjournal.tui.modals.help import HelpModal  # noqa: PLC0415

        if not isinstance(self.screen, ModalScreen):
            possible = [action for action, _ in self.possible(self.room)]
            await self.push_screen(HelpModal(self.room.HELP, possible, self.changed_keys))

    def possible(self, screen: Screen[Any]) -> Iterator[tuple[actions.Action, DOMNode]]:
        """What can be done on a screen this moment, and who does it: the screen itself goes first."""
        said: set[str] = set()
        for room, node in ((getattr(screen, "ROOM", ""), screen), (actions.APP, self)):
            for action in actions.of(room):
                if action.method not in said and node.check_action(action.method, ()):
                    said.add(action.method)
                    yield action, node

    def action_how_to_leave(self) -> None:
        """Ctrl+C is for copying; say what leaves."""
        self.room.say(self.said("To leave, press {quit}."))

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer names it: “^L”, “F1”, “n”."""
        return actions.key_name(binding.key).replace("Ctrl+", "^")
