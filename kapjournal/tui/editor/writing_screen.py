"""What the program needs of the screen on which a note is written, to save its words when it has to go."""

from typing import Protocol, runtime_checkable

from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot


@runtime_checkable
class WritingScreen(Protocol):
    """A screen on which a draft is written."""

    saver: DraftSaver

    def snapshot(self) -> DraftSnapshot:
        """The words as they are now."""

    def forget(self) -> None:
        """Empty every field, and what could bring it back."""
