"""The unlocked journal as a screen or a command sees it: every use case in one place."""

import gc
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kapjournal import signals
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.journal.about import About
from kapjournal.journal.checking import Report, inspect
from kapjournal.journal.core import whole
from kapjournal.journal.findings import Finding, findings
from kapjournal.journal.index import Index
from kapjournal.journal.membership import Membership
from kapjournal.journal.version import forget_members
from kapjournal.store import JournalFile


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that a search found; title and excerpt as runs of text with whether each is a match."""

    note: Note
    title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]


class Journal(Membership):
    """What one person can do with an unlocked journal. Safe to call from several threads.

    Leaving it (`close`, or the end of a `with` block) drops every key and every word.
    """

    def __init__(self, file: JournalFile, held: Secrets, memory_folder: Path) -> None:
        super().__init__(file, held, memory_folder)
        self._index = Index()
        try:
            self.greet()
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    @property
    @whole
    def findings(self) -> tuple[Finding, ...]:
        """What is not as its author left it; empty when all is well."""
        return (*findings(self), *self._unfit())

    @whole
    def refresh(self) -> bool:
        """Take in what other programs wrote; True if anything one can see changed."""
        return self.catch_up()

    def build_index(self) -> None:
        """Make the search index, for a worker after unlocking; otherwise the first search does."""
        index, notes, _ = self._searchable(None, None, None, None)
        index.keep(notes)

    def search(
        self,
        query: str,
        *,
        by: str | None = None,
        session: int | None = None,
        kind: NoteKind | None = None,
        tag: str | None = None,
        limit: int = 50,
    ) -> list[Hit]:
        """Notes in which every word of the query begins some word, the best first (of very many: the latest).
        Others can work meanwhile."""
        index, notes, among = self._searchable(by, session, kind, tag)
        index.keep(notes)
        return [Hit(marked.note, marked.title, marked.excerpt) for marked in index.find(query, among, limit)]

    @whole
    def _searchable(
        self, by: str | None, session: int | None, kind: NoteKind | None, tag: str | None
    ) -> tuple[Index, list[Note], set[str] | None]:
        among = None
        if by or session is not None or kind or tag:
            among = {note.id for note in self.notes(by=by, session=session, kind=kind, tag=tag)}
        return self._index, list(self._all()), among

    @whole
    def check(self) -> Report:
        """Look at every sealed value again, from the file."""
        self.catch_up()
        with self.file.reading() as snapshot:
            report = inspect(self, snapshot, sum(1 for _ in self._all()))
        return Report((*report.findings, *self._unfit()), report.notes)

    @whole
    def backup(self, dest: Path) -> None:
        """Write a consistent sealed copy while the journal is in use (`Refused` if something is there)."""
        self.file.copy_to(dest)

    def close(self) -> None:
        """Drop keys and words, tidy the file if anything was written; again does nothing."""
        with signals.deferred(), self.lock:
            if self.closed:
                return
            self.closed = True
            self._index.close()
            forget_members()
            self.about = About()
            for name in (
                "shelf",
                "identity",
                "master_key",
                "journal_key",
                "_keyring",
                "_memory_file",
                "_built",
                "roll",
                "papers",
                "memory",
                "own_slots",
            ):
                self.__dict__.pop(name, None)
            gc.unfreeze()  # what is left of a journal is the collector's again
            self.file.close()

    def __enter__(self) -> Self:
        """Open as long as the block is running."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, however the block ends."""
        self.close()

    def _unfit(self) -> list[Finding]:
        return [
            Finding(f"A note {self.label_of(author)} wrote is not of the form it should be; it is not shown.")
            for author in self._unfit_authors()
        ]
