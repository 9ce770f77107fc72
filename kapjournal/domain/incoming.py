"""What another program, or an archive, holds for this journal: notes to come, and what of it cannot come."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from kapjournal.domain.ids import DocumentId
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import Refused

MAX_NOTES = 200_000
"""So many notes come at once: the record of an import, which lists them, has to fit into one document."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that comes with a note: its name there, its size in bytes, and a way to read it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """A note as its source has it. `where` names the file or entry it lies in, for whoever looks for it.

    `kind` and `session` are None where the source says nothing of them; `written` and `revised` are UTC, None
    where it is not said when that was."""

    where: str
    body: str
    date: dt.date
    title: str = ""
    kind: NoteKind | None = None
    tags: tuple[str, ...] = ()
    session: int | None = None
    written: dt.datetime | None = None
    revised: dt.datetime | None = None
    files: tuple[IncomingFile, ...] = ()


class OtherEncoding(Refused):
    """Words are in another encoding than was said."""


class Remedy(Enum):
    """What would let more come, if the person says so and looks again."""

    ENCODING = "encoding"
    """How words are encoded that are not UTF-8."""
    METADATA = "metadata"
    """That pictures keep what they say of place, device and time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot come, or not as it was: where it lies, and why in one sentence. The sentence names nothing
    that is different each time: what is true of many is said of all of them at once."""

    where: str
    sentence: str
    is_lost: bool = True
    """Whether nothing of it comes; False where it comes changed, as a tag that was too long."""
    remedy: Remedy | None = None

    @classmethod
    def of(cls, where: str, error: Exception) -> "Problem":
        """That what lies there cannot be read."""
        if isinstance(error, OSError):
            return cls(where, f"It cannot be read: {error.strerror or type(error).__name__}.")
        return cls(where, str(error), remedy=Remedy.ENCODING if isinstance(error, OtherEncoding) else None)


Incoming = IncomingNote | Problem
"""What a source yields, in the order it has them."""


@dataclass(frozen=True, slots=True)
class IncomingSource:
    """A source: of what kind it is, what its file or folder is called, and what it holds. It can be gone
    through more than once: to look, then to bring."""

    kind: str
    name: str
    read: Callable[[], Iterable[Incoming]]
    is_exact: bool = False
    """Whether all comes as it is, as from an archive of notes that were here: files too, and two notes that
    say the same are two."""

    def __iter__(self) -> Iterator[Incoming]:
        """Everything in it, and what of it cannot come."""
        return iter(self.read())


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes, or would come: counts, the days from `first` to `last`, tags by how often they are said,
    the bytes of all files; and what is here already, and cannot come."""

    notes: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    tags: tuple[str, ...] = ()
    files: int = 0
    file_bytes: int = 0
    duplicates: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def lost(self) -> tuple[Problem, ...]:
        """What does not come at all."""
        return tuple(problem for problem in self.problems if problem.is_lost)

    @property
    def changed(self) -> tuple[Problem, ...]:
        """What comes otherwise than it was."""
        return tuple(problem for problem in self.problems if not problem.is_lost)

    @property
    def remedies(self) -> frozenset[Remedy]:
        """What would let more come."""
        return frozenset(problem.remedy for problem in self.problems if problem.remedy)


@dataclass(frozen=True, slots=True)
class Import:
    """What came at one time: from which kind of source and which file or folder, by its name alone, when
    (UTC), and the notes that it made."""

    kind: str
    name: str
    moment: dt.datetime
    notes: tuple[DocumentId, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many of the notes of an import were removed, and how many stay because they were changed, shared or
    signed since."""

    removed: int
    kept: int
