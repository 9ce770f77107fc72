"""What is read of a folder, a zip, a tar or one file: entries that are opened one by one. Whatever an entry
could do besides being read is refused: leave the folder, be a link, be called as a device is."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from kapjournal.domain.attachments import is_safe
from kapjournal.domain.incoming import IncomingFile, OtherEncoding, Problem
from kapjournal.errors import Refused
from kapjournal.exchange.age import is_sealed
from kapjournal.text import shown_line

MAX_ENTRIES = 250_000
MAX_TEXT = 256 * 1024 * 1024
"""The largest file of words, such as a whole journal in one JSON."""

_DEEPEST = 64
_LEFT_OUT = ("__MACOSX",)
"""What macOS adds to a zip; it holds nothing that a person wrote."""

_TWICE = "There are two of this name in the archive. The first one counts."
DEVICE = "It is a pipe, a device or no plain file, and is not opened."
EMPTY = "There is nothing in it, and no note comes of it."
SEALED = "It is sealed with age. Open it first, with age -d, and import what comes of that."
LINK = "It is a link to another place, and is not followed."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a source: its path there, with “/”, its size in bytes, when it was changed, and how it is
    opened."""

    path: str
    size: int
    modified: dt.datetime | None
    open: Callable[[], BinaryIO] = field(repr=False)

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self, most: int = MAX_TEXT) -> bytes:
        """All of it (`Refused` where that is more than `most`)."""
        if self.size > most:
            raise Refused(f"It is {self.size:,} bytes long; at most {most:,} are read.")
        with self.open() as opened:
            return opened.read(most + 1)

    def as_file(self, name: str = "") -> IncomingFile:
        """It as a file that comes with a note."""
        return IncomingFile(name or self.name, self.size, self.open)


@dataclass(slots=True)
class Entries:
    """All entries of a source in the order of their paths, and what of it is not one."""

    name: str
    by_path: Mapping[str, Entry]
    problems: tuple[Problem, ...] = ()
    is_folder: bool = False
    encoding: str = ""

    def __iter__(self) -> Iterator[Entry]:
        """Each entry, in order."""
        return iter(self.by_path.values())

    def get(self, path: str) -> Entry | None:
        """The entry of a path, if there is one."""
        return self.by_path.get(path)

    def words(self, entry: Entry, most: int = MAX_TEXT) -> str:
        """The words in an entry (`Refused` where they cannot be read)."""
        return decoded(entry.read(most), self.encoding)


def decoded(data: bytes, encoding: str = "") -> str:
    """Words as UTF-8, as what the mark before them says, or as what the person says they are where they
    cannot be UTF-8 (`OtherEncoding`; `Refused` where they are sealed)."""
    if is_sealed(data):
        raise Refused(SEALED)
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    named = marked.get(data[:2]) or marked.get(data[:3])
    if not (named or data.isascii()):
        with suppress(UnicodeDecodeError):
            return data.decode()
    named = named or encoding or "utf-8"
    try:
        return data.decode(named)
    except UnicodeDecodeError:
        raise OtherEncoding(f"It is not {named.removesuffix('-sig').upper()}, and cannot be read.") from None


class Found:
    """Entries as they are met: each with a sound path, and once; at most so many."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.problems: list[Problem] = []

    def add(self, entry: Entry) -> None:
        """Take an entry in, the first of its path."""
        if entry.path in self.entries:
            self.refuse(entry.path, _TWICE)
            return
        self.entries[entry.path] = entry
        self.count()

    def count(self) -> None:
        """Refuse to go on where there are too many."""
        if len(self.entries) + len(self.problems) > MAX_ENTRIES:
            raise Refused(f"It holds more than {MAX_ENTRIES:,} files. Import it in parts.")

    def refuse(self, path: str, why: str) -> None:
        """Say that what is at a path does not come."""
        self.problems.append(Problem(shown_line(path), why))
        self.count()

    def entries_of(self, name: str, encoding: str, *, is_folder: bool = False) -> Entries:
        """All that was found, of a source of this name."""
        ordered = dict(sorted(self.entries.items()))
        return Entries(name, ordered, tuple(self.problems), is_folder, encoding)


def why_unsafe(path: str) -> str:
    """Why an archive may not have an entry of this path; empty if it may."""
    if path.startswith(("/", "\\")) or (path[1:2] == ":" and path[:1].isalpha()):
        return "Its path begins at the top of a disk, and leads out of the archive."
    parts = path.split("/")
    if ".." in parts or ".." in path.replace("\\", "/").split("/"):
        return "Its path leads out of the archive."
    if not all(is_safe(part) for part in parts) or len(parts) > _DEEPEST:
        return "A file cannot be called so on every computer. Give it another name."
    return ""


def is_left_out(parts: Iterable[str]) -> bool:
    """Whether a path lies in what programs keep for themselves: `.obsidian`, `.trash`, all that is hidden."""
    return any((part.startswith(".") and not part.startswith("..")) or part in _LEFT_OUT for part in parts)
