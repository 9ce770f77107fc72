"""What becomes of an open page when the screen has to go: its words on the way into the journal."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot

if TYPE_CHECKING:
    from kapjournal.domain.notes import Draft
    from kapjournal.journal import Journal


Author = tuple[Path, bytes]


@runtime_checkable
class WritingScreen(Protocol):
    """A screen on which somebody is writing."""

    keeper: DraftSaver

    def snapshot(self) -> DraftSnapshot:
        """The words as they are now."""

    def forget(self) -> None:
        """Empty every field, and what could bring it back."""


@dataclass(slots=True)
class UnsavedPage:
    """One page's words between the moment the screen is covered and the moment they are in the journal.

    After that only the draft's id is kept, so that its author comes back to the same page.
    """

    path: Path
    author: bytes
    keeper: DraftSaver
    snapshot: DraftSnapshot | None

    @classmethod
    def of(cls, journal: "Journal", page: WritingScreen) -> "UnsavedPage":
        """Take the words off a page."""
        return cls(journal.path, journal.me.id, page.keeper, page.snapshot())

    @property
    def unsaved(self) -> bool:
        """Whether the words are still here and nowhere else."""
        return self.snapshot is not None

    @property
    def whose(self) -> Author:
        """The person at their journal, who alone gets the words back."""
        return self.path, self.author

    @property
    def draft_id(self) -> str:
        """The draft's id, empty if it never reached the journal."""
        return self.keeper.id

    @property
    def draft(self) -> "Draft | None":
        """The unsaved words as a draft."""
        return replace(self.snapshot.draft, id=self.keeper.id) if self.snapshot else None


def seal(kept: UnsavedPage | None) -> None:
    """Put the words into the journal and let go of them; raises what kept that from happening."""
    if kept is not None and kept.snapshot is not None:
        kept.keeper.save(kept.snapshot)
        kept.snapshot = None
