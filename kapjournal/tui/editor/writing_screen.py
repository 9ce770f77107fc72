"""What the program needs of the screen on which somebody writes, to save their words when it has to go."""

from typing import Any, Protocol, runtime_checkable

from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot


@runtime_checkable
class WritingScreen(Protocol):
    """A screen on which a draft is written."""

    @property
    def saver(self) -> DraftSaver[Any]:
        """What saves the words."""

    @property
    def rests(self) -> bool:
        """Whether every word is in the file, so that another page may be opened over this one."""

    def snapshot(self) -> DraftSnapshot[Any]:
        """The words as they are now."""

    def forget(self) -> None:
        """Empty every field, and what could bring it back."""
