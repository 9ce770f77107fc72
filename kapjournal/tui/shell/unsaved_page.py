"""What becomes of an open page when the screen has to go: its words on the way into the journal."""

from dataclasses import dataclass
from typing import Any

from kapjournal.presentation.drafts import AnyDraft, PageOwner
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.writing_screen import WritingScreen


@dataclass(slots=True)
class UnsavedPage:
    """One page's words between the moment the screen is covered and the moment they are in the journal.

    After that only the draft's id is kept, so that its author comes back to the same page.
    """

    saver: DraftSaver[Any]
    snapshot: DraftSnapshot[Any] | None
    is_lost: bool = False
    """Whether the words could not be saved and are not kept: they were another person's."""

    @classmethod
    def of(cls, screen: WritingScreen) -> "UnsavedPage":
        """Take the words off a screen."""
        return cls(screen.saver, screen.snapshot())

    @property
    def owner(self) -> PageOwner:
        """Whose page it is, in which journal."""
        return self.saver.owner

    @property
    def is_unsaved(self) -> bool:
        """Whether the words are still here and nowhere else."""
        return self.snapshot is not None

    @property
    def draft_id(self) -> str:
        """The draft's id, empty if it never reached the journal."""
        return self.saver.id

    @property
    def draft(self) -> "AnyDraft | None":
        """The unsaved words as a draft, if their author comes back to them."""
        waits = self.snapshot if self.saver.KEEPS_UNSAVED else None
        return self.saver.placed(waits.draft) if waits else None


def save(page: UnsavedPage | None) -> None:
    """Put the words into the journal and let go of them; raises what kept that from happening."""
    if page is None or page.snapshot is None:
        return
    try:
        page.saver.let_go(page.snapshot)
    except BaseException:
        if not page.saver.KEEPS_UNSAVED:
            page.snapshot, page.is_lost = None, True
        raise
    page.snapshot = None
