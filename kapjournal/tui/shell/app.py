"""Wiring: which screen is shown, and what the person may do from everywhere."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from kapjournal import clock, config
from kapjournal.config import Loaded, Settings
from kapjournal.errors import CannotSave, NotFound
from kapjournal.presentation.drafts import AnyDraft, PageOwner
from kapjournal.tui import actions, background, custom_keys
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.shell.locking_app import LockingApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.shell.theme import DEFAULT, Themes

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from kapjournal.domain.couples import Couple
    from kapjournal.domain.ids import CaseId, MemberId
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.records import SessionNamed
    from kapjournal.domain.signing import Signer
    from kapjournal.journal import Journal, KdfStrength
    from kapjournal.tui.navigation.shell_protocol import Shell


STOPS = [
    getattr(signal, name)
    for name in ("SIGTERM", "SIGINT", "SIGQUIT", "SIGABRT", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
]
"""What another program may send to end this one: each seals the page and clears the screen. (A real abort
ends the process all the same.)"""

_BETWEEN = 0.05  # s, until another look for a screen that can say something
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
        record_folder: Path | None = None,
        strength: "KdfStrength | None" = None,
    ) -> None:
        super().__init__(loaded.settings.lock_minutes)
        self.record_folder = record_folder
        self.strength = strength
        self.practice_path: Path | None = None
        self.settings = loaded.settings
        self.notices: dict[Path, str] = {}
        self.signers: dict[MemberId, Signer] = {}
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

    def go_to(self, route: Route) -> "AwaitMount":
        """Show a screen over the present one."""
        return self.push_screen(route.make())

    def leave(self, screen: Screen[Any]) -> None:
        """Take a screen away, and what stands over it; the first screen stays."""
        with self.batch_update():
            while screen in self.screen_stack[2:]:
                self.pop_screen()
        if getattr(screen, "GUARDED", False):
            self.forget_copies()

    def is_in_front(self, screen: Screen[Any]) -> bool:
        """Whether it is the screen the person is on, whatever dialog stands before it."""
        return self.front_screen is screen

    def say(self, sentence: str) -> None:
        """Say something on the screen the person is on; between two screens, on the one that comes."""
        if self.is_between_screens:
            self.set_timer(_BETWEEN, partial(self.say, sentence))
        else:
            self.front_screen.say(sentence)

    def say_error(self, sentence: str) -> None:
        """Say what went wrong on the screen the person is on; between two screens, on the one that comes."""
        if self.is_between_screens:
            self.set_timer(_BETWEEN, partial(self.say_error, sentence))
        else:
            self.front_screen.say_error(sentence)

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

    # an open journal

    async def show_recovery_words(
        self,
        journal: "Journal",
        words: str | None,
        *,
        go_on: "Callable[[Journal], Awaitable[None]] | None" = None,
    ) -> None:
        """Show the recovery words of a new door, if it has some, then `go_on` (default: enter)."""
        go_on = go_on or self.enter
        if words is None:
            await go_on(journal)
        else:
            self.take_over(journal)
            await self.show_only(routes.RecoveryWordsRoute(journal, words, go_on))

    async def enter_demo(self, journal: "Journal", said: str = "") -> None:
        """Show the course and, to a person new to the program, what is what on it; of a practice its
        couples."""
        from kapjournal.tui.modals import tour  # noqa: PLC0415

        await self.enter(journal, said)
        if not journal.is_practice and tour.due():
            await self.push_screen(tour.TourModal())

    async def enter(
        self, journal: "Journal", said: str = "", couple: str = "", show: Route | None = None
    ) -> None:
        """Show the course of an open journal, over it the screen of the route `show`, and the page that was
        being written when it was locked; of a practice its couples. What the therapist calls the `couple`
        stands on top from then on."""
        self.take_over(journal)
        self.sub_title = couple
        unsaved = self._unsaved_pages.pop(PageOwner.of(journal), None)
        home = routes.CouplesRoute if journal.is_practice else routes.CourseRoute
        waits = unsaved is not None and unsaved.draft is None  # what could not be saved is shown below
        await self.show_only(home(journal, resume=unsaved.draft_id if unsaved and waits else ""))
        if show is not None:
            await self.go_to(show)
        if unsaved is not None and unsaved.draft is not None:
            await self.open_editor(journal, unsaved.draft, unsaved=True)
        if said:
            self.say(said)

    async def hand_over(self, journal: "Journal", name: str, code: str) -> None:
        """Lock the keeper's journal and let the invited person join at the same keyboard."""
        path, keeper = journal.path, journal.me.label
        self.practice_path = self._practice.path if self._practice else None
        with self.batch_update():
            await self.lock("", show=routes.DoorsRoute(path))
            await self.go_to(routes.JoinRoute(path, code=code, name=name, hand_back_to=keeper))
            await self.go_to(routes.HandOverRoute(name))

    async def hand_back(self, keeper: str, journal: "Journal") -> None:
        """Ask the keeper to open their door once more, after the newcomer has joined."""
        self.take_over(journal)
        await self.show_only(routes.HandBackRoute(journal, keeper))

    async def write_note(self) -> None:
        """Open the page of a new note, from whatever screen or dialog."""
        from kapjournal.domain.notes import new_draft  # noqa: PLC0415 - not before the first paint

        if self._journal is not None and not self._writes_nothing:
            while isinstance(self.screen, ModalScreen):
                await self.pop_screen()
            me = self._journal.me
            await self.open_editor(self._journal, new_draft(me.id, me.role, clock.today()))

    async def open_editor(
        self,
        journal: "Journal",
        draft: "AnyDraft",
        *,
        unsaved: bool = False,
    ) -> None:
        """Show the page of a draft, unless there is a page already; `unsaved` words are saved at once."""
        from kapjournal.content.parts import parts  # noqa: PLC0415 - not before the first paint
        from kapjournal.domain.measure_drafts import MeasureDraft  # noqa: PLC0415
        from kapjournal.domain.notes import Draft  # noqa: PLC0415
        from kapjournal.domain.parts import is_check_in  # noqa: PLC0415
        from kapjournal.domain.record_drafts import RecordDraft  # noqa: PLC0415
        from kapjournal.domain.scribe import ScribePage  # noqa: PLC0415
        from kapjournal.domain.self_reports import CheckIn, SelfReportDraft  # noqa: PLC0415

        if (page := self.writing_screen) is not None and not page.rests:
            return
        if isinstance(draft, Draft):
            in_steps = is_check_in(parts().steps, draft)
            route = routes.PartsRoute if in_steps else routes.EditorRoute
            await self.go_to(route(journal, draft, unsaved=unsaved))
        elif isinstance(draft, RecordDraft):
            await self.go_to(routes.RecordPageRoute(journal, draft, unsaved=unsaved))
        elif isinstance(draft, MeasureDraft):
            answering = routes.PaperRoute if draft.is_from_paper else routes.QuestionsRoute
            await self.go_to(answering(journal, draft, unsaved=unsaved))
        elif isinstance(draft, SelfReportDraft):
            of_sliders = isinstance(draft.said, CheckIn)
            reporting = routes.CheckInRoute if of_sliders else routes.AfterEffectsRoute
            await self.go_to(reporting(journal, draft, unsaved=unsaved))
        elif isinstance(draft, ScribePage):
            await self.go_to(routes.ScribeRoute(journal, draft))
        else:
            self.open_pad(journal, draft.case, draft.session, unsaved=draft)

    def open_pad(
        self,
        practice: "Journal",
        case: "CaseId",
        session: "SessionNamed",
        unsaved: "PadDraft | None" = None,
        dosing: Collection[str] = (),
    ) -> None:
        """Show the dose pad of a session of one of the couples; `dosing` are the labels of those who dose."""
        from kapjournal.domain.forms import RecordKind  # noqa: PLC0415 - not before the first paint
        from kapjournal.domain.pad import first_turn  # noqa: PLC0415
        from kapjournal.presentation.pad import agreements  # noqa: PLC0415

        def shown(route: Route) -> None:
            if not any(screen.NAME == "pad" for screen in self._app_screens()):
                self.go_to(route)

        def opened() -> Route:
            day = session.date or clock.today()
            couple = practice.couples.of(case)
            if couple is None:
                raise NotFound("This couple is no longer in your list.")
            agreed = agreements(practice.records.own(RecordKind.PREPARATION, case))
            pad, turn = practice.pads.open(case, session, day), first_turn(couple, dosing)
            return routes.PadRoute(practice, couple, pad, agreed, unsaved, turn)

        background.run(self.front_screen, opened, shown, self.say_error, group="pad")

    def open_pad_of(self, session: "SessionNamed", dosing: Collection[str] = ()) -> None:
        """Show the dose pad of a session of the couple whose journal is open through the practice."""
        practice, name = self._practice, self.sub_title
        if practice is not None:
            background.run(
                self.front_screen,
                lambda: practice.couples.get(name).case,
                lambda case: self.open_pad(practice, case, session, dosing=dosing),
                self.say_error,
            )

    def open_record(self) -> None:
        """Show the record of the couple whose journal is open through the practice."""
        self._of_this_couple(partial(routes.RecordsRoute, theirs=self._journal))

    def open_brief(self) -> None:
        """Show the brief of the couple whose journal is open through the practice."""
        self._of_this_couple(partial(routes.BriefRoute, theirs=self._journal))

    def _of_this_couple(self, route: "Callable[[Journal, Couple], Route]") -> None:
        practice, name = self._practice, self.sub_title
        if practice is not None:
            background.run(
                self.front_screen,
                lambda: practice.couples.get(name),
                lambda couple: self.go_to(route(practice, couple)),
                self.say_error,
            )

    @property
    def in_a_practice(self) -> bool:
        """Whether a practice is open, or a couple's journal through one."""
        return self._practice is not None or (self._journal is not None and self._journal.is_practice)

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

    @property
    def _writes_nothing(self) -> bool:
        """Whether no note can be begun: no journal is open, or a practice alone, or the clinical record is
        before the person, and a note would go into the file that the couple carries home."""
        return self._journal is None or self._journal.is_practice or self._in_the_record

    @property
    def _in_the_record(self) -> bool:
        return any(screen.IS_RECORD for screen in self.screen_stack if isinstance(screen, AppScreen))

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
