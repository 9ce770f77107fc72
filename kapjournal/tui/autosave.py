"""When a page is saved: a moment after its first change, and again and again while that fails."""

from typing import TYPE_CHECKING, Protocol

from textual.timer import Timer

from kapjournal.errors import KapjournalError
from kapjournal.text import storable
from kapjournal.tui import background
from kapjournal.tui.draft_keeper import DraftKeeper, Snapshot

if TYPE_CHECKING:
    from textual.screen import Screen

SAVE_AFTER = 1.5
"""Seconds from the first unsaved change to its save; with the save itself under two."""


class Writing(Protocol):
    """The screen on which the words are."""

    def snapshot(self) -> Snapshot:
        """The words as they are now."""

    def kept(self, words: int) -> None:
        """They are in the journal; so many words."""

    def trouble(self, sentence: str) -> None:
        """Say what went wrong."""

    def say(self, sentence: str) -> None:
        """Say something."""


class Autosave:
    """Counts the changes of one page and hands snapshots of it to its keeper, in threads."""

    def __init__(self, screen: "Screen[None]", writing: Writing, keeper: DraftKeeper) -> None:
        self.moment = 0
        """The number of the last change."""
        self._saved_moment = 0
        self._screen, self._writing, self._keeper = screen, writing, keeper
        self._timer: Timer | None = None
        self._held = False
        self._failed = False
        self._over = False

    @property
    def is_saved(self) -> bool:
        """Whether every change is in the journal."""
        return self._over or self._saved_moment == self.moment

    def touch(self) -> None:
        """Something was changed."""
        self.moment += 1
        if self._timer is None and not self._over:
            self._timer = self._screen.set_timer(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Save what is on the page now."""
        self._timer = None
        if self.is_saved or self._held:
            return
        snapshot = self._writing.snapshot()
        if not self.fits(snapshot):
            return

        def keep() -> int:
            self._keeper.save(snapshot)
            return count(snapshot.draft.text.body)

        def kept(words: int) -> None:
            self._saved_moment = max(self._saved_moment, snapshot.moment)
            if self._failed:
                self._failed = False
                self._writing.say("")
            self._writing.kept(words)

        background.run(self._screen, keep, kept, self.not_saved, group="draft")

    def hold(self) -> None:
        """Save nothing while the page is being finished or left; a failure ends this."""
        self._held = True

    @property
    def is_held(self) -> bool:
        """Whether the page is being finished or left."""
        return self._held

    def stop(self) -> None:
        """The words are somewhere else now, or nowhere."""
        self._over = True

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be saved any more."""
        return self._over

    def fits(self, snapshot: Snapshot) -> bool:
        """Whether a note can hold the words; if not, it is said why."""
        try:
            storable(snapshot.draft.text.body)
        except KapjournalError as error:
            self._writing.trouble(f"{error} Every word is still on the page.")
            return False
        return True

    def not_saved(self, sentence: str) -> None:
        """Say so, and try again later."""
        self._failed, self._held = True, False
        self._writing.trouble(f"This could not be saved. {sentence} Every word is still on the page.")
        if self._timer is None and not self._over:
            self._timer = self._screen.set_timer(SAVE_AFTER * 4, self.save)


def count(body: str) -> int:
    """How many words there are."""
    return len(body.split())
