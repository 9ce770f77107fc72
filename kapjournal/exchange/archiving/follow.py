"""How far an archive is, in bytes of words and files, for whoever waits and for whoever stops it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from kapjournal import signals
from kapjournal.domain.attachments import Chosen

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Progress = Callable[[int, int], None]
"""Called again and again with how many bytes are done and how many there are. What it raises ends the work,
and nothing is left of it."""


class Follow:
    """Counts what is done. Each call lets a signal through."""

    def __init__(self, progress: Progress, whole: int) -> None:
        self._progress = progress
        self._whole = whole
        self._done = 0

    def add(self, size: int) -> None:
        """So many bytes more are done."""
        self._at(self._done + size)

    def write_file(self, journal: "Journal", note_id: str, which: Chosen, into: BinaryIO) -> None:
        """Write the file of a note into an open one, as `Attachments.write` does."""
        before = self._done
        journal.attachments.write(note_id, which, into, lambda done, _: self._at(before + done))

    def _at(self, done: int) -> None:
        signals.give_way()
        self._done = done
        self._progress(min(done, self._whole), self._whole)
