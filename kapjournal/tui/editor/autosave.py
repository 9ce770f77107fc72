"""When a page is saved: a moment after its first change, and again and again while that fails."""

from typing import TYPE_CHECKING

from kapjournal.errors import KapjournalError
from kapjournal.text import storable
from kapjournal.tui import background
from kapjournal.tui.editor.draft_saver import DraftSnapshot

if TYPE_CHECKING:
    from textual.timer import Timer

    from kapjournal.tui.screens.editor import EditorScreen

SAVE_AFTER = 1.5
"""Seconds from the first unsaved change to its save; with the save itself under two."""


class Autosave:
    """Counts the changes of one page and hands snapshots of it to its keeper, in threads."""

    def __init__(self, page: "EditorScreen", *, unsaved: bool) -> None:
        """`unsaved` words are on the page from the beginning."""
        self.moment = int(unsaved)
        """The number of the last change."""
        self.is_held = False
        """Whether the page is being finished, left or emptied: then nothing is saved from here."""
        self._page = page
        self._timer: Timer | None = None
        self._failed = False

    @property
    def is_saved(self) -> bool:
        """Whether every change is in the journal, or need not be any more."""
        return self._page.keeper.has(self.moment)

    def touch(self) -> None:
        """Something was changed."""
        if not self.is_held:
            self.moment += 1
            self._save_after(SAVE_AFTER)

    def save(self) -> None:
        """Save what is on the page now."""
        self._timer = None
        if self.is_saved or self.is_held:
            return
        snapshot = self._page.snapshot()
        if not self.fits(snapshot):
            return

        def keep() -> int:
            self._page.keeper.save(snapshot)
            return count(snapshot.draft.text.body)

        def kept(words: int) -> None:
            if self._failed:
                self._failed = False
                self._page.say("")
            self._page.kept(words)

        background.run(self._page, keep, kept, self.not_saved, group="draft")

    def fits(self, snapshot: DraftSnapshot) -> bool:
        """Whether a note can hold the words; if not, it is said why."""
        try:
            storable(snapshot.draft.text.body)
        except KapjournalError as error:
            self._page.trouble(f"{error} Every word is still on the page.")
            return False
        return True

    def not_saved(self, sentence: str) -> None:
        """Say so, and try again later."""
        self._failed = True
        self._page.trouble(f"This could not be saved. {sentence} Every word is still on the page.")
        self._save_after(SAVE_AFTER * 4)

    def _save_after(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self._page.set_timer(seconds, self.save)


def count(body: str) -> int:
    """How many words there are."""
    return len(body.split())
