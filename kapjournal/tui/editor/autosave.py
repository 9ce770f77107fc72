"""When a page is saved: a moment after its first change, and again and again while that fails."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from kapjournal.errors import KapjournalError
from kapjournal.text import storable
from kapjournal.tui import background
from kapjournal.tui.editor.draft_saver import DraftSnapshot
from kapjournal.tui.editor.writing_screen import WritingScreen

if TYPE_CHECKING:
    from textual.timer import Timer

SAVE_AFTER = 1.5
"""Seconds from the first unsaved change to its save; with the save itself under two."""


class AutosavedScreen(WritingScreen, background.Owner, Protocol):
    """A writing screen that is told how the saving goes."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> "Timer":
        """Call back once, `delay` seconds from now."""

    def draft_saved(self, words: int) -> None:
        """Show that the draft, of so many words, is in the journal."""

    def say(self, sentence: str) -> None:
        """Say something that goes away by itself."""

    def say_error(self, sentence: str) -> None:
        """Say what went wrong."""


class Autosave:
    """Counts the changes of one page and hands snapshots of it to its saver, in threads."""

    def __init__(self, screen: AutosavedScreen, *, unsaved: bool) -> None:
        """`unsaved` words are on the page from the beginning."""
        self.moment = int(unsaved)
        """The number of the last change."""
        self.is_paused = False
        """Whether the page is being finished, left or emptied: then nothing is saved from here."""
        self._screen = screen
        self._timer: Timer | None = None
        self._failed = False

    @property
    def is_saved(self) -> bool:
        """Whether every change is in the journal, or need not be any more."""
        return self._screen.saver.has(self.moment)

    def touch(self) -> None:
        """Count a change, and have it saved soon."""
        if not self.is_paused:
            self.moment += 1
            self._save_after(SAVE_AFTER)

    def save(self) -> None:
        """Save what is on the page now."""
        self._timer = None
        if self.is_saved or self.is_paused:
            return
        snapshot = self._screen.snapshot()
        if not self.fits(snapshot):
            return

        def save() -> int:
            self._screen.saver.save(snapshot)
            return sum(map(count, snapshot.draft.texts))

        def saved(words: int) -> None:
            if self._failed:
                self._failed = False
                self._screen.say("")
            self._screen.draft_saved(words)

        background.run(self._screen, save, saved, self.not_saved, group="draft")

    def fits(self, snapshot: DraftSnapshot[Any]) -> bool:
        """Whether the words can be kept; if not, the screen says why."""
        try:
            for text in snapshot.draft.texts:
                storable(text)
        except KapjournalError as error:
            self._screen.say_error(f"{error} Every word is still on the page.")
            return False
        return True

    def not_saved(self, sentence: str) -> None:
        """Say that saving failed, until it does not any more, and try again later."""
        self.not_done(sentence)
        self._failed = True

    def not_done(self, sentence: str) -> None:
        """Say that the page could not be finished. That stands also once its draft is saved."""
        self._failed = False
        self._screen.say_error(f"This could not be saved. {sentence} Every word is still on the page.")
        self._save_after(SAVE_AFTER * 4)

    def _save_after(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self._screen.set_timer(seconds, self.save)


def count(body: str) -> int:
    """How many words a body has, as separated by white space."""
    return len(body.split())
