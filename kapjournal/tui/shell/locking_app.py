"""An app that holds an open journal: when it locks, and how it is left."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.command import CommandPalette

from kapjournal.idle import Inactivity
from kapjournal.presentation import scribe
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui import background
from kapjournal.tui.editor.writing_screen import WritingScreen
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.routes import CouplesRoute, DoorsRoute, Route
from kapjournal.tui.screens.app_screen import AppScreen, JournalScreen
from kapjournal.tui.shell import terminal
from kapjournal.tui.shell.unsaved_page import UnsavedPage, save
from kapjournal.tui.textual_internals.discreet_app import DiscreetApp

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.presentation.glances import Seen

LEAVE_WITHIN = 3.0
"""How long, in seconds, leaving waits for a draft to be on the disk."""


class LockingApp(DiscreetApp, inherit_bindings=False):
    """Holds at most one journal, and the practice it was opened through; every call into either is made in a
    thread, so it can always be let go of."""

    def __init__(self, lock_minutes: int) -> None:
        super().__init__()
        self.crash = ""
        """What to print once the screen is gone, if a defect ended the program."""
        self.opening_lock = threading.Lock()
        """Held while a journal is opened or closed, so that one is shut before the next opens."""
        self._lock_minutes = lock_minutes
        self._inactivity = Inactivity(lock_minutes * 60)
        self._journal: Journal | None = None
        self._practice: Journal | None = None
        """Through which the journal was opened; it is let go of with the journal."""
        self._beside: list[Journal] = []
        """Second doors at the same keyboard; they are let go of with the journal."""
        self.practice_path: Path | None = None
        self.seen_couples: Seen = {}
        self._unsaved_pages: dict[PageOwner, UnsavedPage] = {}
        self._places: dict[PageOwner, str] = {}
        """Where who locked it comes back to, if that is no page that is written on."""
        self._leaving = False
        self._shutting: list[threading.Event] = []
        """For each journal that was locked, whether its draft has been saved or could not be."""

    def lock_after(self, minutes: int) -> None:
        """Change after how many minutes without a key the journal locks."""
        self._lock_minutes = minutes
        self._inactivity.limit = minutes * 60

    @property
    def front_screen(self) -> AppScreen:
        """The screen the person is on, whatever dialog stands before it."""
        return next(self._app_screens())

    @property
    def is_between_screens(self) -> bool:
        """Whether one screen is gone and the next is not there yet, or has nothing on it."""
        front = next(self._app_screens(), None)
        return front is None or not front.is_mounted

    def _app_screens(self) -> Iterator[AppScreen]:
        return (screen for screen in reversed(self.screen_stack) if isinstance(screen, AppScreen))

    async def show_only(self, route: Route) -> None:
        """Make a screen the only one, without painting any on the way."""
        screen = route.make()
        with self.batch_update():
            while len(self.screen_stack) > 1:
                if isinstance(self.screen, CommandPalette):  # it would go on searching for what is gone
                    self.workers.cancel_node(self.screen)
                await self.pop_screen()
            await self.push_screen(screen)

    def take_over(self, journal: "Journal") -> None:
        """Take over an open journal: from here on it is locked with the screen. A practice that is open stays
        so beneath it."""
        if self._journal is not None and self._journal is not journal and self._journal.is_practice:
            self._practice = self._journal
        self._journal = journal
        self._inactivity.touched()

    def stand_beside(self, first: "Journal", second: "Journal") -> bool:
        """Take over a second door that was opened beside `first`: it is locked with it. False, and it is
        closed at once, where `first` is not open any more. Asked in the thread that opened it."""
        self._beside.append(second)
        if self._journal is first:  # a lock lets go of that before it looks who stands beside it
            return True
        second.close()
        return False

    def close_beside(self) -> None:
        """Close every second door, and forget what was copied and drawn while it was open."""
        if beside := self._let_go_beside():
            self._forget()
            background.run(self, lambda: _close(beside), lambda _: None, self._could_not_save, group="shut")

    def _let_go_beside(self) -> "list[Journal]":
        beside, self._beside = self._beside, []
        return beside

    @property
    def writing_screen(self) -> WritingScreen | None:
        """Where the author is writing. Under it there may be a dose pad, all of which is in the practice."""
        stack = reversed(self.screen_stack)
        return next((screen for screen in stack if isinstance(screen, WritingScreen)), None)

    @property
    def _words_at_risk(self) -> bool:
        return any(page.is_unsaved for page in self._unsaved_pages.values())

    async def on_event(self, event: events.Event) -> None:
        """Note that the person is there, or was not for too long: then the event opens nothing."""
        clicked = isinstance(event, events.MouseEvent) and not isinstance(event, events.MouseMove)
        is_there = clicked or isinstance(event, events.Key | events.Paste)
        if is_there and not event.is_forwarded:
            if self._overdue:
                await self.lock(self._why_locked)
                return
            self._inactivity.touched()
        await super().on_event(event)

    def may_paint(self) -> bool:
        """Not if the lid was closed for longer than the limit: then nothing of the journal is painted."""
        if overdue := self._overdue:
            self.call_later(self.lock_if_nobody_is_there)
        return not overdue

    @property
    def guards_something(self) -> bool:
        """Whether a journal is open, or a screen holds words that only this person may see."""
        return self._journal is not None or any(screen.guarded for screen in self._app_screens())

    @property
    def _patience(self) -> int:
        return next((screen.PATIENCE for screen in self._app_screens()), 1)

    @property
    def _overdue(self) -> bool:
        return self.guards_something and self._inactivity.is_over(self._patience)

    @property
    def _why_locked(self) -> str:
        minutes = self._lock_minutes * self._patience
        return (
            f"Locked after {minutes} minutes without a key."
            if minutes > 1
            else "Locked after a quiet minute."
        )

    async def lock_if_nobody_is_there(self) -> None:
        """Lock if it is time to; asked every second, and before anything is painted."""
        if self._overdue:
            await self.lock(self._why_locked)

    async def action_lock(self) -> None:
        """Lock now."""
        await self.lock("Locked.")

    async def lock(self, sentence: str, *, show: Route | None = None) -> None:
        """Take everything off the screen and out of reach, then save the draft and drop the keys.

        What is shown instead are the doors, or the screen of the route `show`.
        """
        journals = self._let_go()
        if not journals:
            await self._leave_guarded_screens(sentence)
            return
        dialogs = (one.left_undone for one in reversed(self.screen_stack) if isinstance(one, Dialog))
        of_a_dialog = next(filter(None, dialogs), "")
        front = None if self.is_between_screens else self.front_screen
        left_undone = of_a_dialog or (front.left_undone if front else "")
        if isinstance(front, JournalScreen) and front.place:
            self._places[front.owner] = front.place
        said = f"{sentence} {left_undone}".strip()
        await self._cover_and_shut(journals, show or DoorsRoute(journals[-1].path, said=said))

    async def leave_couple(self) -> None:
        """Save the page, close the couple's journal if it is open, and show the couples of the practice."""
        journal, practice = self._journal, self._practice
        if journal is None or (practice is None and not journal.is_practice):
            return
        couple, self.sub_title = self.sub_title or self.front_screen.couple_name, ""
        self._journal, self._practice = practice or journal, None
        route = CouplesRoute(self._journal, couple)
        left = [journal] if practice is not None else []
        await self._cover_and_shut([*self._let_go_beside(), *left], route)

    def _let_go(self) -> "list[Journal]":
        """What is open, the practice last; from here on nothing is."""
        journals = [one for one in (self._journal, self._practice) if one is not None]
        self._journal = self._practice = None
        self.seen_couples = {}
        self.sub_title = ""
        return [*self._let_go_beside(), *journals]

    async def _cover_and_shut(self, journals: "Sequence[Journal]", show: Route) -> None:
        unsaved = await self._cover(show)
        self._shutting.append(done := threading.Event())
        background.run(
            self,
            lambda: self._shut(journals, unsaved, done),
            lambda _: self._is_shut(unsaved),
            self._could_not_save,
            group="shut",
        )

    def _shut(
        self, journals: "Sequence[Journal]", unsaved: UnsavedPage | None, done: threading.Event
    ) -> None:
        """Save what is unsaved and drop the keys, whether that worked or not."""
        with self.opening_lock:
            try:
                save(unsaved)
            finally:
                done.set()
                _close(journals)

    def _wait_until_shut(self) -> None:
        """Wait for drafts that are on their way, as long as leaving may take."""
        until = time.monotonic() + LEAVE_WITHIN
        for done in self._shutting:
            done.wait(max(until - time.monotonic(), 0))

    async def _leave_guarded_screens(self, sentence: str) -> None:
        """Go back to the first screen, where a passphrase may be half typed; no journal is open."""
        if self.guards_something:
            with self.batch_update():
                while len(self.screen_stack) > 2:
                    await self.pop_screen()
            self.front_screen.forget()
            self._forget()
            self.front_screen.say(sentence)

    def _is_shut(self, unsaved: UnsavedPage | None) -> None:
        """Come back to no page of a journal that is open still: it is in the list of what is not finished."""
        if unsaved is not None and self._journal is not None and unsaved.owner.path == self._journal.path:
            self._unsaved_pages.pop(unsaved.owner, None)

    async def _cover(self, show: Route) -> UnsavedPage | None:
        unsaved = None
        if (page := self.writing_screen) is not None:
            unsaved = UnsavedPage.of(page)
            self._unsaved_pages[unsaved.owner] = unsaved
            page.forget()
        await self.show_only(show)
        self.clear_notifications()
        self._forget()
        return unsaved

    def _forget(self) -> None:
        self.forget_copies()
        self.forget_measured_texts()

    def _could_not_save(self, sentence: str) -> None:
        self._leaving = False
        for owner in [owner for owner, page in self._unsaved_pages.items() if page.is_lost]:
            del self._unsaved_pages[owner]
            self.front_screen.say_error(scribe.LOST.format(reason=sentence))
        if self._words_at_risk:
            self.front_screen.say_error(
                f"Your last words could not be saved. {sentence} They are kept until you open your door "
                "again; quitting now would lose them."
            )

    async def action_leave(self) -> None:
        """Leave; if a draft could not be saved, the screen is clean and a second press leaves anyway."""
        await asyncio.to_thread(self._wait_until_shut)
        await self._leave(even_unsaved=self._leaving or self._words_at_risk)

    async def signalled(self, number: int) -> None:
        """Leave because of a signal such as TERM or INT: save first, but leave whatever the disk says."""
        await asyncio.to_thread(self._wait_until_shut)
        await self._leave(even_unsaved=True, code=128 + number)

    async def _leave(self, *, even_unsaved: bool, code: int = 0) -> None:
        journals = self._let_go()
        self._leaving = True
        if journals:
            unsaved = await self._cover(DoorsRoute(journals[-1].path))
            try:
                shut = asyncio.to_thread(self._shut, journals, unsaved, threading.Event())
                await asyncio.wait_for(shut, LEAVE_WITHIN)
            except Exception as error:  # noqa: BLE001 - the words are kept, and the person decides
                if self._words_at_risk and not even_unsaved:
                    self._could_not_save(background.error_sentence(error))
                    return
        self.exit(return_code=code)

    def hung_up(self, number: int, *_: object) -> None:
        """Save and end the process at once: the terminal is gone, and nothing can be painted any more."""
        from kapjournal import exchange  # noqa: PLC0415

        self._save_now()
        exchange.abandon()
        os._exit(128 + number)

    def leave_with_the_terminal(self) -> None:
        """Leave if the terminal is gone; asked every second, since not every terminal goes with a signal."""
        if terminal.has_hung_up():
            self.hung_up(signal.SIGHUP)

    def _save_now(self) -> None:
        if self._journal is not None:
            unsaved = UnsavedPage.of(page) if (page := self.writing_screen) is not None else None
            journals = self._let_go()
            sealing = threading.Thread(target=_save_quietly, args=(journals, unsaved), daemon=True)
            sealing.start()
            sealing.join(LEAVE_WITHIN)
        self._wait_until_shut()

    def before_defect_ends_it(self, error: Exception | None) -> None:
        """Save the open page, and say later where the defect was."""
        if error is not None:
            self.crash = terminal.crash_report(error)
        self.crash = self.crash or "kapjournal lost its terminal, and closed."
        self._save_now()


def _close(journals: "Sequence[Journal]") -> None:
    for journal in journals:
        journal.close()


def _save_quietly(journals: "Sequence[Journal]", unsaved: UnsavedPage | None) -> None:
    """Save the words and close the files; a failure is told to nobody, for the program is about to end."""
    with suppress(Exception):
        save(unsaved)
    for journal in journals:
        with suppress(Exception):
            journal.close()
