"""An app that holds an open journal: when it locks, how it is left, and what it never lets out."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.cells import cached_cell_len
from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.screen import Screen

from kapjournal.idle import Inactivity
from kapjournal.tui import background
from kapjournal.tui.shell import terminal
from kapjournal.tui.shell.unsaved_page import Author, UnsavedPage, WritingScreen, seal

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.screens.base import AppScreen

LEAVE_WITHIN = 3.0
"""How long, in seconds, leaving waits for a draft to be on the disk."""


class LockingApp(App[int], inherit_bindings=False):
    """Holds at most one journal; every call into it is made in a thread, so it can always be let go of."""

    def __init__(self, lock_minutes: int) -> None:
        super().__init__()
        self.crash = ""
        """What to print once the screen is gone, if a defect ended the program."""
        self.one_door = threading.Lock()
        """Held while a journal is opened or closed, so that one is shut before the next opens."""
        self._lock_minutes = lock_minutes
        self._inactivity = Inactivity(lock_minutes * 60)
        self._journal: Journal | None = None
        self._kept: dict[Author, UnsavedPage] = {}
        self._leaving = False
        self._shutting: list[threading.Event] = []
        """For each journal that was locked, whether its draft has been sealed or could not be."""

    def lock_after(self, minutes: int) -> None:
        """Change how long nobody has to be there."""
        self._lock_minutes = minutes
        self._inactivity.limit = minutes * 60

    @property
    def room(self) -> "AppScreen":
        """The room one is in, whatever dialog stands before it."""
        return next(self._rooms())

    def _rooms(self) -> "Iterator[AppScreen]":
        from kapjournal.tui.screens.base import AppScreen  # noqa: PLC0415 - a room is imported when entered

        return (screen for screen in reversed(self.screen_stack) if isinstance(screen, AppScreen))

    async def only(self, screen: Screen[Any]) -> None:
        """Make `screen` the only one, without painting any on the way."""
        with self.batch_update():
            while len(self.screen_stack) > 1:
                if isinstance(self.screen, CommandPalette):  # it would go on searching for what is gone
                    self.workers.cancel_node(self.screen)
                await self.pop_screen()
            await self.push_screen(screen)

    def hold(self, journal: "Journal") -> None:
        """Take over an open journal: from here on it is locked with the screen."""
        self._journal = journal
        self._inactivity.touched()

    @property
    def page(self) -> WritingScreen | None:
        """Where somebody is writing; there is never a second page."""
        return next((screen for screen in self.screen_stack if isinstance(screen, WritingScreen)), None)

    @property
    def _words_at_risk(self) -> bool:
        return any(kept.unsaved for kept in self._kept.values())

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, or that nobody was for too long: then the event opens nothing."""
        clicked = isinstance(event, events.MouseEvent) and not isinstance(event, events.MouseMove)
        somebody = clicked or isinstance(event, events.Key | events.Paste)
        if somebody and not event.is_forwarded:
            if self._overdue:
                await self.lock(self._why_locked)
                return
            self._inactivity.touched()
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Paint, unless the lid was closed for longer than the limit: then nothing of the journal."""
        if self._overdue:
            self.call_later(self.lock_if_nobody_is_there)
        else:
            super()._display(screen, renderable)

    @property
    def guards_something(self) -> bool:
        """Whether a journal is open, or there are words on a page that nobody else must see."""
        return self._journal is not None or any(room.guarded for room in self._rooms())

    @property
    def _patience(self) -> int:
        return next((room.PATIENCE for room in self._rooms()), 1)

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
        """Asked every second, and before anything is painted."""
        if self._overdue:
            await self.lock(self._why_locked)

    async def action_lock(self) -> None:
        """Lock now."""
        await self.lock("Locked.")

    async def lock(self, sentence: str, *, behind: "AppScreen | None" = None) -> None:
        """Take everything off the screen and out of reach, then seal the draft and drop the keys.

        What is shown instead are the doors, or the room `behind` them.
        """
        journal, self._journal = self._journal, None
        if journal is None:
            await self._leave_guarded_rooms(sentence)
            return
        kept = await self._cover(journal, f"{sentence} {self.room.left_undone}".strip(), behind)
        self._shutting.append(done := threading.Event())
        background.run(
            self, lambda: self._shut(journal, kept, done), lambda _: None, self._could_not_seal, group="shut"
        )

    def _shut(self, journal: "Journal", kept: UnsavedPage | None, done: threading.Event) -> None:
        """Seal what is kept and drop the keys, whether that worked or not."""
        with self.one_door:
            try:
                seal(kept)
            finally:
                done.set()
                journal.close()

    def _until_shut(self) -> None:
        """Wait for drafts that are on their way, as long as leaving may take."""
        until = time.monotonic() + LEAVE_WITHIN
        for done in self._shutting:
            done.wait(max(until - time.monotonic(), 0))

    async def _leave_guarded_rooms(self, sentence: str) -> None:
        """Back to the first room, where a passphrase may be half typed; no journal is open."""
        if self.guards_something:
            with self.batch_update():
                while len(self.screen_stack) > 2:
                    await self.pop_screen()
            self.room.forget()
            self._forget()
            self.room.say(sentence)

    async def _cover(
        self, journal: "Journal", sentence: str, behind: "AppScreen | None" = None
    ) -> UnsavedPage | None:
        from kapjournal.tui.screens.doors import DoorsScreen  # noqa: PLC0415

        kept = None
        if (page := self.page) is not None:
            kept = UnsavedPage.of(journal, page)
            self._kept[kept.whose] = kept
            page.forget()
        await self.only(behind or DoorsScreen(journal.path, said=sentence))
        self.clear_notifications()
        self._forget()
        return kept

    def _forget(self) -> None:
        """Drop what was copied, and what Rich keeps of every text whose width it was asked for."""
        self._clipboard = ""
        cached_cell_len.cache_clear()

    def _could_not_seal(self, sentence: str) -> None:
        self._leaving = False
        if self._words_at_risk:
            self.room.trouble(
                f"Your last words could not be saved. {sentence} They are kept until you open your door "
                "again; quitting now would lose them."
            )

    async def action_leave(self) -> None:
        """Quick exit. If a draft could not be saved, the screen is clean and a second press leaves anyway."""
        await asyncio.to_thread(self._until_shut)
        await self._leave(even_unsaved=self._leaving or self._words_at_risk)

    async def signalled(self, number: int) -> None:
        """TERM or INT: seal, then leave, whatever the disk says."""
        await asyncio.to_thread(self._until_shut)
        await self._leave(even_unsaved=True, code=128 + number)

    async def _leave(self, *, even_unsaved: bool, code: int = 0) -> None:
        journal, self._journal = self._journal, None
        self._leaving = True
        if journal is not None:
            kept = await self._cover(journal, "")
            try:
                shut = asyncio.to_thread(self._shut, journal, kept, threading.Event())
                await asyncio.wait_for(shut, LEAVE_WITHIN)
            except Exception as error:  # noqa: BLE001 - the words are kept, and the person decides
                if self._words_at_risk and not even_unsaved:
                    self._could_not_seal(background.in_words(error))
                    return
        self.exit(return_code=code)

    def hung_up(self, number: int, *_: object) -> None:
        """The terminal is gone: seal in this very moment, for nothing can be painted any more."""
        from kapjournal import exchange  # noqa: PLC0415

        self._seal_now()
        exchange.abandon()
        os._exit(128 + number)

    def leave_with_the_terminal(self) -> None:
        """Asked every second: a terminal that was not ours to control goes without a signal."""
        if terminal.is_gone():
            self.hung_up(signal.SIGHUP)

    def _seal_now(self) -> None:
        if (journal := self._journal) is not None:
            kept = UnsavedPage.of(journal, page) if (page := self.page) is not None else None
            sealing = threading.Thread(target=_seal_quietly, args=(journal, kept), daemon=True)
            sealing.start()
            sealing.join(LEAVE_WITHIN)
        self._until_shut()

    # what must never show or leak

    def copy_to_clipboard(self, text: str) -> None:
        """Keep copies inside the program: the system's clipboard remembers, and may be shared."""
        self._clipboard = text

    def _handle_exception(self, error: Exception) -> None:
        self.crash = terminal.crash_report(error)
        self._seal_now()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print every local variable, notes among them."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Print none of what a failing part wanted to."""
        self.crash = self.crash or "kapjournal lost its terminal, and closed."
        self._seal_now()
        self._close_messages_no_wait()


def _seal_quietly(journal: "Journal", kept: UnsavedPage | None) -> None:
    """So that the words are saved and the file is whole by itself; there is nobody left to tell."""
    with suppress(Exception):
        seal(kept)
    with suppress(Exception):
        journal.close()
