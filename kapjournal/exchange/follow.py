"""How far an export or an archive is, in bytes of words and files."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from kapjournal import signals
from kapjournal.domain.attachments import Chosen
from kapjournal.domain.notes import Note
from kapjournal.progress import Progress

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def size_of(note: Note) -> int:
    """How many bytes the words and the files of a note have together."""
    return len(note.text.body.encode()) + sum(file.size for file in note.files)


class Follow:
    """Counts what is done. Each call lets a signal through."""

    def __init__(self, progress: Progress, whole: int) -> None:
        self._progress = progress
        self._whole = whole
        self._done = 0

    @classmethod
    def of(cls, progress: Progress, notes: Sequence[Note]) -> "Follow":
        """For the words and the files of notes."""
        return cls(progress, sum(map(size_of, notes)))

    def wrote(self, note: Note) -> None:
        """The words of a note are done."""
        self._at(self._done + size_of(note) - sum(file.size for file in note.files))

    def write_file(self, journal: "Journal", note_id: str, which: Chosen, into: BinaryIO) -> None:
        """Write the file of a note into an open one, as `Attachments.write` does."""
        before = self._done
        journal.attachments.write(note_id, which, into, lambda done, _: self._at(before + done))

    def _at(self, done: int) -> None:
        signals.give_way()
        self._done = done
        self._progress(min(done, self._whole), self._whole)
