"""What of an import comes, and what does not: each note made to fit, compared with what is here, and its
files opened one by one."""

import datetime as dt
import errno
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple

from kapjournal import clock, pictures
from kapjournal.domain.incoming import Incoming, IncomingFile, Plan, Problem, Remedy
from kapjournal.domain.incoming_fit import Fitted, fitted, mark_of
from kapjournal.domain.members import JournalKind
from kapjournal.domain.notes import NoteText, SessionRef
from kapjournal.errors import KapjournalError, Refused, is_by_the_system
from kapjournal.journal.documents.files import AttachedFile
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.pictures import CannotBeCleaned, Cleaned
from kapjournal.text import shown_line

ONLY_IN_A_COUPLES_JOURNAL = (
    "Pages of another program come into a couple's journal alone: what is in a practice is the clinical "
    "record, and each entry of it is written there by whoever answers for it."
)
_AS_IT_IS = "With what it says kept, it comes as it is."
_OF_THE_FILE = (errno.EACCES, errno.EPERM, errno.EIO)
"""What is no reason to end the whole work: one file cannot be read."""

_AT_ONCE = 256 * 1024
_Shape = tuple[tuple[str, int], ...]
"""Names and sizes of the files of a note, as they lie in the journal."""


class NoteToCome(NamedTuple):
    """A note that can come, and where it is now."""

    where: str
    fitted: Fitted


class Sorting:
    """What comes and what does not, of all that a source yields; it is gone through once."""

    def __init__(
        self, vault: Vault, follow: Callable[[int], object], *, keep_metadata: bool, is_exact: bool
    ) -> None:
        if vault.membership.kind is not JournalKind.COURSE:
            raise Refused(ONLY_IN_A_COUPLES_JOURNAL)
        self._role = vault.membership.me.role
        self._now = clock.now()
        self._sessions = {one.number: SessionRef(one.id, one.number) for one in vault.sessions.all()}
        self._is_exact = is_exact
        self._known: defaultdict[bytes, Counter[_Shape]] = defaultdict(Counter)
        for note in vault.notes.all():
            if note.author == vault.me:
                shape = _shape((file.name, file.size) for file in note.files)
                self._known[self._mark(note.text, note.written)][shape] += 1
        self._keep_metadata = keep_metadata or is_exact
        self._follow = follow
        self._done = self._notes = self._duplicates = self._files = self._bytes = 0
        self._problems: dict[Problem, None] = {}
        self._tags: Counter[str] = Counter()
        self._days: list[dt.date] = []

    def notes(self, incoming: Iterable[Incoming]) -> Iterator[NoteToCome]:
        """Those that can come and are not here yet."""
        for one in incoming:
            if isinstance(one, Problem):
                self._problems[one] = None
                continue
            self._done += 1
            self._follow(self._done)
            fit, told = fitted(one, self._role, self._now, self._sessions, is_exact=self._is_exact)
            self._problems |= dict.fromkeys(told)
            note = NoteToCome(one.where, fit) if fit else None
            if note and self._is_here(note):
                self._duplicates += 1
            elif note:
                yield note

    def _mark(self, text: NoteText, written: dt.datetime | None) -> bytes:
        """By what a note is known: its words or, where it comes exactly, these and when it was written."""
        return mark_of(text, written if self._is_exact else None)

    def _is_here(self, note: NoteToCome) -> bool:
        """Whether it is here already. Of notes that come exactly each stands for one."""
        known = self._known.get(self._mark(note.fitted.text, note.fitted.written))
        if known is None or not known[shape := _shape(self.measured(note))]:
            return False
        known[shape] -= self._is_exact
        return True

    def measured(self, note: NoteToCome) -> Iterator[tuple[str, int]]:
        """The name and size that each file of a note will have here."""
        for file in note.fitted.files:
            with self._opened(note, file) as chunks:
                if chunks is not None:
                    yield file.name, chunks.size if isinstance(chunks, Cleaned) else file.size

    def sealed(self, note: NoteToCome, unit: UnitOfWork) -> Iterator[AttachedFile]:
        """Each file of a note, sealed."""
        for file in note.fitted.files:
            with self._opened(note, file) as chunks:
                if chunks is not None:
                    size = chunks.size if isinstance(chunks, Cleaned) else file.size
                    yield unit.seal_file(file.name, self._followed(chunks, file.name, size))

    @contextmanager
    def _opened(self, note: NoteToCome, file: IncomingFile) -> Iterator[Iterable[bytes] | None]:
        """What of a file comes, a little at a time; None where it cannot be opened."""
        where = f"{note.where}: {file.name}"
        with ExitStack() as stack:
            chunks: Iterable[bytes] | None = None
            try:
                opened = stack.enter_context(file.open())
                chunks = None if self._keep_metadata else pictures.without_details(opened)
                chunks = _chunks(opened, from_begin=not self._keep_metadata) if chunks is None else chunks
            except CannotBeCleaned as error:
                problem = Problem(where, f"{error.why} {_AS_IT_IS}", remedy=Remedy.METADATA)
                self._problems[problem] = None
            except (KapjournalError, OSError) as error:
                if isinstance(error, OSError) and is_by_the_system(error) and error.errno not in _OF_THE_FILE:
                    raise
                self._problems[Problem.of(where, error)] = None
            yield chunks

    def _followed(self, chunks: Iterable[bytes], name: str, size: int) -> Iterator[bytes]:
        left = size
        for chunk in chunks:
            self._follow(self._done)
            left -= len(chunk)
            if left < 0:  # it may have no end
                break
            yield chunk
        if left:
            raise Refused(f"{shown_line(name)} was changed while it was read. Nothing was imported.")

    def came(self, note: NoteToCome, shape: list[tuple[str, int]]) -> bool:
        """Count a note with the files that come with it; False where nothing of it is left."""
        text = note.fitted.text
        if not self._is_exact:
            if not (text.body.strip() or text.title or shape):
                return False
            self._known[self._mark(text, note.fitted.written)][_shape(shape)] += 1
        self._notes += 1
        self._files += len(shape)
        self._bytes += sum(size for _, size in shape)
        self._tags.update(text.tags)
        self._days = [min([text.date, *self._days]), max([text.date, *self._days])]
        return True

    @property
    def plan(self) -> Plan:
        """What there was so far."""
        first, last = self._days or (None, None)
        return Plan(
            notes=self._notes,
            first=first,
            last=last,
            tags=tuple(tag for tag, _ in self._tags.most_common()),
            files=self._files,
            file_bytes=self._bytes,
            duplicates=self._duplicates,
            problems=tuple(self._problems),
        )


def _shape(files: Iterable[tuple[str, int]]) -> _Shape:
    return tuple(sorted(files))


def _chunks(opened: BinaryIO, *, from_begin: bool) -> Iterator[bytes]:
    if from_begin:  # it was looked into; what was not may be no file that can be sought in
        opened.seek(0)
    while some := opened.read(_AT_ONCE):
        yield some
